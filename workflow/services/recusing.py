"""Who does not vote on what: found from the persons and units, written down item by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workflow.conflicts import is_same_person
from workflow.council_states import RecusalRule
from workflow.models import AgendaItem, CouncilSession, Nomination, Recusal, SessionMember


def write_recusals(
    session: CouncilSession, items: Iterable[AgendaItem], members: Sequence[SessionMember]
) -> None:
    """Write down who does not vote on these items, in place of what stood there."""
    rows = list(items)
    Recusal.objects.filter(item__in=rows).delete()
    found = []
    for item in rows:
        for member in members:
            reason = recused(session, item.nomination, member)
            if reason is not None:
                found.append(Recusal(item=item, member=member, is_nominee=reason))
    Recusal.objects.bulk_create(found)


def recused(session: CouncilSession, nomination: Nomination, member: SessionMember) -> bool | None:
    """Return None where a member votes on a nomination; else whether he is the nominee himself.

    Whoever stands in for a member is looked at as well: a vote is kept from both or from none.
    """
    path = member.home.path if member.home else ""
    people = [(member.user_id, member.name, member.position)]
    if member.substitute_name:
        people.append((member.substitute_user_id, member.substitute_name, ""))
    if any(
        is_same_person(nomination, user_id=user, name=name, position=position, unit_path=path)
        for user, name, position in people
    ):
        return True
    units = {nomination.dossier.unit_id, nomination.nominee.unit_id}
    if session.recusal == RecusalRule.UNIT and member.home_id and member.home_id in units:
        return False
    return None
