"""Of how many the quotas of a session's agenda are taken."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.actors import Actor
from workflow.council_queries import agenda_of
from workflow.council_states import LIVE
from workflow.errors import NotFoundError
from workflow.models import CouncilSession
from workflow.services.acting import act
from workflow.services.session_moves import hold_session, note_session
from workflow.session_places import Places, places_of


@act
def record_considered(
    *, actor: Actor, session_id: UUID, expected_version: int, considered: Mapping[str, int]
) -> CouncilSession:
    """Write down of how many each quota of the agenda is taken; in place of what stood there.

    considered  by the quota's key; the plan says in words who is counted, the session proposes
                whom it considers (Places.counted)
    Raises as hold_session, and NotFoundError for a quota that the agenda does not fall under.
    """
    at = timezone.now()
    held = hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=_("Số dự xét"), states=LIVE,
    )  # fmt: skip
    known = {one.quota.key: one for one in places_of(held.session, agenda_of(held.session))}
    if not set(considered) <= set(known):
        raise NotFoundError
    for key, many in considered.items():
        held.session.quotas.update_or_create(quota=key, defaults={"considered": many})
    what = [_told(known[key], many) for key, many in considered.items()]
    note_session(
        actor=actor, held=held, action="council.considered_recorded", at=at, data={"what": what}
    )
    return held.session


def _told(places: Places, many: int) -> str:
    """Return what the log keeps: the number, and whether it is the one that the session gives."""
    quota = places.quota
    said = "theo phiên họp" if many == places.counted else f"theo phiên họp: {places.counted}"
    return f"{quota.of} ({quota.form.name}): {many} ({said}; {places.counted_words})"
