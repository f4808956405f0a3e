"""What the pages of acts say of the law above their fields: terms, ratios, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.regimes import regime_on
from workflow.deadlines import Term, supplement_term
from workflow.law import law_of
from workflow.models import Nomination
from workflow.services.regimes import missing_regime
from workflow.votes import asked_by_law

Chosen = Sequence[Nomination]


def return_day(chosen: Chosen) -> dict[str, Any]:
    """Return the day that the regime gives the unit, as the form's first value."""
    return {"due_on": _supplement(chosen).on}


def return_notes(chosen: Chosen) -> list[str]:
    """Return where the day in the form comes from, or what is missing to suggest one."""
    term = _supplement(chosen)
    if term.missing:
        return [_("Không gợi ý hạn bổ sung, vì chưa có: %(missing)s.") % {"missing": term.missing}]
    said = _("Hạn gợi ý %(day)s: %(words)s.") % {
        "day": f"{term.on:%d/%m/%Y}",
        "words": term.words,
    }
    return [f"{said} {term.note}".strip()]


def _supplement(chosen: Chosen) -> Term:
    return supplement_term(law_of(chosen), chosen[0], timezone.localdate())


def vote_notes(chosen: Chosen) -> list[str]:
    """Return what the law asks of the vote on each form of award, each said once."""
    law = law_of(chosen)
    notes: dict[str, None] = {}
    for row in chosen:
        asked = asked_by_law(law, row)
        form = row.award_item.form.name
        if asked.words:
            notes[_("%(form)s: %(words)s.") % {"form": form, "words": asked.words}] = None
        if asked.missing:
            text = _("Chưa có %(missing)s; Hội đồng tự kết luận, phần mềm không tính thay.")
            notes[text % {"missing": asked.missing}] = None
    return list(notes)


def receive_notes(_chosen: Chosen) -> list[str]:
    """Return by which regime a dossier received today is judged, or that there is none."""
    return [regime_note(timezone.localdate())]


def regime_note(today: date) -> str:
    """Return one sentence on the regime of a day."""
    regime = regime_on(today)
    if regime is None:
        text = _("Không tìm thấy %(missing)s; hồ sơ được nhận nhưng chưa có chế độ, phải chọn sau.")
        return text % {"missing": missing_regime(today)}
    return _("Hồ sơ tiếp nhận lần đầu hôm nay theo chế độ: %(name)s.") % {"name": regime.name}
