"""Who may do what: one predicate over the authority table, with a reason when it says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from campaigns.models import OwnUnit
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.authority import Act, Hand, Line, act_lines, line_for, lines_of, roles_at
from workflow.conflicts import is_lender, is_nominee, is_of_nominee
from workflow.states import FLOW_VERSION, MOVES, Desk, Move, State

if TYPE_CHECKING:
    from workflow.models import Nomination


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer to “may this person do this now?”: the mandate used, or why not."""

    mandate: Mandate | None
    why: str = ""

    @property
    def allowed(self) -> bool:
        """Return whether the act may go on."""
        return self.mandate is not None


def acting_roles(
    move: Move, state: State, resume_to: State | None, way: int = FLOW_VERSION
) -> tuple[Desk, frozenset[Role]]:
    """Return the desk and the roles that may make a move from a state, on a way."""
    line = line_for(move, state, resume_to, way)
    return (line.desk, line.roles) if line else (Desk.UNIT, frozenset())


def sits_at(mandate: Mandate, desk: Desk, unit_path: str) -> bool:
    """Return whether a mandate is held at a desk.

    At a proposing unit: in that unit itself, for nobody proposes in another unit's name. At the
    campaign's desks: in the unit assigned or in a section below it.
    """
    if desk is Desk.UNIT:
        return mandate.unit_path == unit_path
    return mandate.unit_path.startswith(unit_path)


def can(
    actor: Actor, move: Move, nomination: Nomination, desk_paths: Mapping[Desk, str]
) -> Decision:
    """Return whether an actor may make a move on a nomination now, by which mandate.

    The line of docs/authority.csv says it. Conflict of interest: nobody acts on a nomination in
    which he is himself the nominee, nor after a hand in it that the line keeps apart from the
    move; what is done by delegation counts for both persons. A mandate that a conflict bars does
    not stand in the way of another one.
    Whether the state allows the move is the flow's answer, not this one's.
    """
    if is_nominee(actor, nomination):
        return Decision(None, own_case())
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    line = line_for(move, State(nomination.state), resume_to, nomination.flow_version)
    if line is None:
        return Decision(None, _why_not(frozenset()))
    why = _own_unit(actor, line, nomination)
    if why:
        return Decision(None, why)
    for mandate in _fitting(actor, line, desk_paths.get(line.desk)):
        conflict = _conflict(actor, mandate, nomination, line.apart, MOVES[line.move].label)
        if not conflict:
            return Decision(mandate)
        why = why or conflict
    return Decision(None, why or _why_not(line.roles))


def _own_unit(actor: Actor, line: Line, nomination: Nomination) -> str:
    """Return why a person of the very unit that is nominated does not judge it; "" if he may.

    Judging moves are those that the table keeps apart from others. The campaign says whether it
    is refused or only recorded (Campaign.own_unit).
    """
    if not line.apart or not is_of_nominee(actor, nomination):
        return ""
    if nomination.dossier.occasion.campaign.own_unit == OwnUnit.RECORD:
        return ""
    return _("Phong trào quy định người của chính tập thể được đề nghị không được “%(act)s”.") % {
        "act": MOVES[line.move].label
    }


def own_case() -> str:
    """Return why nobody handles a nomination of himself, in the reader's language."""
    return _("Không ai được xử lý đề nghị khen thưởng của chính mình.")


def own_case_of_lender() -> str:
    """Return why nobody handles a nomination in the name of its nominee, in the reader's language."""
    return _("Người ủy quyền là đối tượng của chính đề nghị này.")


def _fitting(actor: Actor, line: Line, desk_path: str | None) -> list[Mandate]:
    """Return the mandates by which an actor stands where the line asks, own before delegated."""
    if desk_path is None:
        return []
    return [
        held
        for held in actor.mandates
        if held.role in line.roles and line.fits(held.unit_path, desk_path)
    ]


def _conflict(
    actor: Actor,
    mandate: Mandate,
    nomination: Nomination,
    apart: frozenset[Hand],
    act: str | Promise,
) -> str:
    """Return why the person, or the one in whose name he acts, is barred; "" where neither is.

    Raises LookupError where it is kept apart from hands that nobody loaded (hands.load_hands).
    """
    if is_lender(mandate, nomination):
        return own_case_of_lender()
    if not apart:
        return ""
    if nomination.hands is None:
        message = f"hands of {nomination.pk} were not loaded for “{act}”"
        raise LookupError(message)
    persons = {actor.user_id, mandate.lender_id} - {0}
    for hand in sorted(apart, reverse=True):
        if persons & nomination.hands.get(hand, frozenset()):
            return HAND_WORDS[hand] % {"act": act}
    return ""


