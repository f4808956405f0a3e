"""The one function that changes the state of a council's session, and its locks and checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from workflow.council_queries import session_mandate
from workflow.council_states import SESSION_MOVES, SessionState
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_councils import SessionChangedError, SessionMoveError
from workflow.models import CouncilSession
from workflow.services.loading import lock_dossier


@dataclass(frozen=True, slots=True)
class Held:
    """A session, locked, and the mandate by which its secretary acts on it.

    mandate  None where a move follows from an act of somebody else
    """

    session: CouncilSession
    mandate: Mandate | None


def lock_session(session_id: UUID) -> CouncilSession:
    """Return a session locked, or raise NotFoundError; its dossier, where it has one, before it."""
    rows = CouncilSession.objects.filter(pk=session_id)
    dossier_id = rows.values_list("dossier", flat=True).first()
    if dossier_id is not None:
        lock_dossier(dossier_id)
    if rows.select_for_update(no_key=True).values_list("pk", flat=True).first() is None:
        raise NotFoundError
    return rows.select_related("unit", "occasion__campaign", "dossier").get()


def hold_session(
    *,
    actor: Actor,
    session_id: UUID,
    expected_version: int,
    act: str | Promise,
    states: Collection[SessionState],
) -> Held:
    """Return a session locked for its secretary, in one of the states.

    Raises NotFoundError, SessionChangedError, AccessDeniedError, SessionMoveError.
    """
    session = lock_session(session_id)
    check_session_version(session, expected_version)
    mandate = require_secretary(actor, session, act)
    if session.state not in states:
        raise SessionMoveError(act=act, state=SessionState(session.state).label)
    return Held(session, mandate)


def check_session_version(session: CouncilSession, expected_version: int) -> None:
    """Raise SessionChangedError where somebody has changed it since it was shown."""
    if session.version != expected_version:
        raise SessionChangedError(changed_by=session.changed_by, changed_at=session.changed_at)


def require_secretary(actor: Actor, session: CouncilSession, act: str | Promise) -> Mandate:
    """Return the mandate by which an actor runs the session, or raise AccessDeniedError."""
    mandate = session_mandate(actor, session)
    if mandate is None:
        raise AccessDeniedError(
            act=str(act), why=_("Việc này của thư ký tại cơ quan có Hội đồng họp.")
        )
    return mandate


def move_session(
    *, actor: Actor, held: Held, name: str, at: datetime, data: Mapping[str, Any] | None = None
) -> None:
    """Change the state of a held session by the table's move, write it whole, and record it.

    The caller has held it in one of the move's states, and set whatever else the act writes.
    """
    move, session = SESSION_MOVES[name], held.session
    source = session.state
    session.state = move.target
    touch_session(session, actor, at)
    entry = Entry(
        stream=session.stream,
        action=move.event,
        subject=session.stream,
        before={"state": str(source), "version": session.version - 1},
        after={"state": session.state, "version": session.version},
        data=dict(data or {}),
    )
    record(who=actor.who(held.mandate), entry=entry, at=at)


def touch_session(session: CouncilSession, actor: Actor, at: datetime) -> None:
    """Write a session as a new version of it."""
    session.version += 1
    session.changed_at, session.changed_by = at, actor.name
    session.save()


def note_session(
    *, actor: Actor, held: Held, action: str, at: datetime, data: Mapping[str, Any]
) -> None:
    """Make a new version of a held session whose state stays, and record the act."""
    touch_session(held.session, actor, at)
    stream = held.session.stream
    entry = Entry(stream=stream, action=action, subject=stream, data=dict(data))
    record(who=actor.who(held.mandate), entry=entry, at=at)
