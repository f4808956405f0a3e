"""The schema legal-grounds/1: the law that papers cite (docs/campaign-file.md)."""

from campaigns.schema.spec import Choice, Day, Form, Key, ListOf, Text

NAME = "legal-grounds/1"

LEGAL_GROUNDS = Form(
    {
        "schema": Choice((NAME,)),
        "grounds": ListOf(
            Form(
                {"key": Key(), "text": Text(), "source": Text(250)}
                | {"applies_to": ListOf(Key()), "valid_from": Day(), "valid_to": Day()},
                ("key", "text", "valid_from", "source"),
            )
        ),
        "not_in_source": ListOf(
            Form({"key": Key(), "text": Text(), "asked_of": Text(250)}, ("key", "text"))
        ),
    },
    ("schema", "grounds"),
)
