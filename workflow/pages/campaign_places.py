"""The form of one place in a movement's draft: what may stand there, its tables, the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from campaigns.drafts import spec_at, value_at
from campaigns.errors import DraftPlaceGoneError
from campaigns.faults import faults_of
from campaigns.models import CampaignVersion
from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.document import Document
from campaigns.schema.spec import Either, Form, ListOf, Spec
from campaigns.yamlwriter import Place
from workflow.errors import NotFoundError
from workflow.pages.campaign_facts import ROOT, Table, table_of, tables_of
from workflow.pages.campaigns import FaultTold, fault_told, has_form, label_at, section_key


@dataclass(frozen=True)
class PlacePage:
    """One section or row of a draft: its own fields, and the lists that it holds."""

    draft: CampaignVersion
    place: Place
    spec: Form | None
    value: Document
    tables: list[Table]
    faults: list[FaultTold]
    trail: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the place without the rows' numbers."""
        return tuple(step for step in self.place if isinstance(step, str))

    @property
    def url(self) -> str:
        """Return the place as it stands in an address."""
        return "/".join(str(step) for step in self.place) or ROOT

    @property
    def label(self) -> str:
        """Return what the place is called: a row by its title."""
        return label_at(self.place, self.draft.contents)

    @property
    def above(self) -> str:
        """Return the address of the place that holds this one; "" for a section."""
        return self.trail[-1][1] if self.trail else ""


def place_of(url: str) -> Place:
    """Return a place from its address."""
    if url in ("", ROOT):
        return ()
    return tuple(int(step) if step.isdecimal() else step for step in url.split("/"))


def is_row_place(draft: CampaignVersion, place: Place, *, new: bool) -> bool:
    """Return whether a place is a row of a list, or, for a new row, such a list."""
    if not place or isinstance(place[-1], int) == new:
        return False
    rows = place if new else place[:-1]
    value = value_at(draft.contents, rows)
    spec = _shape(spec_at(CAMPAIGN, rows), value)
    return isinstance(spec, ListOf) and isinstance(spec.item, Form)


def place_page(draft: CampaignVersion, place: Place, *, keep: bool = False) -> PlacePage:
    """Return a section or row to edit.

    keep  whether a row that is no more is shown empty, for somebody who has typed into it

    Raises NotFoundError for what no page of ours links to, DraftPlaceGoneError for a row that is
    no more.
    """
    try:
        value = value_at(draft.contents, place)
    except DraftPlaceGoneError:
        if not keep:
            raise
        value = None
    spec = _shape(spec_at(CAMPAIGN, place), value)
    if spec is None or (place and not has_form(place)):
        raise NotFoundError
    faults = [
        fault_told(one, draft.contents)
        for one in faults_of(draft.contents)
        if (one.place[: len(place)] == place if place else section_key(one.place) == ROOT)
    ]
    return PlacePage(
        draft=draft,
        place=place,
        spec=spec if isinstance(spec, Form) else None,
        value=value if isinstance(value, dict) else {},
        tables=_tables(spec, value, place, draft.contents) if place else [],
        faults=faults,
        trail=_trail(place, draft.contents),
    )


def _shape(spec: Spec | None, value: Any) -> Form | ListOf | None:
    if isinstance(spec, Either):
        spec = spec.form if isinstance(value, dict) else spec.items
    return spec if isinstance(spec, Form | ListOf) else None


def _tables(spec: Form | ListOf, value: Any, place: Place, contents: Document) -> list[Table]:
    if isinstance(spec, ListOf):
        return [table_of(spec, value, place, contents)]
    return list(tables_of(spec, value if isinstance(value, dict) else {}, place, contents))


def _trail(place: Place, contents: Document) -> list[tuple[str, str]]:
    """Return the pages above a place: label and address."""
    above = [place[:end] for end in range(1, len(place)) if has_form(place[:end])]
    return [(label_at(one, contents), "/".join(str(step) for step in one)) for one in above]
