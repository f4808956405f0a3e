"""Whether score tables and quotas add up, and name only what the same file has."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise, product

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.models import How, TieKey
from campaigns.schema.checks import known, once
from campaigns.schema.spec import Record

_BY_FIGURE = frozenset({How.PROPORTIONAL, How.STEPS})
_BY_CASES = frozenset({How.DEDUCTION, How.BONUS})


def check_scores(
    facts: Record, subjects: Sequence[str], indicators: Sequence[str], problems: list[Problem]
) -> None:
    """Add what disagrees within score tables, tie-breaks and quotas."""
    tables = facts.get("score_tables") or []
    once(tables, "key", problems)
    taken: dict[tuple[str, int], int] = {}
    for table in tables:
        if not table["for"] or not table["years"]:
            _say(problems, table["line"], _("bảng điểm phải nêu đối tượng và năm"))
        known(table["for"], subjects, table["line"], problems)
        _alone(table, taken, problems)
        _adds_up(table, indicators, problems)
        _tie_breaks(table, problems)
    quotas = facts.get("quotas") or []
    once(quotas, "key", problems)
    forms = [form["key"] for form in facts.get("award_forms") or []]
    occasions = [occasion["key"] for occasion in facts.get("awards") or []]
    for quota in quotas:
        known([quota["form"]], forms, quota["line"], problems)
        known(filter(None, [quota.get("occasion")]), occasions, quota["line"], problems)
        if not quota["percent"]:
            _say(problems, quota["line"], _("hạn mức phải lớn hơn 0"))


def _say(problems: list[Problem], line: int, text: str) -> None:
    problems.append(Problem(line, "BAD_VALUE", text))


def _alone(table: Record, taken: dict[tuple[str, int], int], problems: list[Problem]) -> None:
    """Let one subject have one score table in one year."""
    for subject, year in product(dict.fromkeys(table["for"]), dict.fromkeys(table["years"])):
        if (subject, year) in taken:
            said = {"subject": subject, "year": year, "first": taken[subject, year]}
            text = _("“%(subject)s” năm %(year)d đã có bảng điểm ở dòng %(first)d") % said
            problems.append(Problem(table["line"], "DUPLICATE_VALUE", text))
        taken.setdefault((subject, year), table["line"])


def _adds_up(table: Record, indicators: Sequence[str], problems: list[Problem]) -> None:
    parts = table["parts"]
    once(parts, "key", problems)
    once([line for part in parts for line in part["lines"]], "key", problems)
    for part in parts:
        given = [line for line in part["lines"] if line["how"] != How.DEDUCTION]
        _sum(part["max"], [line["max"] for line in given], part["line"], problems)
        for line in part["lines"]:
            _line(line, indicators, problems)
    _sum(table["total"], [part["max"] for part in parts], table["line"], problems)


def _sum(stated: Decimal, listed: Iterable[Decimal], line: int, problems: list[Problem]) -> None:
    found = sum(listed, Decimal(0))
    if found != stated:
        said = {"stated": f"{stated:f}", "found": f"{found:f}"}
        _say(problems, line, _("nêu %(stated)s điểm nhưng các mục cộng lại %(found)s điểm") % said)


def _line(line: Record, indicators: Sequence[str], problems: list[Problem]) -> None:
    how, named = line["how"], line.get("indicator")
    known(filter(None, [named]), indicators, line["line"], problems)
    if how == How.PROPORTIONAL and not named and line.get("full_at") is None:
        _say(problems, line["line"], _("cách tính theo tỷ lệ cần indicator hoặc full_at"))
    if line.get("full_at") is not None and not line["full_at"]:
        _say(problems, line["line"], _("full_at phải lớn hơn 0"))
    if named and how not in _BY_FIGURE:
        _say(problems, line["line"], _("chỉ cách tính theo tỷ lệ hoặc theo bậc dùng indicator"))
    if how in _BY_CASES and not line.get("each"):
        _say(problems, line["line"], _("điểm trừ, điểm thưởng cần each: điểm mỗi trường hợp"))
    if how == How.STEPS:
        _steps(line, problems)


def _steps(line: Record, problems: list[Problem]) -> None:
    steps = line.get("steps") or []
    if not steps:
        _say(problems, line["line"], _("cách tính theo bậc cần steps"))
        return
    for lower, higher in pairwise(steps):
        if higher["at"] <= lower["at"] or higher["points"] < lower["points"]:
            _say(problems, higher["line"], _("các bậc phải tăng dần"))
    if steps[-1]["points"] != line["max"]:
        _say(problems, steps[-1]["line"], _("bậc cao nhất phải bằng điểm tối đa của tiêu chí"))


def _tie_breaks(table: Record, problems: list[Problem]) -> None:
    parts = [part["key"] for part in table["parts"]]
    lines = [line["key"] for part in table["parts"] for line in part["lines"]]
    targets = {TieKey.PART: parts, TieKey.LINE: lines}
    for tie in table.get("tie_breaks") or []:
        if tie["by"] in targets:
            known([str(tie.get("target"))], targets[tie["by"]], tie["line"], problems)
        elif tie.get("at_least") is None:
            _say(problems, tie["line"], _("so theo tỷ lệ nữ cần at_least"))
