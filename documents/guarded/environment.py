"""The Jinja environment of the papers: fields, loops, branches and a few filters; nothing else.

Facts F1-F3: docxtpl's own default runs code found in a template and loses text at "&". Here

* every value is escaped; a template cannot switch that off
* the syntax tree is walked before it is compiled and only known kinds of node pass
* a dot reaches a key of the data or a counter of the loop, never a Python attribute
* nothing can be called
* what is drawn is drawn by a filter of ours, from plain numbers
* arithmetic is for counting: a text is repeated a line's length at most, a number is padded to
  nine digits at most (F2: a template could else ask for gigabytes)
"""

import re
from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from documents.guarded.charts import Drawing
from documents.guarded.filters import FILTERS
from documents.guarded.refusal import RefusedInChildError

MAX_NUMBER = 10**9
MAX_REPEATS = 200
_NEVER_PRINTED = (bool, dict, list, tuple)
_HOLDERS = (dict, list)
_PATTERN = re.compile(r"%0?\dd")
LOOP_FIELDS = frozenset({"index", "index0", "first", "last", "length", "revindex"})
TESTS = frozenset({"defined", "undefined", "even", "odd", "divisibleby", "none", "in", "eq", "ne"})
_NODES: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.Add, nodes.Sub, nodes.Concat,
    nodes.Mul, nodes.FloorDiv, nodes.Mod,
    nodes.Assign, nodes.List, nodes.Tuple, nodes.Keyword, nodes.Neg,
)  # fmt: skip


class NoValue(Undefined):
    """A field whose value is null: false in a condition, a refusal on paper."""

    def __str__(self) -> str:
        raise RefusedInChildError("VALUE_MISSING", field=self._undefined_name)


class _Fields(Context):
    """Resolves names; a null becomes NoValue, which knows its name."""

    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        return NoValue(name=key) if found is None else found


def forbidden(tree: nodes.Template) -> str:
    """Return what in the tree is not allowed; empty when all is."""
    return next(filter(None, map(_forbidden, tree.find_all(nodes.Node))), "")


def _forbidden(node: nodes.Node) -> str:
    if not isinstance(node, _NODES):
        return type(node).__name__
    if isinstance(node, nodes.Test):
        return "" if node.name in TESTS else f"is {node.name}"
    name = getattr(node, "attr", None) or getattr(node, "name", None) or ""
    return name if isinstance(name, str) and name.startswith("_") else ""


def _no_drawing(_value: Any) -> Drawing:
    """Stand in where a template is only read, and nothing of it rendered."""
    return Drawing("")


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """One per paper; ``printed`` collects every value that the template put on it."""

    context_class = _Fields
    intercepted_binops = frozenset({"*", "%", "//"})

    def __init__(self, draw: Callable[[Any], Drawing] | None = None) -> None:
        self.printed: list[str] = []
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=self._print)
        self.globals.clear()
        self.filters = {**FILTERS, "bieu_do": draw or _no_drawing}

    def _print(self, value: Any) -> Any:
        if type(value) is str:  # nearly all; the rest is for what else there may be
            self.printed.append(value)
            return value
        if isinstance(value, Drawing):
            return value
        if isinstance(value, _NEVER_PRINTED):
            kind = type(value).__name__
            raise RefusedInChildError("VALUE_FORMAT", field=str(value)[:60], detail=kind)
        text = str(value)  # an Undefined raises here
        self.printed.append(text)
        return value

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        found = forbidden(source)
        if found:
            raise RefusedInChildError("TEMPLATE_FORBIDDEN", detail=found)
        return super()._generate(source, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a key of a dict or a counter of the loop."""
        if type(obj) is dict:
            found = obj.get(attribute)
            if found is not None:
                return found
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a key of a dict or a place of a list."""
        try:
            found = obj[argument] if isinstance(obj, _HOLDERS) else self.undefined
        except (LookupError, TypeError):
            found = self.undefined
        if found is self.undefined:
            return self.undefined(obj=obj, name=argument)
        return NoValue(name=str(argument)) if found is None else found

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator that could be turned into a bomb."""
        if isinstance(left, str):
            repeats = operator == "*" and isinstance(right, int) and right <= MAX_REPEATS
            pads = operator == "%" and isinstance(right, int) and _PATTERN.fullmatch(left)
            if not (repeats or pads):
                raise SecurityError(f"{left[:20]} {operator}")
        elif not all(isinstance(side, int) and abs(side) < MAX_NUMBER for side in (left, right)):
            raise SecurityError(operator)
        return self.binop_table[operator](left, right)

    def call(self, _context: Context, _obj: Callable[..., Any], *_args: Any, **_kw: Any) -> Any:
        """Refuse: the walk of the tree lets no call pass, this is the second bolt."""
        raise SecurityError("nothing can be called")
