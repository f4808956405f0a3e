"""Two checks that every kind of file needs: each name once, and each reference met."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.schema.spec import Record


def once(items: Iterable[Record], name: str, problems: list[Problem]) -> None:
    """Add each item whose named value an earlier one has already, with both lines."""
    seen: dict[object, int] = {}
    for item in items:
        value = item[name]
        if value in seen:
            said = {"name": name, "value": value, "first": seen[value]}
            text = _("%(name)s “%(value)s” đã có ở dòng %(first)d") % said
            problems.append(Problem(item["line"], "DUPLICATE_VALUE", text))
        seen.setdefault(value, item["line"])


def known(
    names: Iterable[str] | None, there: Iterable[str], line: int, problems: list[Problem]
) -> None:
    """Add each name that is not among those there."""
    allowed = set(there)
    for name in names or []:
        if name not in allowed:
            text = _("“%(name)s” không có trong tệp này") % {"name": name}
            problems.append(Problem(line, "UNKNOWN_REFERENCE", text))
