"""An example regulation: read, and laid into the gaps that a plan leaves.

It exists so that a round can be rehearsed where a plan's source is silent. It replaces nothing
that the plan says, and each fact that comes from it carries `example`, so that the rows, pages and
papers made from it can say so.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import ExampleInvalidError, Problem
from campaigns.schema.agreement import check_campaign
from campaigns.schema.award_campaign import EXAMPLE, EXAMPLE_NAME, FILLED_BY_EXAMPLES
from campaigns.schema.spec import Record, read
from campaigns.yamlsource import Mapping, Scalar, parse

_ABOUT = frozenset({"line", "refs", "clause", "derived", "example"})


def read_example(source: bytes | str) -> Record:
    """Return the one document of an example file. Raises ExampleInvalidError with every problem."""
    documents, problems = parse(source)
    if not problems and len(documents) != 1:
        text = _("tệp quy định ví dụ chỉ có một tài liệu")
        problems.append(Problem(documents[1].line, "TOO_MANY_DOCUMENTS", text))
    if not problems and not _is_example(documents[0]):
        text = _("dòng đầu phải là schema: %(name)s") % {"name": EXAMPLE_NAME}
        problems.append(Problem(documents[0].line, "UNKNOWN_SCHEMA", text))
    example: Record = {} if problems else read(EXAMPLE, documents[0], problems)
    if problems:
        raise ExampleInvalidError(problems)
    return example


def _is_example(document: object) -> bool:
    if not isinstance(document, Mapping) or "schema" not in document.entries:
        return False
    node = document.entries["schema"][1]
    return isinstance(node, Scalar) and node.value == EXAMPLE_NAME


def supplemented(facts: Record, example: Record) -> Record:
    """Return a plan's facts with the example's in its gaps.

    Raises ExampleInvalidError where the example is of another campaign, says what the plan says
    already, or does not agree with it.
    """
    problems: list[Problem] = []
    if example["supplements"] != facts["campaign"]["key"]:
        said = {"key": example["supplements"], "this": facts["campaign"]["key"]}
        text = _("quy định ví dụ này bổ sung “%(key)s”, không phải “%(this)s”") % said
        raise ExampleInvalidError([Problem(example["line"], "UNKNOWN_REFERENCE", text)])
    filled = dict(facts)
    for name in FILLED_BY_EXAMPLES:
        given = marked(example.get(name))
        if given:
            filled[name] = _filled(name, facts.get(name), given, problems)
    if not problems:
        check_campaign(filled, problems)
    if problems:
        raise ExampleInvalidError(problems)
    return filled


def _filled(name: str, said: Any, given: Any, problems: list[Problem]) -> Any:
    if not said:
        return given
    if name in {"route", "bodies"}:
        return [*said, *given]  # a repetition is found by the check of the whole
    if isinstance(said, dict) and isinstance(given, dict):
        twice = [key for key in given if said.get(key) and key not in _ABOUT]
        if not twice:
            return said | {key: part for key, part in given.items() if key not in _ABOUT}
    line = given["line"] if isinstance(given, dict) else given[0]["line"]
    text = _("kế hoạch đã có “%(name)s”; ví dụ chỉ bổ sung chỗ kế hoạch bỏ trống") % {"name": name}
    problems.append(Problem(line, "EXAMPLE_OVERRIDES", text))
    return said


def marked(value: Any) -> Any:
    """Return a tree of facts in which every form says that it is an example."""
    if isinstance(value, list):
        return [marked(part) for part in value]
    if not isinstance(value, dict):
        return value
    tree = {name: part if name in _ABOUT else marked(part) for name, part in value.items()}
    return tree | {"example": True} if "line" in value else tree
