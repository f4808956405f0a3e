"""The judge of a template: one pass over its tags with a stack of open blocks.

Findings are plain values: {"code", "facts", "place", "at"}; ``at`` is the number of the paragraph
among all, for the comment in the .docx. Sentences are made of them in documents.linting.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from documents.guarded.environment import PaperEnvironment, forbidden
from documents.guarded.fields import Scope, in_node, loop_scope, path_of
from documents.guarded.linting.places import Spot
from documents.guarded.linting.tags import Stray, Tag, tags_of
from documents.guarded.papers import W, is_closed

Told = dict[str, Any]
_CLOSERS = {"endfor": "for", "endif": "if"}
_COMPLETION = {"for": "{% endfor %}", "if": "{% endif %}"}
_PREFIXES = {"{%": {"", "p", "tr"}, "{{": {""}, "{#": {"", "p", "tr"}}
_HOLDERS = {"": W + "p", "tr": W + "tr"}


@dataclass
class _Open:
    tag: Tag
    scope: Scope
    holder: Any
    at: int


@dataclass
class Judge:
    """Judges the paragraphs of one template against the fields that its data has."""

    known: set[str]
    found: list[Told] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _environment: PaperEnvironment = field(default_factory=PaperEnvironment)
    _scope: Scope = field(default_factory=lambda: {"loop": ""})
    _at: int = 0

    def judge(self, spots: Iterable[Spot]) -> list[Told]:
        """Return the faults of all tags, in the order of reading; blocks end with their part."""
        part = ""
        for self._at, spot in enumerate(spots):
            if spot.part != part:
                self._end_part()
                part = spot.part
            for tag in tags_of(spot):
                if isinstance(tag, Stray):
                    facts = {"missing": tag.missing, "around": tag.around}
                    self._find("TEMPLATE_TAG_HALF", tag.spot, facts)
                else:
                    self._tag(tag)
        self._end_part()
        return self.found

    def _find(self, code: str, spot: Spot, facts: Told, at: int | None = None) -> None:
        number = self._at if at is None else at
        self.found.append({"code": code, "facts": facts, "place": spot.told, "at": number})

    def _tag(self, tag: Tag) -> None:
        if tag.prefix not in _PREFIXES[tag.kind]:
            self._find("TEMPLATE_FORBIDDEN", tag.spot, {"detail": tag.shown})
            return
        if tag.prefix:
            self._alone(tag)
        if tag.kind == "{{":
            self._read(tag, tag.source, self._scope)
        elif tag.kind == "{%":
            self._command(tag)

    def _alone(self, tag: Tag) -> None:
        """Find the text that disappears with the paragraph or row of a command."""
        holder = _holder(tag)
        if holder is None:
            self._find("TEMPLATE_ROW_OUTSIDE", tag.spot, {"tag": tag.shown})
            return
        text = "".join(one.text or "" for one in holder.iter(W + "t"))
        rest = text.replace(tag.spot.text[tag.start : tag.end], "", 1).strip()
        if rest:
            self._find("TEMPLATE_TEXT_LOST", tag.spot, {"tag": tag.shown, "text": rest[:60]})

    def _command(self, tag: Tag) -> None:
        word = tag.keyword
        if word in _COMPLETION:
            tree = self._read(tag, tag.source + _COMPLETION[word], self._scope)
            self._stack.append(_Open(tag, self._scope, _container(tag), self._at))
            self._scope = dict(self._scope)
            if tree is not None and word == "for":
                self._scope = loop_scope(next(tree.find_all(nodes.For)), self._scope)
        elif word in _CLOSERS:
            self._close(tag, _CLOSERS[word])
        elif word in ("elif", "else"):
            self._branch(tag, word)
        else:
            self._set(tag)

    def _set(self, tag: Tag) -> None:
        tree = self._read(tag, tag.source, self._scope)
        for node in tree.find_all(nodes.Assign) if tree else ():
            if isinstance(node.target, nodes.Name):
                self._scope[node.target.name] = path_of(node.node, self._scope) or ""

    def _branch(self, tag: Tag, word: str) -> None:
        if not self._stack or (word == "elif" and self._stack[-1].tag.keyword != "if"):
            self._find("TEMPLATE_BLOCK_NOT_OPEN", tag.spot, {"tag": tag.shown})
        elif word == "elif":
            self._read(tag, f"{{% {tag.inside[2:]} %}}{{% endif %}}", self._scope)

    def _close(self, tag: Tag, opener: str) -> None:
        """Close the block that the tag fits; blocks opened in it and left open are found."""
        same = [one for one in self._stack if one.tag.keyword == opener]
        fitting = [one for one in same if _fits(tag, one)]
        if not same:
            self._find("TEMPLATE_BLOCK_NOT_OPEN", tag.spot, {"tag": tag.shown})
            return
        opened = (fitting or same)[-1]
        while self._stack[-1] is not opened:
            self._left_open(self._stack.pop())
        self._stack.pop()
        self._scope = opened.scope
        if not fitting:
            facts = {"tag": tag.shown, "opened": opened.tag.shown}
            self._find("TEMPLATE_BLOCK_CROSSES", tag.spot, facts)

    def _end_part(self) -> None:
        for opened in self._stack:
            self._left_open(opened)
        self._stack, self._scope = [], {"loop": ""}

    def _left_open(self, opened: _Open) -> None:
        facts = {"tag": opened.tag.shown, "missing": f"end{opened.tag.keyword}"}
        self._find("TEMPLATE_BLOCK_OPEN", opened.tag.spot, facts, at=opened.at)

    def _read(self, tag: Tag, source: str, scope: Scope) -> nodes.Template | None:
        """Parse one tag alone; find what is wrong with it and the fields it does not know."""
        try:
            tree = self._environment.parse(source)
        except TemplateSyntaxError as error:
            facts = {"tag": tag.shown, "detail": error.message or ""}
            self._find("TEMPLATE_TAG_BROKEN", tag.spot, facts)
            return None
        not_allowed = forbidden(tree)
        if not_allowed:
            self._find("TEMPLATE_FORBIDDEN", tag.spot, {"detail": f"{tag.shown}: {not_allowed}"})
        self._filters(tag, tree)
        self._fields(tag, tree, scope)
        return tree

    def _filters(self, tag: Tag, tree: nodes.Template) -> None:
        names = self._environment.filters
        for used in tree.find_all(nodes.Filter):
            if used.name not in names:
                facts = {"name": used.name, "hint": near(used.name, names)}
                self._find("TEMPLATE_FILTER_UNKNOWN", tag.spot, facts)

    def _fields(self, tag: Tag, tree: nodes.Template, scope: Scope) -> None:
        parents = {path.rpartition(".")[0] for path in self.known}
        inner = dict(scope)
        read = {path for node in tree.body for path in in_node(node, inner)}
        unknown = {p for p in read if p not in self.known and is_closed(p, self.known, parents)}
        for path in sorted(unknown):
            if path.rpartition(".")[0] not in unknown:
                facts = {"field": path, "hint": near(path, self.known)}
                self._find("TEMPLATE_FIELD_UNKNOWN", tag.spot, facts)


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, "" when none is like it.

    A field of a list is sought among those of the same list first.
    """
    above = name.rpartition(".")[0]
    beside = [one for one in sorted(known) if one.rpartition(".")[0] == above and one != name]
    found = difflib.get_close_matches(name, beside, n=1) or difflib.get_close_matches(
        name, sorted(set(known) - {name}), n=1
    )
    return found[0] if found else ""


def _fits(tag: Tag, opened: _Open) -> bool:
    return tag.prefix == opened.tag.prefix and _container(tag) is opened.holder


def _holder(tag: Tag) -> Any:
    """Return what goes away with a command: its paragraph or its row; None outside a table."""
    if tag.prefix == "p":
        return tag.spot.element
    return next(tag.spot.element.iterancestors(_HOLDERS["tr"]), None)


def _container(tag: Tag) -> Any:
    """Return what a block must open and close in: the paragraph, its holder, or the table."""
    if not tag.prefix:
        return tag.spot.element
    holder = _holder(tag)
    return holder.getparent() if holder is not None else None
