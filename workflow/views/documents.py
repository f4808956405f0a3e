"""Papers: one of them with its preview and verdicts, its files, signing, and making it again."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import store
from documents.models import Document
from workflow.errors import NotFoundError
from workflow.forms.base import KeptForm
from workflow.forms.registers import GivenForm
from workflow.pages.document import document_page, provenance_page
from workflow.pages.papers import download_name, file_of, paper_of
from workflow.queries import access_document
from workflow.services.papers import retry_paper
from workflow.services.registering import number_paper_from_outside
from workflow.services.remaking import remake_paper
from workflow.services.signing import seal_paper, sign_paper
from workflow.views.acting import actor_of
from workflow.views.forms import ask

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}


@require_safe
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one paper."""
    actor = actor_of(request)
    page = document_page(actor, access_document(actor, pk), timezone.localdate())
    return render(request, "workflow/document.html", {"page": page})


@require_safe
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece of a page that says how far a paper has come; htmx asks every 2 s."""
    paper = paper_of(access_document(actor_of(request), pk))
    answer = render(request, "workflow/paper_status.html", {"paper": paper, "watch": True})
    if not paper.unfinished:
        answer["HX-Refresh"] = "true"  # files and previews elsewhere on the page appear with it
    return answer


@require_safe
def file(request: HttpRequest, pk: UUID, version: UUID, what: str) -> HttpResponse:
    """Hand out one file as a download."""
    return _file(access_document(actor_of(request), pk), version, what, "attachment")


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
@require_safe
def preview(request: HttpRequest, pk: UUID, version: UUID, what: str) -> HttpResponse:
    """Show one PDF in the frame of its page; anything but a PDF is not shown."""
    if what == "docx":
        raise NotFoundError
    return _file(access_document(actor_of(request), pk), version, what, "inline")


def _file(known: Document, version: UUID, what: str, way: str) -> HttpResponse:
    stored = file_of(known, version, what)
    if stored is None or (way == "inline" and stored.kind != "pdf"):
        raise NotFoundError
    answer = HttpResponse(store.read(stored), content_type=TYPES[stored.kind])
    name = quote(download_name(known, stored))
    plain = f"{stored.sha256[:12]}.{stored.kind}"
    answer["Content-Disposition"] = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign the version that was read, as a person."""
    return _put(request, pk, "sign")


@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the body's seal on the version that was read."""
    return _put(request, pk, "seal")


def _put(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    actor = actor_of(request)
    known = access_document(actor, pk)
    form = KeptForm(request.POST or None)
    service = {"sign": sign_paper, "seal": seal_paper}[act]
    if request.method == "POST":
        version = _version(request)
        signature = ask(
            form, lambda: service(actor=actor, document_id=pk, expected_version_id=version)
        )
        if signature is not None:
            messages.success(request, {"sign": _("Đã ký số."), "seal": _("Đã đóng dấu số.")}[act])
            return redirect("document", pk)
    context = {"form": form, "paper": paper_of(known), "act": act}
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/sign.html", context, status=code)


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a paper the number of the office's own document system, before it is signed."""
    actor = actor_of(request)
    known = access_document(actor, pk)
    form = GivenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        entry = ask(
            form, lambda: number_paper_from_outside(actor=actor, document_id=pk, given=given)
        )
        if entry is not None:
            done = _("Văn bản mang số %(number)s và đang được tạo lại.")
            messages.success(request, done % {"number": entry.notation})
            return redirect("document", pk)
    title = _("Nhận số của hệ thống khác cho: %(title)s") % {"title": known.title}
    code = form.refusal.status if form.refusal else 200
    context = {"form": form, "title": title}
    return render(request, "workflow/number_form.html", context, status=code)


@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a paper that could not be made once more."""
    retry_paper(actor=actor_of(request), document_id=pk)
    messages.success(request, _("Đã yêu cầu tạo lại văn bản."))
    return redirect("document", pk)


@require_POST
def remake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a paper anew whose data changed since."""
    remake_paper(actor=actor_of(request), document_id=pk, expected_version_id=_version(request))
    messages.success(
        request, _("Đã yêu cầu tạo bản mới theo dữ liệu hiện nay; bản mới cần ký lại.")
    )
    return redirect("document", pk)


@require_safe
def provenance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where each value of a paper came from."""
    known = access_document(actor_of(request), pk)
    return render(request, "workflow/provenance.html", provenance_page(known))


def _version(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("version", ""))
    except ValueError as error:
        raise NotFoundError from error
