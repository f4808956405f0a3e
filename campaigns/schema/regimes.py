"""The schema regimes/1: which law rules on which day, and its money (docs/regimes.md)."""

from campaigns.models import ClockUnit, Council, Denominator, Kind, LeftTo, OnSupplement, Topic
from campaigns.models.provisions import OFFICE_TOPICS
from campaigns.models.stated import FILE_MARKS
from campaigns.money import Order
from campaigns.schema.spec import Choice, Day, Flag, Form, Key, ListOf, Number, Text

NAME = "regimes/1"
_MARK = Choice(FILE_MARKS)
_SAID = {"mark": _MARK, "source": Text(250)}
_LEFT_TO = Choice(tuple(who.value for who in LeftTo if who.value))
_PERCENT = Number(1, 100, whole=False)
FILE_TOPICS = tuple(topic.value for topic in Topic if topic not in OFFICE_TOPICS)
_TEXTS = ListOf(Text(200))

_MULTIPLE = Form(
    {"form": Key(), "kind": Choice(tuple(Kind)), "multiple": Number(0, 100, whole=False)} | _SAID,
    ("form", "kind", "mark"),
)
_PROVISION = Form(
    {"topic": Choice(FILE_TOPICS), "keys": ListOf(Key(), lone=True), "name": Text(200)}
    | {"number": Number(1, 1000), "text": Text(1000), "left_to": _LEFT_TO}
    | _SAID,
    ("topic", "keys", "mark"),
)
_CLOCK = Form(
    {"key": Key(), "name": Text(200), "length": Number(1, 1000)}
    | {"unit": Choice(tuple(ClockUnit)), "at_least": Flag(), "starts": Text(200)}
    | {"on_supplement": Choice(tuple(OnSupplement)), "forms": ListOf(Key(), lone=True)}
    | {"award_kind": Text(60), "text": Text(500), "left_to": _LEFT_TO}
    | _SAID,
    ("key", "name", "mark"),
)
_THRESHOLD = Form(
    {"forms": ListOf(Key(), lone=True), "council": Choice(tuple(Council)), "quorum": Text(60)}
    | {"presence": _PERCENT, "secret": Flag(), "pass_ratio": _PERCENT}
    | {"denominator": Choice(tuple(Denominator)), "absent_by_writing": Flag()}
    | {"tie_rule": Text(200), "text": Text(500), "left_to": _LEFT_TO}
    | _SAID,
    ("forms", "council", "mark"),
)
_LIKE = Form({"regime": Key(), "mark": _MARK, "source": Text(250)}, ("regime", "mark"))
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
                | {"rounding": _ROUNDING, "multiples": ListOf(_MULTIPLE), "like": _LIKE}
                | {"provisions": ListOf(_PROVISION), "clocks": ListOf(_CLOCK)}
                | {"thresholds": ListOf(_THRESHOLD)},
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
