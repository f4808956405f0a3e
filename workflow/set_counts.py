"""How many sets of a dossier each form of award asks for: by its law, or by its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import AwardForm, Provision, SetCount, Topic
from campaigns.regimes import form_keys, regime_on
from campaigns.sayings import provision_said, sayings_of
from workflow.models import Dossier, Nomination
from workflow.preflight import Check, Light


@dataclass(frozen=True)
class SetsAsked:
    """How many sets a form of award asks for, and where that stands.

    number  None, and value "", where neither the law nor the plan says
    """

    form: str
    number: int | None = None
    value: str = ""
    note: str = ""


def set_counts(dossier: Dossier, nominations: Sequence[Nomination]) -> list[SetsAsked]:
    """Return the sets of each form of award in the dossier.

    The law goes before the plan, where its text was checked and names a number; where it leaves
    the number to the province, the plan's counts.
    """
    received = dossier.received_at or timezone.now()
    regime = dossier.regime or regime_on(timezone.localdate(received))
    said = sayings_of([regime])[0] if regime else None
    wanted = {row.award_item.form_id for row in nominations}
    forms = list(AwardForm.objects.filter(pk__in=wanted).order_by("position"))
    planned = {one.form_id: one for one in SetCount.objects.filter(form__in=wanted)}
    keys = form_keys(forms)
    return [
        _asked(
            form.name,
            said.provision(Topic.SETS, keys[form.pk]) if said else None,
            planned.get(form.pk),
        )
        for form in forms
    ]


def _asked(form: str, law: Provision | None, plan: SetCount | None) -> SetsAsked:
    one = provision_said(law) if law else None
    if law is not None and one is not None and one.relied_upon and law.number is not None:
        return SetsAsked(form, law.number, one.value, one.note)
    if plan is not None:
        value = _("%(number)02d bộ") % {"number": plan.sets}
        note = _("theo kế hoạch: %(text)s") % {"text": plan.text}
        return SetsAsked(form, plan.sets, value, note)
    if one is not None and one.relied_upon:
        return SetsAsked(form, note=f"{one.value} ({one.note})")
    return SetsAsked(form)


def sets_of(asked: Sequence[SetsAsked]) -> int | None:
    """Return how many sets a dossier with these forms goes in: the most that one of them asks for.

    None while the number of one of them is not known.
    """
    numbers = [one.number for one in asked if one.number is not None]
    return max(numbers) if numbers and len(numbers) == len(asked) else None


def set_check(sets: SetsAsked) -> Check:
    """Return the line of the preflight on a form's sets."""
    what = _("Số bộ hồ sơ, %(form)s") % {"form": sets.form}
    if sets.value:
        words = {"what": what, "value": sets.value}
        return Check(Light.GOOD, _("%(what)s: %(value)s") % words, sets.note)
    why = sets.note or _("Chưa có quy định đã đối chiếu.")
    todo = _("Nhập số bộ ở trang “Chế độ khen thưởng” khi có văn bản.")
    return Check(Light.ASKED, what, why, todo)
