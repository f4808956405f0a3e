"""The schema regimes/1: which law rules on which day, and its money (docs/regimes.md)."""

from campaigns.models import Kind, Mark
from campaigns.money import Order
from campaigns.schema.spec import Choice, Day, Form, Key, ListOf, Number, Text

NAME = "regimes/1"
_MARK = Choice(tuple(Mark))
_TEXTS = ListOf(Text(200))

_MULTIPLE = Form(
    {"form": Key(), "kind": Choice(tuple(Kind)), "multiple": Number(0, 100, whole=False)}
    | {"mark": _MARK, "source": Text(250)},
    ("form", "kind", "mark"),
)
_ROUNDING = Form(
    {"step": Number(1, 1_000_000), "order": Choice(tuple(Order)), "mark": _MARK},
    ("step", "order", "mark"),
)
REGIMES = Form(
    {
        "schema": Choice((NAME,)),
        "forms": ListOf(
            Form({"key": Key(), "name": Text(200), "names": ListOf(Text(120))}, ("key", "name"))
        ),
        "regimes": ListOf(
            Form(
                {"key": Key(), "name": Text(200), "law": Text(), "decree": Text()}
                | {"circular": Text(), "valid_from": Day(), "valid_to": Day(), "mark": _MARK}
                | {"texts_seen": _TEXTS, "texts_asked": _TEXTS, "source": Text(250)}
                | {"rounding": _ROUNDING, "multiples": ListOf(_MULTIPLE)},
                ("key", "name", "law", "decree", "valid_from", "mark", "source"),
            )
        ),
        "base_pay": ListOf(
            Form(
                {"key": Key(), "amount": Number(1, 1_000_000_000), "valid_from": Day()}
                | {"said": Text(120), "mark": _MARK, "source": Text(250)},
                ("key", "amount", "mark"),
            )
        ),
    },
    ("schema", "forms", "regimes", "base_pay"),
)
