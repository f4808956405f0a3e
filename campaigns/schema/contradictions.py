"""What cannot both be true within one plan: rules that contradict, an occasion out of its time."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaigns.deciders import decider_of
from campaigns.errors import Problem
from campaigns.schema.spec import Record
from campaigns.spelling import words

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def year_of(occasion: Record) -> int | None:
    """Return the year of an occasion: as stated, else the last one in its key, else None."""
    stated: int | None = occasion.get("year")
    years = _YEAR.findall(occasion["key"])
    return stated or (int(years[-1]) if years else None)


def targets_of(item: Record) -> list[tuple[int, Record]]:
    """Return the targets of an indicator with their years, in the order of the years."""
    found = [
        (int(name[1:]), value)
        for name, value in item.items()
        if value is not None and name[0] == "y" and name[1:].isdecimal()
    ]
    return sorted(found, key=lambda pair: pair[0])


def check_contradictions(facts: Record, problems: list[Problem]) -> None:
    """Add occasions outside the period, and rows that say different things of the same."""
    problems.extend(_outside_the_period(facts))
    problems.extend(_forms_of_one_name(facts.get("award_forms") or []))
    problems.extend(_deciders_of_one_form(facts))
    problems.extend(_sets_of_one_form(facts))
    problems.extend(_targets_of_one_indicator(facts))


def _outside_the_period(facts: Record) -> Iterator[Problem]:
    period = facts["campaign"]["period"]
    for occasion in facts.get("awards") or []:
        year = year_of(occasion)
        if year is not None and not period["from"] <= year <= period["to"]:
            said = {"year": year, "from": period["from"], "to": period["to"]}
            said["line"] = period["line"]
            text = _(
                "đợt xét năm %(year)d nằm ngoài thời gian của phong trào, %(from)d-%(to)d "
                "(dòng %(line)d); sửa năm của đợt hoặc thời gian của phong trào"
            )
            yield Problem(occasion["line"], "OUTSIDE_PERIOD", text % said)


def _forms_of_one_name(forms: list[Record]) -> Iterator[Problem]:
    known: dict[frozenset[str], Record] = {}
    for form in forms:
        for spelling in _spellings(form):
            other = known.setdefault(words(spelling), form)
            if other is form:
                continue
            said = {"name": spelling, "line": other["line"]}
            if other["decider"] != form["decider"]:
                text = _(
                    "“%(name)s” cũng là hình thức ở dòng %(line)d nhưng do người khác quyết định; "
                    "giữ một hình thức, hoặc đặt tên khác nhau"
                )
                yield Problem(form["line"], "CONTRADICTION", text % said)
            else:
                text = _("“%(name)s” cũng là tên hình thức ở dòng %(line)d; bỏ một trong hai")
                yield Problem(form["line"], "DUPLICATE_VALUE", text % said)
            break


def _spellings(form: Record) -> Iterator[str]:
    yield form["name"]
    yield from filter(words, [form.get("short_name") or "", *(form.get("names") or [])])


def _deciders_of_one_form(facts: Record) -> Iterator[Problem]:
    """Where no forms are declared, the awards name them, and must agree who decides each."""
    if facts.get("award_forms"):
        return
    known: dict[frozenset[str], Record] = {}
    for item in (item for occasion in facts.get("awards") or [] for item in occasion["items"]):
        other = known.setdefault(words(item["form"]), item)
        if decider_of(other["decided_by"]) != decider_of(item["decided_by"]):
            said = {"form": item["form"], "line": other["line"]}
            text = _(
                "“%(form)s” ở dòng %(line)d do người khác quyết định; sửa decided_by của một "
                "trong hai mục"
            )
            yield Problem(item["line"], "CONTRADICTION", text % said)


def _sets_of_one_form(facts: Record) -> Iterator[Problem]:
    forms = facts.get("award_forms") or []
    known: dict[str, Record] = {}
    for count in (facts.get("dossier") or {}).get("sets") or []:
        said_words = words(count["award"])
        fitting = [form for form in forms if said_words <= words(form["name"])]
        if forms and not fitting:
            said = {"award": count["award"]}
            text = _(
                "“%(award)s” không phải hình thức nào trong award_forms; sửa tên, hoặc khai thêm "
                "hình thức ấy"
            )
            yield Problem(count["line"], "UNKNOWN_REFERENCE", text % said)
        if len(fitting) != 1:
            continue
        other = known.setdefault(fitting[0]["key"], count)
        if other["sets"] != count["sets"] and other["award"] != count["award"]:
            about = {"form": fitting[0]["name"], "line": other["line"]}
            about |= {"one": other["sets"], "two": count["sets"]}
            text = _(
                "số bộ hồ sơ của “%(form)s” là %(two)d nhưng ở dòng %(line)d là %(one)d; "
                "giữ một dòng"
            )
            yield Problem(count["line"], "CONTRADICTION", text % about)


def _targets_of_one_indicator(facts: Record) -> Iterator[Problem]:
    """Two rows that name the same indicator must not set it different targets in one year."""
    known: dict[tuple[object, ...], tuple[Record, Record]] = {}
    for item in (facts.get("indicators") or {}).get("items") or []:
        for year, target in targets_of(item):
            name = words(item.get(f"name_{year}") or item["name"])
            asked = (item["pillar"], name, item.get("level"), item.get("base"), year)
            other, first = known.setdefault(asked, (item, target))
            if other is not item and _demand(first) != _demand(target):
                said = {"year": year, "line": first["line"], "name": item["name"][:80]}
                text = _(
                    "mục tiêu năm %(year)d của “%(name)s” khác với dòng %(line)d; giữ một mục tiêu"
                )
                yield Problem(target["line"], "CONTRADICTION", text % said)


def _demand(target: Record) -> tuple[object, object]:
    return target["cmp"], target["value"]
