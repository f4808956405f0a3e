"""The few shapes of which a campaign file is made, and reading a tree of values by them.

Reading never stops at the first mistake: everything wrong is added to `problems`, and what is
wrong is left out of the result.
"""

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.yamlsource import Items, Mapping, Node, Scalar

Record: TypeAlias = dict[str, Any]
_DERIVED = "derived"
_PLACES = 3  # as many as the database keeps
_REF = re.compile(r"[0-9]{3}:[0-9]{1,4}(-[0-9]{1,4})?")
_KEY = re.compile(r"\w[\w-]{0,59}")


@dataclass(frozen=True)
class Text:
    """A sentence or name of at most `longest` characters."""

    longest: int = 4000


@dataclass(frozen=True)
class Key:
    """A word by which other parts of the file refer to this one."""


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; up to three decimals where `whole` is false."""

    low: int = 0
    high: int = 32_000
    whole: bool = True


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Day:
    """A calendar day, written yyyy-mm-dd."""


@dataclass(frozen=True)
class Choice:
    """One of the given words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class ListOf:
    """A list of one shape; a single value stands for a list of it when `lone`."""

    item: "Spec"
    lone: bool = False


@dataclass(frozen=True)
class Form:
    """A mapping with the given fields.

    `fields` maps names to specs. A form is `cited`: it may say `ref`, `clause` and any `derived…`. `patterns` are fields whose
    names follow a rule (y2023). `text_as` lets a bare text stand for the form with that field.
    """

    fields: AbstractMapping[str, Any]
    required: tuple[str, ...] = ()
    patterns: AbstractMapping[str, Any] = field(default_factory=dict)
    text_as: str = ""


@dataclass(frozen=True)
class Either:
    """A form, or else a list: two ways in which plans are written down."""

    form: Form
    items: ListOf


Spec: TypeAlias = Text | Key | Number | Flag | Day | Choice | ListOf | Form | Either


def read(spec: Spec, node: Node, problems: list[Problem]) -> Any:
    """Return the plain value of a node; None where it is empty or wrong.

    A Form gives a dict with `line` besides its fields; `refs` is always a list of "NNN:line"
    marks, `clause` a string and `derived` a dict in which every derived_x is x.
    """
    if isinstance(node, Scalar) and node.value is None:
        return None
    if isinstance(spec, Either):
        return read(spec.form if isinstance(node, Mapping) else spec.items, node, problems)
    if isinstance(spec, ListOf):
        return _list(spec, node, problems)
    if isinstance(spec, Form):
        return _form(spec, node, problems)
    return _leaf(spec, node, problems)


def _list(spec: ListOf, node: Node, problems: list[Problem]) -> list[Any] | None:
    if spec.lone and isinstance(node, Scalar):
        node = Items(node.line, [node])
    if not isinstance(node, Items):
        problems.append(Problem(node.line, "WRONG_TYPE", _("phải là một danh sách")))
        return None
    values = (read(spec.item, child, problems) for child in node.items)
    return [value for value in values if value is not None]


def _form(spec: Form, node: Node, problems: list[Problem]) -> Record | None:
    if spec.text_as and isinstance(node, Scalar):
        node = Mapping(node.line, {spec.text_as: (node.line, node)})
    if not isinstance(node, Mapping):
        text = _("phải là một nhóm gồm các khóa")
        problems.append(Problem(node.line, "WRONG_TYPE", text))
        return None
    found: Record = {"line": node.line, "refs": [], "clause": "", "derived": {}}
    for key, (line, child) in node.entries.items():
        _field(spec, found, (key, line, child), problems)
    for name in spec.required:
        if _is_empty(node.entries.get(name)):
            text = _("thiếu khóa “%(key)s”") % {"key": name}
            problems.append(Problem(node.line, "MISSING_KEY", text, name))
    return found


def _is_empty(entry: tuple[int, Node] | None) -> bool:
    """Whether a key is not there or says nothing; one that says something wrong is not empty."""
    return entry is None or (isinstance(entry[1], Scalar) and entry[1].value is None)


def _field(
    spec: Form, found: Record, entry: tuple[str, int, Node], problems: list[Problem]
) -> None:
    key, line, child = entry
    if key == "ref":
        found["refs"] = _refs(child, problems)
    elif key == "clause":
        found["clause"] = read(Text(120), child, problems) or ""
    elif key == _DERIVED or key.startswith(_DERIVED + "_"):
        _keep_reading(found["derived"], key, child, problems)
    elif (known := spec_of(spec, key)) is not None:
        found[key] = read(known, child, problems)
    else:
        problems.append(Problem(line, "UNKNOWN_KEY", _unknown(key, spec)))


