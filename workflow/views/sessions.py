"""The acts on a session, each a page with its form: roll call, opening, votes, count, conclusion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from organisations.actors import Actor
from workflow.council_queries import access_session, ready_for, session_mandate
from workflow.council_states import SESSION_MOVES
from workflow.errors import NotFoundError
from workflow.errors_councils import SessionChangedError
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.councils import (
    Conclusions,
    Considered,
    DropForm,
    MemberVotes,
    OpenForm,
    PaperCounts,
    Roll,
    conclusions,
    member_votes,
)
from workflow.models import Attendance, CouncilSession
from workflow.pages.councils import SessionPage, session_page
from workflow.services.concluding import conclude_session
from workflow.services.session_quotas import record_considered
from workflow.services.session_votes import record_open_votes, record_teller_counts
from workflow.services.sessions import add_agenda_items, cancel_session, drop_agenda_item
from workflow.services.sitting import (
    counts_paper,
    open_session,
    record_attendance,
    start_voting,
    stop_voting,
)
from workflow.views.acting import actor_of
from workflow.views.councils import number, status_of, ticked_in
from workflow.views.forms import ask
from workflow.views.sheets import Sheet


@dataclass(frozen=True)
class Page:
    """What the page of an act shows: its title, form and lines, and what is said above them.

    folded  of each line, what is seldom needed is folded away
    """

    label: str | Promise
    sheet: Sheet
    hint: str | Promise = ""
    width: str = "col-md-3"
    folded: bool = False


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Show the form of an act on a session, or do it."""
    actor = actor_of(request)
    known = access_session(actor, pk)
    if name not in _ACTS or session_mandate(actor, known) is None:
        raise NotFoundError
    make, perform = _ACTS[name]
    shown = make(request, session_page(actor, known, timezone.localdate()))
    version = number(request.POST.get("version", str(known.version)))
    if request.method == "POST" and shown.sheet.is_valid():
        sheet = shown.sheet
        if ask(sheet.form, lambda: perform(actor, known, version, sheet)) is not None:
            messages.success(request, _("Đã ghi nhận “%(act)s”.") % {"act": shown.label})
            return redirect("council_session", pk)
    return _answer(request, known, shown, version)


@require_http_methods(["GET", "POST"])
def votes(request: HttpRequest, pk: UUID, item: int) -> HttpResponse:
    """Show how the members voted in the open on one item, or write it down."""
    actor = actor_of(request)
    known = access_session(actor, pk)
    if session_mandate(actor, known) is None:
        raise NotFoundError
    version = number(request.POST.get("version", str(known.version)))
    page = session_page(actor, known, timezone.localdate())
    line = next((one for one in page.open_items if one.item.pk == item), None)
    if line is None:
        raise NotFoundError
    given = {vote.member_id: vote for vote in line.item.open_votes.all()}
    initial = [
        {
            "member": one.pk,
            "choice": given[one.pk].choice if one.pk in given else _first_choice(line, one),
            "in_writing": one.pk in given and given[one.pk].in_writing,
        }
        for one in page.members
    ]
    lines = _bound(MemberVotes, request, initial)
    heads = [_head(one.name, barred=one.name in line.recused) for one in page.members]
    sheet = Sheet(KeptForm(request.POST or None), (), lines, heads)
    if request.method == "POST" and lines.is_valid():
        sheet.form.is_valid()
        written = ask(
            sheet.form,
            lambda: record_open_votes(
                actor=actor,
                session_id=pk,
                expected_version=version,
                item_id=item,
                votes=member_votes(lines),
            ),
        )
        if written is not None:
            messages.success(request, _("Đã ghi biểu quyết."))
            return redirect("council_session", pk)
    name = line.item.nomination.nominee.name
    shown = Page(_("Biểu quyết: %(name)s") % {"name": name}, sheet, width="col-md-4")
    return _answer(request, known, shown, version)


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one of the two tellers enter what he counted; the other's figures are not shown."""
    actor = actor_of(request)
    known = access_session(actor, pk)
    page = session_page(actor, known, timezone.localdate())
    if page.teller is None:
        raise NotFoundError
    lines = _bound(PaperCounts, request, [{"item": one.item.pk} for one in page.open_items])
    sheet = Sheet(KeptForm(request.POST or None), (), lines, _names(page))
    if request.method == "POST" and lines.is_valid():
        sheet.form.is_valid()
        counts = [line.count() for line in lines]
        written = ask(
            sheet.form,
            lambda: record_teller_counts(actor=actor, session_id=pk, counts=counts),
        )
        if written is not None:
            messages.success(request, _("Đã ghi kết quả kiểm phiếu của anh/chị."))
            return redirect("council_session", pk)
    hint = _("Hai người kiểm phiếu nhập độc lập; hệ thống chỉ nhận khi hai kết quả giống nhau.")
    return _answer(request, known, Page(_("Kết quả kiểm phiếu"), sheet, hint), known.version)


