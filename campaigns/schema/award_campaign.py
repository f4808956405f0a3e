"""The schema award-campaign/1: one document is one province's plan (docs/campaign-file.md)."""

from typing import Any

from campaigns.models import Decider, DeskName, Kind, Level, OccasionKind
from campaigns.routes import PLACES, Does
from campaigns.schema.judging import GATES, READING, RULES
from campaigns.schema.scores import SCORES
from campaigns.schema.spec import (
    Choice,
    Day,
    Either,
    Flag,
    Form,
    Key,
    ListOf,
    Number,
    Text,
)

NAME = "award-campaign/1"
COMPARATORS = {
    "": ">=",
    "tối thiểu": ">=",
    "đạt": ">=",
    "đạt tối thiểu": ">=",
    "trên": ">",
    "đạt trên": ">",
}
"""Each printed comparator and its meaning."""

_YEAR = Number(1945, 2100)
_N = Number(1, 999)
_SHORT, _LONG = Text(120), Text(250)
_NAMES = ListOf(_SHORT)
_OP = Choice((">", ">="))

_PLAN: dict[str, Any] = {
    "source": Form(
        {"kind": _LONG, "headline": Text(400), "updated": Text(30), "agency": _SHORT}
        | {"author": _SHORT},
        ("kind",),
    ),
    "campaign": Form(
        {"key": Key(), "name": Text(300), "theme": Text(300), "title": Text(600)}
        | {"period": Form({"from": _YEAR, "to": _YEAR}, ("from", "to"))},
        ("key", "name", "period"),
    ),
    "documents": ListOf(
        Form(
            {"role": Text(40), "type": Text(80), "number": Text(60), "symbol": Text(40)}
            | {"date": Day(), "effective": Day(), "year": _YEAR, "issuer": Text(200)}
            | {"field": _SHORT, "place": Text(80), "complete": Flag()}
            | {"signer": Form({"authority": Text(80), "position": _SHORT, "name": _SHORT})},
            ("role",),
        )
    ),
    "legal_bases": ListOf(
        Form(
            {"n": _N, "text": Text(), "number": Text(60), "date": Day(), "issuer": Text(200)},
            ("n", "text"),
        )
    ),
    "standing_agency": _LONG,
    "council": _LONG,
    "bodies": ListOf(
        Form({"key": Key(), "name": _LONG, "role": Text(), "unit": _LONG}, ("key", "name"))
    ),
    "desks": ListOf(
        Form({"desk": Choice(tuple(DeskName.values)), "body": Key()}, ("desk", "body"))
    ),
    "purpose": ListOf(Form({"text": Text()}, ("text",))),
    "general_goal": Form({"text": Text(), "percent_statement": Text()}, ("text",)),
    "emulation_contents": ListOf(Form({"n": _N, "gist": Text(), "text": Text()}, ("n",))),
    "priority_fields": Form(
        {
            "items": ListOf(Form({"key": Key(), "name": _LONG}, ("name",), text_as="name")),
            "others": Text(),
            "count_stated": _N,
        },
        ("items",),
    ),
    "recipients": ListOf(Form({"text": _LONG}, ("text",), text_as="text")),
    "funding": Form({"text": Text()}, ("text",)),
    "result_use": Form({"text": Text()}, ("text",)),
}

_SUBJECT = Form(
    {"key": Key(), "name": _LONG, "names": _NAMES, "criteria": Text(4)}
    | {"kind": Choice((Kind.HOUSEHOLD,)), "also_named_in_e": Text()},
    ("key", "name"),
)
_AWARD_ITEM = Form(
    {"key": Key(), "form": _LONG, "decided_by": _LONG, "for": ListOf(Key(), lone=True)}
    | {"label": _SHORT, "names": _NAMES, "rule": Text(), "alternative": Text()}
    | {"conditions": ListOf(Text())}
    | {"norm": Form({"amount": Number(1, 10**14), "set_by": _LONG})}
    | {
        "threshold": Form(
            {"op": _OP, "value": Number(0, 99_999, whole=False), "unit": Text(12), "of": _LONG}
            | {"reading": READING},
            ("op", "value"),
        )
    },
    ("key", "form", "decided_by", "for", "rule"),
)
_CRITERION: dict[str, Any] = {
    "n": _N,
    "text": Text(),
    "for": ListOf(Key(), lone=True),
    "applies_if": _LONG,
    "pillars": ListOf(Key()),
    "years": ListOf(_YEAR),
}

