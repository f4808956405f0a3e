"""YAML as a tree of values with their lines, read without ever constructing an object.

A plain scalar is null, true, false, a whole number, a decimal or else text, so that "no" and
2022-11-16 stay what was typed. Anchors, aliases, tags and repeated keys are problems; all text
is NFC. The parser's events are walked without recursion, so depth costs nothing.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

import yaml
from django.utils.translation import gettext as _

from campaigns.errors import Problem

MAX_BYTES = 500_000
MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_KEY = 200

Plain: TypeAlias = str | int | Decimal | bool | None
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}\.[0-9]{1,9}")
_CONSTANTS: dict[str, Plain] = {"": None, "~": None, "null": None, "true": True, "false": False}
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Scalar:
    """A leaf and its line."""

    line: int
    value: Plain


@dataclass(frozen=True)
class Items:
    """A list and the line where it begins."""

    line: int
    items: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    """A mapping: each key with its own line and its value."""

    line: int
    entries: "dict[str, tuple[int, Node]]" = field(default_factory=dict)


Node: TypeAlias = Scalar | Items | Mapping


def parse(source: bytes | str) -> tuple[list[Node], list[Problem]]:
    """Return the documents of a YAML text and what is wrong with the text as YAML.

    Never raises for any content: a text that cannot be parsed gives no documents and at least
    one problem.
    """
    text, problems = _decode(source)
    if problems:
        return [], problems
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event):
                return [], builder.problems
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1  # libyaml counts bytes
        return [], [Problem(line, "YAML_CHARACTER", _("có ký tự điều khiển không được phép"))]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return [], [Problem(line, "YAML_SYNTAX", _syntax(error))]
    if not builder.documents and not builder.problems:
        builder.problems.append(Problem(1, "EMPTY_FILE", _("tệp không có nội dung")))
    return builder.documents, builder.problems


def _decode(source: bytes | str) -> tuple[str, list[Problem]]:
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        words = {"size": len(data), "limit": MAX_BYTES}
        text = _("tệp có %(size)d byte, vượt giới hạn %(limit)d byte") % words
        return "", [Problem(1, "TOO_LARGE", text)]
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem(line, "BAD_ENCODING", _("tệp không phải văn bản UTF-8"))]


def _syntax(error: yaml.MarkedYAMLError) -> str:
    detail = unicodedata.normalize("NFC", error.problem or error.context or "")
    return _("sai cú pháp YAML (%(detail)s)") % {"detail": _UNSTORABLE.sub("?", detail)}


class _Builder:
    """Puts events together into nodes, on a stack of its own."""

    def __init__(self) -> None:
        self.documents: list[Node] = []
        self.problems: list[Problem] = []
        self._open: list[tuple[Items | Mapping, list[tuple[str, int]]]] = []
        self._nodes = 0

    def take(self, event: yaml.Event) -> bool:
        """Use one event; return False when reading on would be unwise."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.NodeEvent):
            return self._node(event, line)
        if isinstance(event, yaml.CollectionEndEvent):
            node, _pending = self._open.pop()
            self._place(node, line)
        return True

    def _node(self, event: yaml.NodeEvent, line: int) -> bool:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._add(line, "TOO_LARGE", _("tệp có quá nhiều giá trị"))
        elif isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._add(line, "YAML_ALIAS", _("không dùng neo (&) và tham chiếu (*)"))
        elif _tag(event) not in {None, "!"}:
            self._add(line, "YAML_TAG", _("không dùng nhãn kiểu (!)"))
        elif isinstance(event, yaml.ScalarEvent):
            self._place(Scalar(line, self._value(event, line)), line)
            return True
        elif len(self._open) >= MAX_DEPTH:
            self._add(line, "TOO_DEEP", _("các mục lồng nhau quá sâu"))
        else:
            mapping = isinstance(event, yaml.MappingStartEvent)
            self._open.append((Mapping(line) if mapping else Items(line), []))
            return True
        return False

    def _add(self, line: int, code: str, text: str) -> None:
        self.problems.append(Problem(line, code, text))

    def _value(self, event: yaml.ScalarEvent, line: int) -> Plain:
        text = unicodedata.normalize("NFC", event.value)
        if _UNSTORABLE.search(text):
            text = _UNSTORABLE.sub("?", text)
            self.problems.append(
                Problem(line, "YAML_CHARACTER", _("có ký tự điều khiển không được phép"))
            )
        return " ".join(text.split()) if event.style else plain(text)

    def _place(self, node: Node, line: int) -> None:
        """Give a finished node to what contains it: as an item, a key, a value, a document."""
        if not self._open:
            self.documents.append(node)
            return
        parent, pending = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif not pending:
            pending.append((self._key(node, line), node.line))
        else:
            key, key_line = pending.pop()
            self._enter(parent, key, key_line, node)

    def _key(self, node: Node, line: int) -> str:
        if not isinstance(node, Scalar):
            self.problems.append(Problem(line, "WRONG_TYPE", _("khóa phải là chữ")))
            return ""
        key = "" if node.value is None else str(node.value)
        if len(key) > MAX_KEY:
            text = _("khóa dài quá %(limit)d ký tự; rút ngắn lại") % {"limit": MAX_KEY}
            self.problems.append(Problem(line, "BAD_VALUE", text))
        return key

    def _enter(self, parent: Mapping, key: str, line: int, node: Node) -> None:
        if key in parent.entries:
            words = {"key": key, "first": parent.entries[key][0]}
            text = _("khóa “%(key)s” lặp lại (đã có ở dòng %(first)d); giữ một") % words
            self.problems.append(Problem(line, "DUPLICATE_KEY", text))
            return
        parent.entries[key] = (line, node)


def _tag(event: yaml.NodeEvent) -> str | None:
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
        return event.tag
    return None


def plain(text: str) -> Plain:
    """Return the value of an unquoted scalar."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return " ".join(text.split())
