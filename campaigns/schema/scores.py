"""What a campaign file may say about score tables, tie-breaks and quotas."""

from typing import Any

from campaigns.models import How, Kind, Rounding, TieKey
from campaigns.schema.spec import Choice, Form, Key, ListOf, Number, Text

_POINTS = Number(0, 10_000, whole=False)
_VALUE = Number(0, 10**9, whole=False)
_ROUNDING = Choice(tuple(Rounding.values))
_LINE = Form(
    {"key": Key(), "name": Text(), "max": _POINTS, "how": Choice(tuple(How.values))}
    | {"indicator": Key(), "full_at": _VALUE, "each": _POINTS}
    | {"steps": ListOf(Form({"at": _VALUE, "points": _POINTS}, ("at", "points")))},
    ("key", "name", "max", "how"),
)
_PART = Form(
    {"key": Key(), "name": Text(), "max": _POINTS, "lines": ListOf(_LINE)},
    ("key", "name", "max", "lines"),
)
_TIE_BREAK = Form(
    {"by": Choice(tuple(TieKey.values)), "target": Key()}
    | {"at_least": Number(0, 100, whole=False), "text": Text()},
    ("by",),
)

SCORES: dict[str, Any] = {
    "score_tables": ListOf(
        Form(
            {"key": Key(), "name": Text(250), "total": _POINTS, "places": Number(0, 3)}
            | {"rounding": _ROUNDING, "for": ListOf(Key(), lone=True)}
            | {"years": ListOf(Number(1945, 2100), lone=True), "parts": ListOf(_PART)}
            | {"tie_breaks": ListOf(_TIE_BREAK)},
            ("key", "name", "total", "for", "years", "parts"),
        )
    ),
    "quotas": ListOf(
        Form(
            {"key": Key(), "form": Key(), "occasion": Key()}
            | {"kind": Choice(tuple(Kind.values)), "percent": Number(0, 100, whole=False)}
            | {"of": Text(250), "rounding": _ROUNDING},
            ("key", "form", "kind", "percent", "of", "rounding"),
        )
    ),
}
