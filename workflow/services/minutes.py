"""What the signature under the minutes does to the session that they are of."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from documents.models import Document
from organisations.actors import Actor
from workflow.council_states import SESSION_MOVES
from workflow.models import CouncilSession
from workflow.papers.sources import Part, source_of
from workflow.services.session_moves import Held, move_session

MINUTES: Final = frozenset({"bien_ban_hoi_dong", "bien_ban_don_vi"})
"""Templates of the minutes of a session: the province's, and a unit's."""


def lock_minutes(*, actor: Actor, document: Document, at: datetime) -> None:
    """Lock the session whose minutes have just been signed, in the signer's transaction.

    A later paper of the same session, or the same made anew, leaves it locked. The session's row
    alone is locked here, not its dossier: nothing moves a closed session but this.
    """
    if document.template_key not in MINUTES:
        return
    version = document.versions.order_by("-number").first()
    sources = [source_of(kept) for kept in (version.sources if version else [])]
    meetings = {UUID(one.meeting) for one in sources if one.part is Part.SESSION and one.meeting}
    move = SESSION_MOVES["lock"]
    rows = CouncilSession.objects.filter(meeting__in=meetings, state__in=move.sources)
    for session in rows.select_for_update(no_key=True).order_by("pk"):
        data = {"title": document.title}
        move_session(actor=actor, held=Held(session, None), name=move.name, at=at, data=data)
