"""Accounts that bear a nominee's name: found, and asked about; never taken for him unasked.

A name is not proof: there are namesakes. Until somebody has said whether a nominee is the person
behind an account of his name (services.identifying), the nomination is not found eligible, and the
rough rule of workflow.conflicts bars whoever could be he.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from campaigns.models import Kind
from organisations.models import User
from workflow.conflicts import same_text
from workflow.models import Nomination, Nominee
from workflow.states import MOVES, Move

SETTLING_MOVES: Final = frozenset(
    move.name for move in MOVES.values() if "person_settled" in move.guards
)
"""Moves by which a nominee is found worthy: who he is has to be known then."""


def namesakes(nominees: Iterable[Nominee]) -> dict[UUID, list[User]]:
    """Return, by nominee, the active users of whom nobody has said whether they are he; one query.

    None for a nominee who is tied to a user, nor for a collective or a household. Not promised:
    that a name spelled otherwise is found; capitals and spaces are no difference.
    """
    asked = [one for one in nominees if one.kind == Kind.INDIVIDUAL and one.user_id is None]
    if not asked:
        return {}
    found: dict[UUID, list[User]] = defaultdict(list)
    spelled = {text for one in asked for text in _spellings(one.name)}
    users = User.objects.filter(is_active=True, full_name__in=spelled).order_by("pk")
    by_name: dict[str, list[User]] = defaultdict(list)
    for user in users:
        by_name[_key(user.full_name)].append(user)
    for one in asked:
        for user in by_name[_key(one.name)]:
            if user.pk not in one.not_users:
                found[one.pk].append(user)
    return dict(found)


def bears_name(user: User, nominee: Nominee) -> bool:
    """Return whether an active user is one who could be a nominee by his name."""
    person = nominee.kind == Kind.INDIVIDUAL and user.is_active
    return person and same_text(user.full_name, nominee.name)


def load_namesakes_for(nominations: Sequence[Nomination], moves: Iterable[Move]) -> None:
    """Put on each nomination the accounts not yet told apart; free where no move asks for it."""
    if any(move.name in SETTLING_MOVES for move in moves):
        load_namesakes(nominations)


def load_namesakes(nominations: Sequence[Nomination]) -> None:
    """Put on each nomination the accounts not yet told apart; one query."""
    found = namesakes(row.nominee for row in nominations)
    for row in nominations:
        row.namesakes = [account_words(user) for user in found.get(row.nominee_id, ())]


def account_words(user: User) -> str:
    """Return how an account is named to those who decide: name, office, log-in."""
    office = f", {user.position}" if user.position else ""
    return f"{user.full_name}{office} ({user.username})"


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _spellings(name: str) -> set[str]:
    """Return how a name is written in practice: as it is, in capitals, with capital initials."""
    text = " ".join(name.split())
    return {name, text, text.upper(), text.lower(), text.title()}
