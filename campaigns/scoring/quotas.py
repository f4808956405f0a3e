"""How many may get a form: a share of those considered, rounded as the data says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import Rounding
from campaigns.scoring.numbers import rounded, shown


@dataclass(frozen=True, slots=True)
class Share:
    """At most so many per cent, rounded this way."""

    percent: Decimal
    rounding: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may get it, with the arithmetic in Vietnamese as it is printed."""

    most: int
    arithmetic: str


def limit(share: Share, considered: int) -> Limit:
    """Return how many of those considered (a count, 0 or more) the share allows."""
    exact = share.percent * considered / 100
    most = int(rounded(exact, share.rounding))
    said = f"{shown(share.percent)} % × {considered} = {shown(exact)}"
    if exact != most:
        said += f", {_WORDS[Rounding(share.rounding)]} {most}"
    return Limit(most, said)


_WORDS = {
    Rounding.DOWN: "làm tròn xuống",
    Rounding.NEAREST: "làm tròn",
    Rounding.UP: "làm tròn lên",
}
