"""Rows of score tables, their parts, lines and tie-breaks, and of quotas."""

from collections.abc import Iterator

from campaigns.loading.rows import Wanted, cited
from campaigns.models import (
    AwardForm,
    Indicator,
    Occasion,
    Quota,
    Rounding,
    ScoreLine,
    ScorePart,
    ScoreTable,
    SubjectKind,
    TieBreak,
)
from campaigns.schema.spec import Record

_POINT_PLACES = 2


def score_rows(facts: Record) -> Iterator[Wanted]:
    """Yield the rows for every score table of the file, and for its quotas."""
    for position, table in enumerate(facts.get("score_tables") or [], 1):
        yield from _table(position, table)
    for position, quota in enumerate(facts.get("quotas") or [], 1):
        names = ("key", "kind", "percent", "of", "rounding")
        values = {name: quota[name] for name in names}
        row = cited(Quota, (quota["key"],), position, quota, **values)
        row.links["form"] = (AwardForm, (quota["form"],))
        named = quota.get("occasion")
        row.links["occasion"] = (Occasion, (named,)) if named else None
        yield row


def _table(position: int, table: Record) -> Iterator[Wanted]:
    key = table["key"]
    values = {name: table[name] for name in ("key", "name", "total", "years")}
    places = table.get("places")
    values |= {"places": _POINT_PLACES if places is None else places}
    values |= {"rounding": table.get("rounding") or Rounding.NEAREST}
    row = cited(ScoreTable, (key,), position, table, **values)
    row.many["subjects"] = (SubjectKind, [(name,) for name in table["for"]])
    yield row
    place = 0
    for order, part in enumerate(table["parts"], 1):
        named = {"key": part["key"], "name": part["name"], "most": part["max"]}
        row = cited(ScorePart, (key, part["key"]), order, part, **named)
        row.links["table"] = (ScoreTable, (key,))
        yield row
        for line in part["lines"]:
            place += 1
            yield _line(key, part["key"], place, line)
    for n, tie in enumerate(table.get("tie_breaks") or [], 1):
        said = {"by": tie["by"], "target": tie.get("target"), "words": tie.get("text")}
        row = cited(TieBreak, (key, str(n)), n, tie, n=n, at_least=tie.get("at_least"), **said)
        row.links["table"] = (ScoreTable, (key,))
        yield row


def _line(table: str, part: str, place: int, line: Record) -> Wanted:
    steps = [
        {"at": f"{step['at']:f}", "points": f"{step['points']:f}"}
        for step in line.get("steps") or []
    ]
    row = cited(
        ScoreLine,
        (table, line["key"]),
        place,
        line,
        key=line["key"],
        name=line["name"],
        most=line["max"],
        how=line["how"],
        full_at=line.get("full_at"),
        each=line.get("each"),
        steps=steps,
    )
    named = line.get("indicator")
    row.links["table"] = (ScoreTable, (table,))
    row.links["part"] = (ScorePart, (table, part))
    row.links["indicator"] = (Indicator, (named,)) if named else None
    return row
