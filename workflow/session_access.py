"""Who may read a council's session: the one rule, for its pages and for its papers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from organisations.actors import Actor
from organisations.models import Role
from workflow.models import CouncilSession

READERS = frozenset(
    {
        Role.BOARD_SECRETARY.value,
        Role.BOARD_HEAD.value,
        Role.COUNCIL_MEMBER.value,
        Role.UNIT_CLERK.value,
        Role.UNIT_HEAD.value,
        Role.CHAIRMAN.value,
        Role.AUDITOR.value,
    }
)
"""Who sees the section of councils."""


def visible_sessions(actor: Actor) -> QuerySet[CouncilSession]:
    """Return the sessions an actor may read.

    Those of councils of units where he holds one of the offices, those he sits in or counts for,
    and, for auditors, all below their unit.
    """
    seen = Q(members__user=actor.user_id) | Q(members__substitute_user=actor.user_id)
    seen |= Q(first_teller=actor.user_id) | Q(second_teller=actor.user_id)
    for mandate in actor.mandates_as(*READERS):
        if mandate.role in {Role.AUDITOR, Role.CHAIRMAN}:
            seen |= Q(unit__path__startswith=mandate.unit_path)
        else:
            seen |= Q(unit=mandate.unit_id)
    sessions = CouncilSession.objects.filter(
        pk__in=CouncilSession.objects.filter(seen).order_by().values("pk")
    )
    return sessions.select_related("unit", "occasion__campaign", "dossier")