def _answer(request: HttpRequest, known: CouncilSession, shown: Page, version: int) -> HttpResponse:
    if isinstance(shown.sheet.form.refusal, SessionChangedError):
        version = known.version
    context = {"known": known, "shown": shown, "sheet": shown.sheet, "version": version}
    status = status_of(shown.sheet.form)
    return render(request, "workflow/council_act.html", context, status=status)


def _bound(made: Any, request: HttpRequest, initial: Sequence[dict[str, Any]]) -> Any:
    if request.method == "POST":
        return made(request.POST, prefix="lines")
    return made(initial=list(initial), prefix="lines")


def _names(page: SessionPage) -> list[str]:
    return [
        f"{one.item.place}. {one.item.nomination.nominee.name}, "
        f"{one.item.nomination.award_item.form.name}"
        for one in page.open_items
    ]


def _quotas_page(request: HttpRequest, page: SessionPage) -> Page:
    rows = [one.places for one in page.quotas]
    initial = [
        {
            "quota": one.quota.key,
            "considered": one.counted if one.considered is None else one.considered,
        }
        for one in rows
    ]
    heads = [
        _("%(form)s: %(percent)s %% %(of)s (theo phiên họp: %(counted)d, %(words)s)")
        % {
            "form": one.quota.form.name,
            "percent": f"{one.quota.percent.normalize():f}",
            "of": one.quota.of,
            "counted": one.counted,
            "words": one.counted_words,
        }
        for one in rows
    ]
    sheet = Sheet(KeptForm(request.POST or None), (), _bound(Considered, request, initial), heads)
    hint = _(
        "Hạn mức là tỷ lệ trên số dự xét mà kế hoạch nêu. Số điền sẵn là số phiên họp xét; nếu kế"
        " hoạch tính trên số khác thì sửa lại."
    )
    return Page(_("Số dự xét"), sheet, hint)


def _quotas(actor: Actor, known: CouncilSession, version: int, sheet: Sheet) -> object:
    given = {row["quota"]: row["considered"] for row in sheet.filled("quota")}
    return record_considered(
        actor=actor, session_id=known.pk, expected_version=version, considered=given
    )


def _head(name: str, *, barred: bool) -> str:
    return _("%(name)s (không biểu quyết mục này)") % {"name": name} if barred else name


def _first_choice(line: Any, member: Any) -> str:
    """Return what the form suggests: for, of those who are there and vote; nothing of the rest."""
    votes_here = member.there_at(line.item.place) and member.name not in line.recused
    return "y" if votes_here else ""


def _plain(name: str, hint: str | Promise = "") -> Callable[[HttpRequest, SessionPage], Page]:
    def make(request: HttpRequest, _page: SessionPage) -> Page:
        return Page(SESSION_MOVES[name].label, Sheet(KeptForm(request.POST or None), ()), hint)

    return make


def _roll_page(request: HttpRequest, page: SessionPage) -> Page:
    initial = [
        {
            "member": one.pk,
            "attendance": _first_mark(one.attendance),
            "reason": one.reason,
            "in_writing": one.in_writing,
            "substitute_name": one.substitute_name,
            "substitute_paper": one.substitute_paper,
            "left_at": one.left_at,
            "back_at": one.back_at,
        }
        for one in page.members
    ]
    heads = [f"{one.name}, {one.get_office_display()}" for one in page.members]
    sheet = Sheet(KeptForm(request.POST or None), (), _bound(Roll, request, initial), heads)
    hint = _("Sau khi khai mạc chỉ sửa được việc rời họp, trở lại.")
    return Page(_("Điểm danh"), sheet, hint, folded=True)


def _first_mark(attendance: str) -> str:
    """Return what the form suggests: most people come."""
    return Attendance.PRESENT if attendance == Attendance.EXPECTED else attendance


def _roll(actor: Actor, known: CouncilSession, version: int, sheet: Sheet) -> object:
    rows = [line.presence() for line in sheet.lines or ()]
    return record_attendance(actor=actor, session_id=known.pk, expected_version=version, rows=rows)


def _open_page(request: HttpRequest, page: SessionPage) -> Page:
    chairs = [(one.pk, f"{one.name}, {one.get_office_display()}")
              for one in page.members if one.came]  # fmt: skip
    tellers = counts_paper(page.session.way, page.members)
    posted = request.POST if request.method == "POST" else None
    form = OpenForm(posted, chairs=chairs, tellers=tellers)
    return Page(SESSION_MOVES["open"].label, Sheet(form, ()))


