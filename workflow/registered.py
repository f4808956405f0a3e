"""A nomination held against what its unit registered for the movement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.models import Succession
from workflow.models import Dossier, Nomination, Registration, RegistrationLine, RegistrationRound
from workflow.registration_states import STANDING


@dataclass(frozen=True, slots=True)
class Comparison:
    """A nomination held against what its unit registered.

    registered   the nominee stands in a registration that was sent
    aimed        the award aimed at, "" where none was named or nothing is registered
    words        the finding in one sentence
    differs      the office should look: not registered, or for another award
    """

    registration: Registration | None
    line: RegistrationLine | None
    registered: bool
    aimed: str
    words: str
    differs: bool


def comparisons(nominations: Sequence[Nomination]) -> dict[UUID, Comparison]:
    """Return, by nomination, what its unit registered for the nominee; four queries for all.

    Nothing is said of nominations in a movement that has no round of registration; that costs one.
    A unit's registration is also that of the bodies it took over from, and of the one that began
    the dossier. The names are compared without case and spaces. The year of the occasion counts
    where a round is for one year.
    """
    campaigns = {row.dossier.occasion.campaign_id for row in nominations}
    held = RegistrationRound.objects.filter(campaign__in=campaigns)
    campaigns = set(held.values_list("campaign", flat=True))
    nominations = [row for row in nominations if row.dossier.occasion.campaign_id in campaigns]
    if not nominations:
        return {}
    unit_ids = {row.dossier.unit_id for row in nominations}
    before: dict[UUID, set[UUID]] = {}
    for row in Succession.objects.filter(successor__in=unit_ids):
        before.setdefault(row.successor_id, set()).add(row.predecessor_id)
    earlier = {key for keys in before.values() for key in keys}
    begun = {row.dossier.began_with_id for row in nominations if row.dossier.began_with_id}
    standing = list(
        Registration.objects.filter(
            unit__in=unit_ids | earlier | begun,
            round__campaign__in=campaigns,
            state__in=STANDING,
        )
        .select_related("round")
        .prefetch_related("lines__form")
        .order_by("round__opened_at")
    )
    return {row.pk: _comparison(row, _of(row, standing, before)) for row in nominations}


def comparisons_in(dossier: Dossier, nominations: QuerySet[Nomination]) -> dict[UUID, Comparison]:
    """Return comparisons of a dossier's nominations; they are read only where there is a round."""
    held = RegistrationRound.objects.filter(campaign=dossier.occasion.campaign_id)
    return comparisons(list(nominations)) if held.exists() else {}


def _of(
    nomination: Nomination, standing: Iterable[Registration], before: dict[UUID, set[UUID]]
) -> list[Registration]:
    dossier = nomination.dossier
    units = {dossier.unit_id, dossier.began_with_id, *before.get(dossier.unit_id, set())}
    return [
        row
        for row in standing
        if row.unit_id in units
        and row.round.campaign_id == dossier.occasion.campaign_id
        and row.round.year in {None, dossier.occasion.year}
    ]


def _comparison(nomination: Nomination, standing: Sequence[Registration]) -> Comparison:
    if not standing:
        return Comparison(
            None, None, registered=False, aimed="",
            words=_("Đơn vị chưa đăng ký thi đua."), differs=True,
        )  # fmt: skip
    name = _folded(nomination.nominee.name)
    for registration in reversed(standing):
        for line in registration.lines.all():
            if _folded(line.name) == name:
                return _held_against(nomination, registration, line)
    return Comparison(
        standing[-1], None, registered=False, aimed="",
        words=_("Đơn vị đã đăng ký, nhưng đối tượng này không có trong danh sách đăng ký."),
        differs=True,
    )  # fmt: skip


def _held_against(
    nomination: Nomination, registration: Registration, line: RegistrationLine
) -> Comparison:
    form = nomination.award_item.form
    if line.form is None:
        words, differs = _("Đã đăng ký, không nêu hình thức khen thưởng hướng tới."), False
    elif line.form_id == form.pk:
        words, differs = _("Đúng với đăng ký."), False
    else:
        words, differs = (
            _("Đăng ký hướng tới %(aimed)s, nay đề nghị %(proposed)s.")
            % {"aimed": line.form.name, "proposed": form.name},
            True,
        )
    return Comparison(
        registration,
        line,
        registered=True,
        aimed=line.form.name if line.form else "",
        words=words,
        differs=differs,
    )


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).split()).casefold()
