"""The template studio: read, upload, compare, preview, publish, retire; and the field catalogue."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import store
from documents.linting import Lint, commented
from documents.orders import Upload, laid_aside
from documents.services.templates import judge_template, keep_upload
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.forms.base import ReasonForm
from workflow.forms.templates import FieldSearchForm, TemplateUploadForm
from workflow.pages.templates import (
    FindingsPage,
    access_studio,
    access_template_version,
    catalogue_page,
    findings_page,
    listed_templates,
    template_page,
    version_findings_page,
    version_page,
)
from workflow.services.templates import (
    discard_template,
    draft_again,
    draft_mended,
    draft_template,
    publish_template,
    require_editing,
    retire_template,
)
from workflow.views.acting import actor_of
from workflow.views.documents import TYPES
from workflow.views.forms import ask


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List the templates."""
    listed = listed_templates(actor_of(request))
    return render(request, "workflow/paper_templates.html", {"templates": listed})


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Show the catalogue of fields, searched."""
    words, key = request.GET.get("q", ""), request.GET.get("template", "")
    page = catalogue_page(actor_of(request), words, key)
    form = FieldSearchForm(request.GET or None, templates=page.templates)
    return render(request, "workflow/paper_fields.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, key: str) -> HttpResponse:
    """Show one template; POST an edited .docx, which is judged before anything is kept."""
    actor = actor_of(request)
    page = template_page(actor, key)
    given = _given(request, actor) if request.method == "POST" else None
    form = TemplateUploadForm(request.POST or None, request.FILES or None, kept=given is not None)
    context: dict[str, object] = {"page": page, "form": form, "given": given}
    if given and form.is_valid():
        lint = ask(form, lambda: judge_template(key=key, name=given.name, content=given.content))
        note = form.cleaned_data["note"]
        draft = lint and ask(
            form, lambda: draft_template(actor=actor, key=key, lint=lint, note=note)
        )
        if draft:
            messages.success(request, _("Đã nhận thành bản nháp số %(n)d.") % {"n": draft.number})
            return redirect("paper_template_version", draft.pk)
        if lint and lint.faults:
            context["found"] = findings_page(lint.faults, given.content)
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/paper_template.html", context, status=code)


def _given(request: HttpRequest, actor: Actor) -> Upload | None:
    """Return the file that came, or the one that was kept when it came; for editors only."""
    require_editing(actor, _("Sửa mẫu văn bản"))
    sent = request.FILES.get("paper")
    if sent:
        return keep_upload(owner=actor.user_id, name=sent.name or "", content=sent.read())
    return laid_aside(actor.user_id, request.POST.get("kept", ""))


@require_safe
def findings(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Hand the refused .docx back with a comment at each fault."""
    upload, lint = _refused(request, key, token)
    found = findings_page(lint.findings, upload.content)
    return _docx(commented(upload.content, found.findings), f"{key}-ghi-chu.docx")


@require_safe
def findings_list(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Return the faults of a refused .docx with their pages; 204 while these are not known."""
    upload, lint = _refused(request, key, token)
    return _listed(request, findings_page(lint.faults, upload.content))


def _refused(request: HttpRequest, key: str, token: str) -> tuple[Upload, Lint]:
    """Judge the file kept for this person once more."""
    actor = actor_of(request)
    access_studio(actor)
    upload = laid_aside(actor.user_id, token)
    if upload is None:
        raise NotFoundError
    return upload, judge_template(key=key, name=upload.name, content=upload.content)


def _listed(request: HttpRequest, found: FindingsPage) -> HttpResponse:
    """Return the list for htmx, or nothing yet: it then leaves the page as it is and asks again."""
    if found.making:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "workflow/paper_template_findings.html", {"found": found})


@require_safe
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one version: what it changes, what was found, how it looks."""
    actor = actor_of(request)
    known = access_template_version(actor, pk)
    return render(
        request, "workflow/paper_template_version.html", {"page": version_page(actor, known)}
    )


@require_safe
def version_findings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return what was found in a version with the pages; 204 while these are not known."""
    known = access_template_version(actor_of(request), pk)
    return _listed(request, version_findings_page(known))


@require_safe
def version_commented(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the .docx of a version with a comment at each finding."""
    known = access_template_version(actor_of(request), pk)
    found = version_findings_page(known)
    content = commented(found.content, found.findings)
    return _docx(content, f"{known.key}-{known.number}-ghi-chu.docx")


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the .docx of a version."""
    known = access_template_version(actor_of(request), pk)
    return _docx(store.read(known.file), f"{known.key}-{known.number}.docx")


@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a draft in use, in the place of the version that was seen in use."""
    actor = actor_of(request)
    known = access_template_version(actor, pk)
    seen = _uuid(request.POST.get("expected_current", ""))
    publish_template(actor=actor, version_id=known.pk, expected_current=seen)
    messages.success(request, _("Đã ban hành. Văn bản lập từ nay dùng bản này."))
    return redirect("paper_template_version", pk)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a draft aside."""
    actor = actor_of(request)
    known = access_template_version(actor, pk)
    discard_template(actor=actor, version_id=known.pk)
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("paper_template", known.key)


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an older version up as a new draft."""
    actor = actor_of(request)
    draft = draft_again(actor=actor, version=access_template_version(actor, pk))
    messages.success(request, _("Đã nhận thành bản nháp số %(n)d.") % {"n": draft.number})
    return redirect("paper_template_version", draft.pk)


@require_POST
def mend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend the layout of a version, as a new draft."""
    actor = actor_of(request)
    draft = draft_mended(actor=actor, version=access_template_version(actor, pk))
    messages.success(request, _("Đã sửa thể thức, thành bản nháp số %(n)d.") % {"n": draft.number})
    return redirect("paper_template_version", draft.pk)


@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the version in use out of use, with a reason."""
    actor = actor_of(request)
    known = access_template_version(actor, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        retired = ask(
            form, lambda: retire_template(actor=actor, version_id=known.pk, reason=reason)
        )
        if retired is not None:
            messages.success(request, _("Đã cho thôi dùng mẫu này."))
            return redirect("paper_template", known.key)
    code = form.refusal.status if form.refusal else 200
    context = {"form": form, "version": known}
    return render(request, "workflow/paper_template_retire.html", context, status=code)


def _docx(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES["docx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _uuid(text: str) -> UUID | None:
    """Return the id that a page sent; None for the empty text of "none"."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFoundError from error
