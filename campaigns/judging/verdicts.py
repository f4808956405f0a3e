"""What a rule says of a nomination, with everything needed to defend it years later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from campaigns.judging.facts import Fact


class Outcome(StrEnum):
    """How a rule came out.

    MET      đạt
    NOT_MET  không đạt
    PERSON   cần người quyết định: the rule, or its text, leaves it open
    UNKNOWN  chưa đủ dữ kiện
    """

    MET = "met"
    NOT_MET = "not_met"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one rule on one nomination.

    rule        the rule's key
    words       the rule as its text says it; clause where it stands; source which text that is
    in_force    from when to when it applies, in words
    used        the facts it stands on; empty when none was known
    arithmetic  the reckoning as a line a person can follow ("12,5 % ≥ 10 %: đạt")
    missing     names of facts that nobody has given yet
    warnings    what is odd about the rule or the facts, whatever the outcome
    question    what a person has to decide or look up; never empty when the outcome is PERSON

    All texts are Vietnamese in whatever language the screens are read: a verdict is stored and
    printed as it was given.
    """

    rule: str
    outcome: Outcome
    words: str
    clause: str
    source: str
    in_force: str
    used: tuple[Fact, ...] = ()
    arithmetic: str = ""
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    question: str = ""