def spec_of(spec: Form, key: str) -> Spec | None:
    """Return the shape of a form's field, by its name or by a rule for names; None: no such."""
    found = (shape for rule, shape in spec.patterns.items() if re.fullmatch(rule, key))
    return spec.fields.get(key) or next(found, None)


def _unknown(key: str, spec: Form) -> str:
    near = get_close_matches(key, [*spec.fields, "ref", "clause"], n=1, cutoff=0.6)
    words = {"key": key[:60], "near": near[0] if near else ""}
    if near:
        return _("không có khóa “%(key)s”; có phải “%(near)s”?") % words
    return _("không có khóa “%(key)s”") % words


def _refs(node: Node, problems: list[Problem]) -> list[str]:
    marks = _list(ListOf(Text(20), lone=True), node, problems) or []
    for mark in marks:
        if not _REF.fullmatch(mark):
            text = _("dòng nguồn “%(ref)s” phải có dạng 002:164 hoặc 002:163-166") % {"ref": mark}
            problems.append(Problem(node.line, "BAD_VALUE", text))
    return marks


def _keep_reading(kept: Record, key: str, node: Node, problems: list[Problem]) -> None:
    """Put a transcriber's reading beside the facts; `derived: {x: …}` says the same as derived_x."""
    if key != _DERIVED:
        kept[key.removeprefix(_DERIVED + "_")] = free_value(node)
    elif isinstance(node, Mapping):
        kept.update({name: free_value(child) for name, (_line, child) in node.entries.items()})
    else:
        problems.append(Problem(node.line, "WRONG_TYPE", _("phải là một nhóm gồm các khóa")))


def free_value(node: Node) -> Any:
    """Return any tree as JSON values; its depth was limited when it was parsed."""
    if isinstance(node, Items):
        return [free_value(child) for child in node.items]
    if isinstance(node, Mapping):
        return {name: free_value(child) for name, (_line, child) in node.entries.items()}
    return str(node.value) if isinstance(node.value, Decimal) else node.value


def _leaf(
    spec: Text | Key | Number | Flag | Day | Choice, node: Node, problems: list[Problem]
) -> Any:
    if not isinstance(node, Scalar):
        problems.append(Problem(node.line, "WRONG_TYPE", _("phải là một giá trị đơn")))
        return None
    try:
        return _LEAVES[type(spec)](spec, node.value)
    except _BadValueError as error:
        problems.append(Problem(node.line, "BAD_VALUE", str(error)))
        return None


class _BadValueError(Exception):
    """A leaf that does not fit; carries the sentence."""


def _text(spec: Text, value: object) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _BadValueError(_("phải là chữ"))
    if len(str(value)) > spec.longest:
        raise _BadValueError(_("dài quá %(limit)d ký tự") % {"limit": spec.longest})
    return str(value)


def _key(_spec: Key, value: object) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise _BadValueError(_("mã chỉ gồm chữ, số, gạch dưới, tối đa 60 ký tự"))
    return value


def _number(spec: Number, value: object) -> int | Decimal:
    kinds = int if spec.whole else int | Decimal
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise _BadValueError(_("phải là số"))
    if not spec.low <= value <= spec.high:
        words = {"low": spec.low, "high": spec.high}
        raise _BadValueError(_("phải từ %(low)d đến %(high)d") % words)
    if spec.whole:
        return value
    number = Decimal(value)
    if number != round(number, _PLACES):
        raise _BadValueError(_("tối đa %(places)d chữ số thập phân") % {"places": _PLACES})
    return number


def _flag(_spec: Flag, value: object) -> bool:
    if not isinstance(value, bool):
        raise _BadValueError(_("phải là true hoặc false"))
    return value


def _day(_spec: Day, value: object) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _BadValueError(_("phải là ngày có thật, dạng 2022-11-16"))


def _choice(spec: Choice, value: object) -> str:
    text = "" if value is None else str(value)
    if text not in spec.words:
        words = {"value": text[:60], "allowed": ", ".join(word or "''" for word in spec.words)}
        raise _BadValueError(_("“%(value)s” phải là một trong: %(allowed)s") % words)
    return text


_LEAVES: dict[type, Any] = {
    Text: _text,
    Key: _key,
    Number: _number,
    Flag: _flag,
    Day: _day,
    Choice: _choice,
}