_RULES: dict[str, Any] = {
    "subjects": Form(
        {"collective_short_name": _SHORT, "collective": ListOf(_SUBJECT)}
        | {"individual": ListOf(_SUBJECT)}
        | {"individual_condition": Form({"text": Text()}, ("text",))},
    ),
    "award_forms": ListOf(
        Form(
            {"key": Key(), "name": _LONG, "short_name": _SHORT, "names": _NAMES}
            | {"level": Choice(tuple(Level.values)), "decider": Choice(tuple(Decider.values))},
            ("key", "name", "level", "decider"),
        )
    ),
    "awards": ListOf(
        Form(
            {"key": Key(), "title": _LONG, "kind": Choice(tuple(OccasionKind.values))}
            | {"year": _YEAR, "count_stated": _N, "items": ListOf(_AWARD_ITEM)},
            ("key", "title", "items"),
        )
    ),
    "criteria": Form(
        {"general": ListOf(Form(_CRITERION, ("n", "text")))}
        | {"state_level": Form({"text": Text()}, ("text",))}
        | {
            "provincial_level": ListOf(
                Form(
                    {"key": Text(4), "for": ListOf(Key(), lone=True), "heading": Text(300)}
                    | {"lead": Text(), "items": ListOf(Form(_CRITERION, ("n", "text")))},
                    ("key", "for", "items"),
                )
            )
        }
        | {"located_at": Text(), "text": Text()}
    ),
    "indicators": Form(
        {"unit": Text(20)}
        | {"pillars": Form({}, (), {r"(?!line$|refs$)[a-z_]{1,40}": _SHORT})}
        | {
            "items": ListOf(
                Form(
                    {"key": Key(), "pillar": Key(), "bullet": _N, "level": Text(20)}
                    | {"name": Text(), "base": _LONG, "except": _LONG},
                    ("key", "pillar", "name"),
                    {
                        r"y(19|20)[0-9]{2}": Form(
                            {"cmp": Choice(tuple(COMPARATORS)), "op": _OP}
                            | {"value": Number(0, 99_999, whole=False)},
                            ("cmp", "value"),
                        ),
                        r"name_(19|20)[0-9]{2}": Text(),
                    },
                )
            )
        },
        ("unit", "pillars", "items"),
    ),
    "rules": RULES,
    "gates": GATES,
}

_ROUTE = Form(
    {
        "for": ListOf(Choice(tuple(Decider.values)), lone=True),
        "steps": ListOf(
            Form(
                {"key": Key(), "does": Choice(tuple(Does)), "desk": Choice(PLACES), "then": Key()}
                | {"words": Text(400)},
                ("key", "does", "desk"),
            )
        ),
    },
    ("for", "steps"),
)

_CONDUCT: dict[str, Any] = {
    "route": ListOf(_ROUTE),
    "dossier": Form(
        {
            "components": ListOf(
                Form(
                    {"key": Key(), "order": Text(4), "text": Text(), "by": _LONG}
                    | {"attachments": ListOf(_LONG), "per": Choice(("candidate",))},
                    ("key", "text"),
                )
            )
        }
        | {
            "sets": ListOf(
                Form({"award": _LONG, "sets": Number(1, 99), "text": _LONG}, ("award", "sets"))
            )
        }
        | {"who_prepares": Text(), "action": Text()}
    ),
    "procedure": ListOf(
        Form(
            {"step": Text(4), "actor": _LONG, "action": Text(), "to": _LONG, "then": Text()}
            | {"output": _LONG, "outcome": Text()},
            ("step", "actor", "action"),
        )
    ),
    "procedure_time_limits": Text(),
    "milestones": Either(
        Form({"text": Text(), "items": ListOf(Text())}, ("text",)),
        ListOf(
            Form(
                {"key": Key(), "actor": _LONG, "what": Text(), "to": _LONG}
                | {"due": Form({"quarter": Number(1, 4), "year": _YEAR}, ("year",))},
                ("key", "what", "due"),
            )
        ),
    ),
    "reporting": ListOf(
        Form(
            {"who": _LONG, "with": _LONG, "what": Text(), "to": _LONG, "then": Text()}
            | {"frequency": _SHORT},
            ("who", "what", "to", "frequency"),
        )
    ),
    "pending_norms": ListOf(Form({"what": Text(), "by": _LONG, "value": Text()}, ("what",))),
    "draft_vs_issued": ListOf(
        Form({"kind": Text(40), "draft": Text(), "issued": Text(), "result": Text()}, ("kind",))
    ),
    "anomalies": ListOf(
        Form(
            {"key": Key(), "text": Text(), "problem": Text(), "in": ListOf(Text(40))},
            ("key", "text", "problem"),
        )
    ),
    "not_in_source": ListOf(
        Form({"key": Key(), "text": Text(), "asked_of": _LONG}, ("text",), text_as="text")
    ),
}

FILLED_BY_EXAMPLES = (
    *("bodies", "award_forms", "awards", "criteria", "indicators", "dossier", "route"),
    *("milestones", "reporting"),
)
"""The sections that an example regulation may fill where the plan leaves them empty."""

EXAMPLE_NAME = "award-example/1"
EXAMPLE = Form(
    {"schema": Choice((EXAMPLE_NAME,)), "supplements": Key(), "title": Text(300)}
    | {
        name: spec
        for name, spec in (_PLAN | _RULES | _CONDUCT).items()
        if name in FILLED_BY_EXAMPLES
    },
    ("schema", "supplements", "title"),
)

CAMPAIGN = Form(
    {"schema": Choice((NAME,)), "province": Text(80), "province_key": Key()}
    | {"is_example": Flag()}
    | _PLAN
    | _RULES
    | _CONDUCT
    | SCORES,
    ("schema", "province", "province_key", "campaign"),
)
