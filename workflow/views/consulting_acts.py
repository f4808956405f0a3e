"""Acts on nominations that move none of them: asking other bodies, putting the list up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.actors import Actor
from workflow.deadlines import Term, notice_term, opinion_term
from workflow.forms.consulting import AskForm, Bodies, NoticeForm, body_facts
from workflow.law import law_of
from workflow.models import Nomination
from workflow.services.opinions import ask_opinions
from workflow.services.public_notices import post_notice
from workflow.views.sheets import Act, Chosen, Items, Sheet


def _ask(actor: Actor, items: Items, sheet: Sheet) -> object:
    return ask_opinions(
        actor=actor,
        versions={item.nomination_id: item.expected_version for item in items},
        bodies=body_facts(sheet.filled("name")),
        **sheet.form.cleaned_data,
    )


def _post(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, NoticeForm)  # noqa: S101 - the table says so
    return post_notice(
        actor=actor,
        versions={item.nomination_id: item.expected_version for item in items},
        facts=sheet.form.facts(),
    )


def _body_lines(request: HttpRequest, chosen: Chosen) -> tuple[BaseFormSet[Any], Sequence[str]]:
    if request.method == "POST":
        return Bodies(request.POST, prefix="lines"), ()
    days = {term.on for term in _terms(opinion_term, chosen)}
    day = days.pop() if len(days) == 1 else None
    return Bodies(initial=[{"due_on": day}] * 3 if day else None, prefix="lines"), ()


def _terms(term_of: Any, chosen: Chosen) -> list[Term]:
    """Return a term for each nomination, counted from today."""
    law, today = law_of(chosen), timezone.localdate()
    rows: Sequence[Nomination] = chosen
    return [term_of(law, row, today) for row in rows]


def _ask_notes(chosen: Chosen) -> list[str]:
    return _notes(_terms(opinion_term, chosen), _("Hạn trả lời gợi ý %(day)s: %(words)s."))


def _post_notes(chosen: Chosen) -> list[str]:
    return _notes(_terms(notice_term, chosen), _("Hội đồng họp sớm nhất ngày %(day)s: %(words)s."))


def _notes(terms: Sequence[Term], words: str) -> list[str]:
    """Return where a suggested day comes from, or what is missing to suggest one, each once."""
    found: dict[str, None] = {}
    for term in terms:
        if term.missing:
            text = _("Không gợi ý hạn, vì chưa có: %(missing)s.")
            found[text % {"missing": term.missing}] = None
        else:
            said = words % {"day": f"{term.on:%d/%m/%Y}", "words": term.words}
            found[f"{said} {term.note}".strip()] = None
    return list(found)


def _days(chosen: Chosen) -> dict[str, Any]:
    """Return today, and the last day before the first on which the council may meet."""
    today = timezone.localdate()
    soonest = [term.on for term in _terms(notice_term, chosen) if term.on is not None]
    return {
        "starts_on": today,
        "ends_on": max(soonest) - timedelta(days=1) if soonest else None,
    }


CONSULTING_ACTS: Final = (
    Act(
        "ask_opinions",
        gettext_lazy("Hỏi ý kiến cơ quan khác"),
        _ask,
        "question-circle",
        AskForm,
        many=True,
        notes=_ask_notes,
        lines=_body_lines,
        lines_title=gettext_lazy("Các cơ quan được hỏi"),
        line_width="col-md-6",
        hint=gettext_lazy(
            "Mỗi cơ quan một công văn, kèm phiếu trả lời; các cơ quan được hỏi cùng lúc."
            " Dòng để trống được bỏ qua."
        ),
    ),
    Act(
        "post_notice",
        gettext_lazy("Công khai danh sách đề nghị"),
        _post,
        "globe2",
        NoticeForm,
        many=True,
        notes=_post_notes,
        initial=_days,
        hint=gettext_lazy("Lập thông báo công khai và mở sổ ghi ý kiến phản ánh."),
    ),
)
"""Nominations stay where they are: who does these is permissions.CONSULTERS."""
