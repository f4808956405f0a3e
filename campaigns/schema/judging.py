"""What rules and gates look like in a file: award-campaign/1's sections, and law-rules/1."""

from typing import Any

from campaigns.judging.comparing import OPS
from campaigns.judging.predicates import IN_FILES
from campaigns.judging.predicates.targets import Exceeding
from campaigns.judging.rules import AskedKind
from campaigns.models import Kind, Level, Mark
from campaigns.schema.spec import Choice, Day, Flag, Form, Key, ListOf, Number, Text

NAME = "law-rules/1"

GATED_MOVES = (
    "prepare",
    "award_in_unit",
    "propose",
    "resubmit",
    "receive",
    "appraise",
    "submit_to_board",
    "submit_for_second",
    "endorse",
    "pass_vote",
    "submit_to_chairman",
    "decide",
    "send_up",
    "award_in_unit",
)
"""The moves that a campaign may bar: those that take a nomination on, none that sends it back."""

READING = Choice(tuple(Exceeding))
"""How “vượt trên 20%” is read."""

_FACT = Text(120)
_WORDS = ListOf(Text(250), lone=True)
_AMOUNT = Number(0, 10**14, whole=False)

_PARAMS = Form(
    {"fact": _FACT, "wanted": Flag(), "question": Text(), "words": _WORDS}
    | {"op": Choice(OPS), "value": _AMOUNT, "unit": Text(20), "warnings": ListOf(Text())}
    | {"norm": Number(1, 10**14, whole=False), "set_by": Text(250)}
    | {"count": _FACT, "most": Number(), "base": _FACT, "percent": Number(0, 100, whole=False)}
    | {"ends": _FACT, "by": _FACT, "months": Number(0, 1200), "last": Day()}
    | {"since": _FACT, "until": _FACT, "launched_by": _FACT, "years": Number(0, 100)}
    | {"exempt": _WORDS, "ended": _FACT, "on": _FACT, "decided_on": _FACT, "period_to": _FACT}
    | {"other_since": _FACT, "other_until": _FACT, "same": _FACT}
    | {"targets": ListOf(Text(80), lone=True), "fewest": Number(1), "reading": READING}
    | {"only_if": _FACT, "only_if_is": Text(120)}
)

_ASKED = Form(
    {"key": _FACT, "label": Text(250), "kind": Choice(tuple(AskedKind)), "help": Text(500)},
    ("key", "label", "kind"),
)

_COMMON: dict[str, Any] = {
    "key": Key(),
    "words": Text(),
    "predicate": Choice(IN_FILES),
    "params": _PARAMS,
    "asks": ListOf(_ASKED),
    "valid_from": Day(),
    "valid_to": Day(),
}
_REQUIRED = ("key", "words", "predicate", "params")
_KEYS = ListOf(Key(), lone=True)

RULES = ListOf(
    Form(
        _COMMON | {"items": _KEYS, "forms": _KEYS, "subjects": _KEYS, "basis": Text(40)},
        _REQUIRED,
    )
)
"""The section `rules` of a campaign file."""

GATES = ListOf(
    Form({"move": Choice(GATED_MOVES), "rules": ListOf(Text(120), lone=True)}, ("move", "rules"))
)
"""The section `gates` of a campaign file."""

LAW_RULES = Form(
    {
        "schema": Choice((NAME,)),
        "rules": ListOf(
            Form(
                _COMMON
                | {"levels": ListOf(Choice(tuple(Level.values)), lone=True)}
                | {"kinds": ListOf(Choice(tuple(Kind.values)), lone=True), "forms": _WORDS}
                | {"source": Text(250)}
                | {
                    "regimes": ListOf(
                        Form({"regime": Key(), "mark": Choice(tuple(Mark))}, ("regime", "mark"))
                    )
                },
                (*_REQUIRED, "source", "regimes"),
            )
        ),
    },
    ("schema", "rules"),
)
"""A document of the schema law-rules/1."""
