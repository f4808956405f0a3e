"""Any campaign document that the schema allows, for properties of writing and reading."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.spec import (
    Choice,
    Day,
    Either,
    Flag,
    Form,
    Key,
    ListOf,
    Number,
    Spec,
    Text,
)

LETTERS = st.characters(
    whitelist_categories=("L", "N", "P", "S", "Zs", "M"), blacklist_characters="\ufeff"
)
NASTY = st.sampled_from(
    ["no", "null", "~", "true", "12", "1.50", "- x", "a: b", "a #b", "'", "''", '"', "[x", "{", "}",
     "&a", "*a", "!x", "%", "@", "`", "2022-11-16", "|", ">", "?", "-", "x:", ",", "đ", "12,5"]
)  # fmt: skip
NAMES = st.from_regex(r"[a-zđ_][a-z0-9_-]{0,9}", fullmatch=True)


def tidy(text: str, longest: int) -> str:
    """Return the text as any reader of a file would have it."""
    from unicodedata import normalize

    return " ".join(normalize("NFC", text).split())[:longest].strip()


def texts(longest: int = 40) -> st.SearchStrategy[str]:
    return (NASTY | st.text(LETTERS, max_size=30)).map(lambda text: tidy(text, longest))


free: st.SearchStrategy[Any] = st.recursive(
    texts() | st.integers(-(10**14), 10**14) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(20), inner, max_size=3),
    max_leaves=4,
)


def values(spec: Spec) -> st.SearchStrategy[Any]:
    """Return what a document may hold at a place of this shape."""
    if isinstance(spec, Either):
        return values(spec.form) | values(spec.items)
    if isinstance(spec, ListOf):
        return st.lists(values(spec.item), max_size=3)
    if isinstance(spec, Form):
        return forms(spec)
    return leaves(spec)


def leaves(spec: Any) -> st.SearchStrategy[Any]:
    if isinstance(spec, Text):
        return texts(spec.longest)
    if isinstance(spec, Number):
        whole = st.integers(spec.low, spec.high)
        part = st.decimals(spec.low, spec.high, places=3).filter(lambda n: n != int(n))
        return whole if spec.whole else whole | part.map(lambda n: f"{n.normalize():f}")
    if isinstance(spec, Choice):
        return st.sampled_from(spec.words)
    simple = {Key: NAMES, Flag: st.booleans(), Day: st.dates().map(str)}
    return simple[type(spec)]


@st.composite
def forms(draw: st.DrawFn, spec: Form) -> dict[str, Any]:
    """A mapping with every required field, and some of the others."""
    made: dict[str, Any] = {}
    for name, shape in spec.fields.items():
        if name in spec.required or draw(st.integers(0, 3)) == 0:
            made[name] = draw(values(shape))
    for rule, shape in spec.patterns.items():
        for name in draw(st.lists(st.from_regex(rule, fullmatch=True), max_size=2)):
            if name not in {*spec.fields, "clause", "ref"} and not name.startswith("derived"):
                made[name] = draw(values(shape))
    return made | draw(abouts)


@st.composite
def about(draw: st.DrawFn) -> dict[str, Any]:
    """Where a fact was read, and how."""
    made: dict[str, Any] = {}
    if draw(st.booleans()):
        made["clause"] = draw(texts(30).filter(bool))
    if draw(st.integers(0, 3)) == 0:
        made["ref"] = draw(st.lists(st.just("002:1-9"), min_size=1, max_size=2))
    for name in draw(st.lists(NAMES, max_size=1)):
        made[f"derived_{name}"] = draw(free)
    return made


abouts = about()


def campaigns() -> st.SearchStrategy[dict[str, Any]]:
    """A whole document; whether its parts agree with each other is another question."""
    return forms(CAMPAIGN)
