"""The life of a registration as a table: every state, and every lawful move between two.

Source of the way: Kế hoạch 243/KH-UBND of Kiên Giang, mục IV.4 and V.3.a: units register, the
standing agency sums up and reports. Pages, the mover, the glossary and the tests read this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Role
from workflow.states import Desk


class RegistrationState(TextChoices):
    """Where a registration stands."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã gửi đăng ký")
    INCOMPLETE = "incomplete", _("Cần hoàn thiện")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    SUMMED_UP = "summed_up", _("Đã tổng hợp")
    WITHDRAWN = "withdrawn", _("Đã rút đăng ký")


@dataclass(frozen=True, slots=True)
class RegistrationHolder:
    """The desk and the roles that have to act while a registration is in a state."""

    desk: Desk
    roles: frozenset[Role]


_UNIT: Final = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
_HEAD: Final = frozenset({Role.UNIT_HEAD})
_DEPARTMENT: Final = frozenset({Role.APPRAISER, Role.DEPARTMENT_HEAD})
_DEPARTMENT_HEAD: Final = frozenset({Role.DEPARTMENT_HEAD})

REGISTRATION_HOLDERS: Final[dict[RegistrationState, RegistrationHolder]] = {
    RegistrationState.DRAFT: RegistrationHolder(Desk.UNIT, _UNIT),
    RegistrationState.SUBMITTED: RegistrationHolder(Desk.APPRAISAL, _DEPARTMENT),
    RegistrationState.INCOMPLETE: RegistrationHolder(Desk.UNIT, _UNIT),
    RegistrationState.ACCEPTED: RegistrationHolder(Desk.APPRAISAL, _DEPARTMENT_HEAD),
}
"""States without an entry ask nothing of anybody."""

WRITABLE: Final = frozenset({RegistrationState.DRAFT, RegistrationState.INCOMPLETE})
"""States in which the unit may change what it registers."""

STANDING: Final = frozenset(
    {RegistrationState.SUBMITTED, RegistrationState.ACCEPTED, RegistrationState.SUMMED_UP}
)
"""States in which a unit has registered; a later nomination is held against these."""


@dataclass(frozen=True, slots=True)
class RegistrationMove:
    """One lawful transition: its imperative, its event, from where to where, and whose it is."""

    name: str
    label: Promise
    event: str
    sources: frozenset[RegistrationState]
    target: RegistrationState
    desk: Desk
    roles: frozenset[Role]


def _from(*states: RegistrationState) -> frozenset[RegistrationState]:
    return frozenset(states)


_S = RegistrationState
REGISTRATION_TRANSITIONS: Final[tuple[RegistrationMove, ...]] = (
    RegistrationMove(
        "submit", _("Ký gửi đăng ký"), "registration.submitted",
        _from(_S.DRAFT, _S.INCOMPLETE), _S.SUBMITTED, Desk.UNIT, _HEAD,
    ),
    RegistrationMove(
        "ask_to_complete", _("Yêu cầu hoàn thiện"), "registration.sent_back",
        _from(_S.SUBMITTED, _S.ACCEPTED), _S.INCOMPLETE, Desk.APPRAISAL, _DEPARTMENT,
    ),
    RegistrationMove(
        "accept", _("Tiếp nhận đăng ký"), "registration.accepted",
        _from(_S.SUBMITTED), _S.ACCEPTED, Desk.APPRAISAL, _DEPARTMENT,
    ),
    RegistrationMove(
        "sum_up", _("Tổng hợp, gửi báo cáo"), "registration.summed_up",
        _from(_S.ACCEPTED), _S.SUMMED_UP, Desk.APPRAISAL, _DEPARTMENT_HEAD,
    ),
    RegistrationMove(
        "withdraw", _("Rút đăng ký"), "registration.withdrawn",
        _from(_S.DRAFT, _S.SUBMITTED, _S.INCOMPLETE), _S.WITHDRAWN, Desk.UNIT, _HEAD,
    ),
)  # fmt: skip

REGISTRATION_MOVES: Final[dict[str, RegistrationMove]] = {
    move.name: move for move in REGISTRATION_TRANSITIONS
}


def registration_moves_from(state: RegistrationState) -> tuple[RegistrationMove, ...]:
    """Return the moves that start in a state, in the table's order."""
    return tuple(move for move in REGISTRATION_TRANSITIONS if state in move.sources)