def _open(actor: Actor, known: CouncilSession, version: int, sheet: Sheet) -> object:
    assert isinstance(sheet.form, OpenForm)  # noqa: S101 - the table says so
    return open_session(
        actor=actor, session_id=known.pk, expected_version=version,
        chair_id=sheet.form.cleaned_data["chair"], tellers=sheet.form.tellers(),
    )  # fmt: skip


def _start(actor: Actor, known: CouncilSession, version: int, _sheet: Sheet) -> object:
    return start_voting(actor=actor, session_id=known.pk, expected_version=version)


def _stop(actor: Actor, known: CouncilSession, version: int, _sheet: Sheet) -> object:
    return stop_voting(actor=actor, session_id=known.pk, expected_version=version)


def _conclude_page(request: HttpRequest, page: SessionPage) -> Page:
    level = {one.key for quota in page.quotas for one in quota.line.level}
    asked = [one for one in page.results if one.decided is None or one.item.pk in level]
    initial = [{"item": one.item.pk} for one in asked]
    heads = [
        f"{one.item.place}. {one.title}: {one.counted.votes_for}/{one.members}"
        + (_(" – ngang phiếu ở chỗ cuối của hạn mức") if one.item.pk in level else "")
        for one in asked
    ]
    sheet = Sheet(KeptForm(request.POST or None), (), _bound(Conclusions, request, initial), heads)
    hint = _(
        "Mục có tỷ lệ phiếu theo văn bản đã đối chiếu thì tính theo văn bản, vượt hạn mức thì xếp "
        "theo số phiếu; các mục dưới đây cần kết luận của Hội đồng. Kết luận xong, biên bản được "
        "lập và đề nghị được chuyển tiếp."
    )
    return Page(SESSION_MOVES["conclude"].label, sheet, hint, width="col-md-6")


def _conclude(actor: Actor, known: CouncilSession, version: int, sheet: Sheet) -> object:
    assert sheet.lines is not None  # noqa: S101 - the page has them
    return conclude_session(
        actor=actor, session_id=known.pk, expected_version=version,
        conclusions=conclusions(sheet.lines),
    )  # fmt: skip


def _reason_page(name: str) -> Callable[[HttpRequest, SessionPage], Page]:
    def make(request: HttpRequest, _page: SessionPage) -> Page:
        return Page(SESSION_MOVES[name].label, Sheet(ReasonForm(request.POST or None), ()))

    return make


def _cancel(actor: Actor, known: CouncilSession, version: int, sheet: Sheet) -> object:
    return cancel_session(
        actor=actor, session_id=known.pk, expected_version=version, **sheet.form.cleaned_data
    )


_Make = Callable[[HttpRequest, SessionPage], Page]
_ACTS: dict[str, tuple[_Make, Callable[..., object]]] = {
    "roll": (_roll_page, _roll),
    "quotas": (_quotas_page, _quotas),
    "open": (_open_page, _open),
    "start_voting": (
        _plain(
            "start_voting",
            gettext_lazy("Từ lúc này không phát thêm phiếu: khóa tạo phiếu bị xóa hẳn."),
        ),
        _start,
    ),
    "stop_voting": (
        _plain("stop_voting", gettext_lazy("Từ lúc này không nhận thêm phiếu.")),
        _stop,
    ),
    "conclude": (_conclude_page, _conclude),
    "cancel": (_reason_page("cancel"), _cancel),
}


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: UUID, item: int) -> HttpResponse:
    """Take an item off the agenda, with the reason."""
    actor = actor_of(request)
    known = access_session(actor, pk)
    if session_mandate(actor, known) is None:
        raise NotFoundError
    version = number(request.POST.get("version", str(known.version)))
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = ask(
            form,
            lambda: drop_agenda_item(
                actor=actor, session_id=pk, expected_version=version, item_id=item, reason=reason
            ),
        )
        if done is not None:
            messages.success(request, _("Đã đưa ra khỏi chương trình họp."))
            return redirect("council_session", pk)
    shown = Page(_("Đưa ra khỏi chương trình họp"), Sheet(form, ()))
    return _answer(request, known, shown, version)


@require_http_methods(["GET", "POST"])
def late_items(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put further nominations on the agenda; they are marked as late."""
    actor = actor_of(request)
    known = access_session(actor, pk)
    if session_mandate(actor, known) is None:
        raise NotFoundError
    version = number(request.POST.get("version", str(known.version)))
    form = KeptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = ticked_in(request)
        done = ask(
            form,
            lambda: add_agenda_items(
                actor=actor, session_id=pk, expected_version=version, nominations=ticked
            ),
        )
        if done is not None:
            messages.success(request, _("Đã bổ sung chương trình họp."))
            return redirect("council_session", pk)
    if isinstance(form.refusal, SessionChangedError):
        version = known.version
    context = {"known": known, "form": form, "version": version, "rows": list(ready_for(known))}
    return render(request, "workflow/council_late.html", context, status=status_of(form))
