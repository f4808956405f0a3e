"""Last year's campaign as the beginning of the next: years shifted, the old paper left behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from campaigns.schema.award_campaign import CAMPAIGN, NAME
from campaigns.schema.document import Document
from campaigns.schema.spec import Either, Form, ListOf, Number, Spec, spec_of

_OF_THE_OLD_PAPER = ("source", "documents", "draft_vs_issued", "anomalies")
_YEAR_IN_NAME = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_YEARS = (1945, 2100)  # how the schema marks a number as a year


@dataclass(frozen=True)
class NewCampaign:
    """What a campaign is begun with; the period in whole years, both included."""

    key: str
    name: str
    province: str
    province_key: str
    first_year: int
    last_year: int


def blank(about: NewCampaign) -> Document:
    """Return the document of a campaign of which only this is known."""
    return {
        "schema": NAME,
        "province": about.province,
        "province_key": about.province_key,
        "campaign": {
            "key": about.key,
            "name": about.name,
            "period": {"from": about.first_year, "to": about.last_year},
        },
    }


def cloned(document: Document, about: NewCampaign) -> Document:
    """Return a new campaign's document with everything that the old one's rules said.

    Years of occasions, targets, criteria and milestones are shifted with the period, also where
    they stand in a key. What belongs to the old paper alone is left out: its number and date, the
    lines where it was read, how its texts differ, its errors. Sentences stay as they are.
    """
    by = about.first_year - document["campaign"]["period"]["from"]
    rules = {name: part for name, part in document.items() if name not in _OF_THE_OLD_PAPER}
    shifted: Document = _shifted(CAMPAIGN, rules, by)
    head = blank(about)
    campaign = {name: part for name, part in shifted["campaign"].items() if name != "title"}
    return shifted | head | {"campaign": campaign | head["campaign"]}


def _shifted(spec: Spec | None, value: Any, by: int) -> Any:
    if isinstance(spec, Either):
        spec = spec.items if isinstance(value, list) else spec.form
    if isinstance(value, list):
        item = spec.item if isinstance(spec, ListOf) else None
        return [_shifted(item, part, by) for part in value]
    if isinstance(value, dict):
        form = spec if isinstance(spec, Form) else None
        return {
            _name(form, name, by): _field(form, name, part, by)
            for name, part in value.items()
            if name != "ref"
        }
    is_year = isinstance(spec, Number) and (spec.low, spec.high) == _YEARS
    return value + by if is_year and isinstance(value, int) else value


def _field(form: Form | None, name: str, value: Any, by: int) -> Any:
    shape = spec_of(form, name) if form else None
    if name == "key" and isinstance(value, str):
        return _YEAR_IN_NAME.sub(lambda year: str(int(year[0]) + by), value)
    return _shifted(shape, value, by)


def _name(form: Form | None, name: str, by: int) -> str:
    """Return y2023 as y2027; a field that the schema names has no year in its name."""
    if form is None or name in form.fields or spec_of(form, name) is None:
        return name
    return re.sub(r"(?:19|20)[0-9]{2}$", lambda year: str(int(year[0]) + by), name)