HAND_WORDS: Final = {
    Hand.PROPOSER: _lazy("Người đã soạn hoặc trình đề nghị này không được “%(act)s”."),
    Hand.APPRAISER: _lazy("Người đã thẩm định đề nghị này không được “%(act)s”."),
}
"""Why a hand in a nomination bars a person; it counts also where it was lent or borrowed."""


def mandate_for(
    actor: Actor, desk: Desk, roles: frozenset[Role], unit_path: str | None
) -> Mandate | None:
    """Return the first mandate of an actor with one of the roles at a desk, or None."""
    if unit_path is None:
        return None
    fitting = (held for held in actor.mandates if held.role in roles)
    return next((held for held in fitting if sits_at(held, desk, unit_path)), None)


Holders = Mapping[State, tuple[Desk, frozenset[Role]]]


def _holders(act: Act) -> Holders:
    """Return at which desk, and as what, an act is done in each state: docs/authority.csv."""
    return {state: (line.desk, line.roles) for state, line in lines_of(act).items()}


ENTERERS: Final = _holders(Act.ENTER_FACTS)
"""Who enters facts of a nomination in which state; in the others nobody does."""
OVERRULERS: Final = _holders(Act.OVERRULE)
"""Who overrules a rule of a nomination in which state; in the others nobody does."""
CONSULTERS: Final = _holders(Act.CONSULT)
"""Who asks other bodies for opinions and puts up public notices in which state."""
SUGGESTERS: Final = _holders(Act.SUGGEST_FORM)
"""Who suggests another form of award in which state: the unit may then still withdraw."""
SPLITTERS: Final = _holders(Act.SPLIT)
"""Who splits nominations off their dossier in which state; of those returned or held, the state
they come back to counts: whoever sent them back parts them from the rest."""
CONSULTING_ROLES: Final = {desk: roles for desk in Desk if (roles := roles_at(Act.CONSULT, desk))}
"""The roles that do so, by desk."""


def can_do(
    actor: Actor,
    act: Act,
    nomination: Nomination,
    desk_paths: Mapping[Desk, str],
    at: State | None = None,
) -> Decision:
    """Return whether an actor may do an act that leaves a nomination in its state, or in `at`.

    The lines of docs/authority.csv say it. Nobody does it to a nomination in which he, or the one
    in whose name he acts, is himself the nominee, or after a hand in it that the line keeps apart
    from the act; raises LookupError where nobody has found out whose those were
    (hands.find_hands).
    """
    if is_nominee(actor, nomination):
        return Decision(None, own_case())
    state = at or State(nomination.state)
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    lines = act_lines(act, state, resume_to, nomination.flow_version)
    why = ""
    for line in lines:
        for mandate in _fitting(actor, line, desk_paths.get(line.desk)):
            conflict = _conflict(actor, mandate, nomination, line.apart, act.label)
            if not conflict:
                return Decision(mandate)
            why = why or conflict
    return Decision(None, why or _why_not(frozenset[Role]().union(*(one.roles for one in lines))))


def can_split(actor: Actor, nomination: Nomination, desk_paths: Mapping[Desk, str]) -> Decision:
    """Return whether an actor may part a nomination from the others of its dossier."""
    return can_do(actor, Act.SPLIT, nomination, desk_paths, at=splitting_state(nomination))


def splitting_state(nomination: Nomination) -> State:
    """Return the state by which SPLITTERS answers: its own, or the one it comes back to."""
    return State(nomination.resume_to or nomination.state)


def mandate_in(
    actor: Actor, who: Holders, state: State, desk_paths: Mapping[Desk, str]
) -> Mandate | None:
    """Return the mandate by which an actor is the one that a table names for a state, or None."""
    desk, roles = who.get(state, (Desk.UNIT, frozenset()))
    return mandate_for(actor, desk, roles, desk_paths.get(desk))


def _why_not(roles: frozenset[Role]) -> str:
    if not roles:
        return _("Đề nghị đã kết thúc, không còn việc nào để làm.")
    names = ", ".join(sorted(str(role.label) for role in roles))
    return _("Việc này của: %(roles)s, tại cơ quan đang giữ đề nghị.") % {"roles": names}
