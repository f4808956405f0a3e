"""Who of those with an account a nominee may be: what pages ask, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.actors import Actor
from organisations.models import User
from workflow.authority import Act
from workflow.models import Identification, Nomination
from workflow.permissions import can_do
from workflow.persons import account_words, namesakes
from workflow.states import Desk

IDENTIFY = Act.IDENTIFY.value
NAMED = 5
"""How many names a message lists before it says how many more there are."""


@dataclass(frozen=True)
class Persons:
    """What a nomination's page tells of accounts with the nominee's name.

    open   not yet told apart; rows: what was said, the last first
    """

    open: Sequence[str]
    tied: str
    rows: Sequence[Identification]
    acts: Sequence[str]

    @property
    def shown(self) -> bool:
        """Return whether there is anything to tell."""
        return bool(self.open or self.tied or self.rows)


def persons(actor: Actor, nomination: Nomination, paths: Mapping[Desk, str]) -> Persons:
    """Return the card; two queries where somebody was asked about, else none.

    nomination  with its namesakes at hand (persons.load_namesakes)
    paths       of the units at its desks, see queries.paths_of
    """
    nominee = nomination.nominee
    found, rows, tied = nomination.namesakes or (), list[Identification](), None
    if nominee.user_id is not None or nominee.not_users:
        answers = Identification.objects.filter(nominee=nominee).select_related("user")
        rows = list(answers.order_by("-said_at", "-pk"))
        tied = nominee.user
    known = bool(found or rows or tied)
    may = known and can_do(actor, Act.IDENTIFY, nomination, paths).allowed
    return Persons(
        open=found,
        tied=account_words(tied) if tied else "",
        rows=rows,
        acts=[IDENTIFY] if may else [],
    )


def candidates(nomination: Nomination) -> list[tuple[int, str]]:
    """Return whom the nominee can be said to be, or not to be: accounts not yet told apart first."""
    nominee = nomination.nominee
    found = namesakes([nominee]).get(nominee.pk, [])
    answered = list(filter(None, [nominee.user_id, *nominee.not_users]))
    users = [*found, *User.objects.filter(pk__in=answered).order_by("pk")]
    return [(user.pk, account_words(user)) for user in users]


def namesake_warning(nominations: Sequence[Nomination]) -> str:
    """Return what to tell whoever drafted or imported these; "" where no name is met."""
    found = namesakes(row.nominee for row in nominations)
    names = [row.nominee.name for row in nominations if row.nominee_id in found]
    if not names:
        return ""
    text = ngettext(
        "%(count)d người trùng tên với tài khoản của hệ thống: %(names)s. Hãy mở đề nghị và xác"
        " định có đúng là người đó không; nếu không, bước thẩm định sẽ hỏi.",
        "%(count)d người trùng tên với tài khoản của hệ thống: %(names)s. Hãy mở đề nghị và xác"
        " định có đúng là người đó không; nếu không, bước thẩm định sẽ hỏi.",
        len(names),
    )
    listed = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more > 0:
        listed = _("%(names)s và %(more)d người khác") % {"names": listed, "more": more}
    return text % {"count": len(names), "names": listed}
