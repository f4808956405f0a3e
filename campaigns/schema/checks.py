"""Two checks that every kind of file needs: each name once, and each reference met."""

from collections.abc import Iterable
from difflib import get_close_matches

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
            text = _("%(name)s “%(value)s” đã có ở dòng %(first)d; đổi hoặc bỏ một trong hai")
            problems.append(Problem(item["line"], "DUPLICATE_VALUE", text % said))
        seen.setdefault(value, item["line"])


def known(
    names: Iterable[str] | None, there: Iterable[str], line: int, problems: list[Problem]
) -> None:
    """Add each name that is not among those there, with the one that it may be meant for."""
    allowed = set(there)
    for name in names or []:
        if name not in allowed:
            near = get_close_matches(name, allowed, n=1)
            said = {"name": name, "near": near[0] if near else ""}
            text = _("“%(name)s” không có trong tệp này; khai thêm, hoặc sửa lại mã")
            if near:
                text = _("“%(name)s” không có trong tệp này; có phải “%(near)s”?")
            problems.append(Problem(line, "UNKNOWN_REFERENCE", text % said))
