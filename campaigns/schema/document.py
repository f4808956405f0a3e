"""A campaign as a document: what its file says, as plain JSON values in one order.

Two files that say the same give the same document, however they are written: a value that the
source does not give is left out, a list of one is a list, numbers have no idle zeros. It is
what a version keeps, what the browser edits and what an export is written from.
"""

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.spec import Either, Form, ListOf, Record, Spec, spec_of

Document: TypeAlias = dict[str, Any]
"""Mappings, lists, texts, whole numbers and flags; a day is text, a fraction is text."""

_CITED = ("clause", "ref")
_ABOUT = frozenset({"line", "refs", "clause", "derived", "example"})  # added to a mapping when read


def document_of(facts: Record) -> Document:
    """Return the document of a campaign as read from a file (`read_contents`)."""
    document: Document = _of(CAMPAIGN, facts)
    return document


def ordered_keys(spec: Form | None, mapping: Document) -> list[str]:
    """Return the keys of a mapping in the order in which it is written down.

    Fields as the schema lists them, then those with a rule for a name (y2023), the clause, the
    source lines, and the transcriber's readings by name. JSON columns keep no order.
    """
    known = list(spec.fields) if spec else []
    places = {name: place for place, name in enumerate([*known, "", *_CITED])}
    readings, others = len(places), places[""]

    def place(name: str) -> tuple[int, str]:
        if name.startswith("derived"):
            return readings, name
        return places.get(name, others), name

    return sorted((name for name in mapping if name != "#"), key=place)


def _of(spec: Spec, value: Any) -> Any:
    if isinstance(spec, Either):
        return _of(spec.items if isinstance(value, list) else spec.form, value)
    if isinstance(spec, ListOf):
        return [_of(spec.item, item) for item in value]
    if isinstance(spec, Form):
        return _form(spec, value)
    return _leaf(value)


def _form(spec: Form, record: Record) -> Document:
    said: Document = {}
    for name, value in record.items():
        known = None if name in _ABOUT else spec_of(spec, name)
        if known is not None and value is not None:
            said[name] = _of(known, value)
    if record["clause"]:
        said["clause"] = record["clause"]
    if record["refs"]:
        said["ref"] = record["refs"]
    said |= {f"derived_{name}": value for name, value in record["derived"].items()}
    return {name: said[name] for name in ordered_keys(spec, said)}


def _leaf(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else f"{value.normalize():f}"
    return value
