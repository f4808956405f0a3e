"""How a version of a template looks: filled, beside the version before, and on the last papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from documents.comparison import Comparison, order_comparison
from documents.impacts import Impact, order_impact
from documents.models import DocumentVersion, TemplateVersion
from documents.orders import lend, lent
from documents.pictures import MAX_PAGES
from documents.previews import Preview, order_preview, values_of
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.pages.templates import base_of_version
from workflow.queries import recent_papers

LAST_PAPERS = (5, 20, 50)
_LENT = "lent:"


@dataclass(frozen=True)
class Filling:
    """What a version is filled with.

    chosen  the paper whose values these are; None for the examples and for what was typed
    typed   the name under which typed values are kept; "" for none
    gone    values were typed, and are kept no longer
    """

    version: TemplateVersion
    values: dict[str, Any]
    papers: list[DocumentVersion]
    chosen: DocumentVersion | None = None
    typed: str = ""
    gone: bool = False

    @property
    def query(self) -> str:
        """Return what an address says to come to the same values."""
        paper = str(self.chosen.pk) if self.chosen else ""
        return urlencode({"paper": paper, "typed": self.typed})


def filling(actor: Actor, version: TemplateVersion, paper_id: str, typed: str) -> Filling:
    """Return what a version is filled with: typed values, a paper's, else the examples.

    Raises NotFoundError for a paper that the actor may not read or that is not of this template.
    """
    papers = recent_papers(actor, version.key, LAST_PAPERS[-1])
    chosen = _chosen(papers, paper_id)
    kept = lent(_LENT + typed) if typed else None
    if isinstance(kept, dict):
        return Filling(version, kept, papers, typed=typed)
    return Filling(version, values_of(version, chosen), papers, chosen, gone=bool(typed))


def keep_typed(values: dict[str, Any]) -> str:
    """Keep typed values for an hour; return the name to find them by, which nobody guesses."""
    return lend(values).removeprefix(_LENT)


def _chosen(papers: list[DocumentVersion], paper_id: str) -> DocumentVersion | None:
    if not paper_id:
        return None
    chosen = next((one for one in papers if str(one.pk) == paper_id), None)
    if chosen is None:
        raise NotFoundError
    return chosen


def preview_of(filled: Filling) -> Preview:
    """Return the preview as far as it is."""
    return order_preview(filled.version, filled.values)


@dataclass(frozen=True)
class ComparisonPage:
    """Two versions as pictures. ``made``: None while a worker compares them."""

    filled: Filling
    base: TemplateVersion
    made: Comparison | None

    @property
    def cut(self) -> bool:
        """Return whether only the first pages are shown."""
        return self.made is not None and len(self.made.pages) >= MAX_PAGES


def comparison_page(filled: Filling) -> ComparisonPage:
    """Return the comparison with the version before. Raises NotFoundError where there is none."""
    base = base_of_version(filled.version)
    if base is None:
        raise NotFoundError
    return ComparisonPage(filled, base, order_comparison(base, filled.version, filled.values))


def page_picture(page: ComparisonPage, number: int, side: str) -> bytes:
    """Return one picture. Raises NotFoundError for one that is not there."""
    pages = page.made.pages if page.made else ()
    if not 0 < number <= len(pages):
        raise NotFoundError
    pair = pages[number - 1]
    picture = pair.after if side == "after" else pair.before
    if not picture:
        raise NotFoundError
    return picture


@dataclass(frozen=True)
class ImpactPage:
    """What a version would make of the last papers. ``lines``: None while a worker finds out."""

    version: TemplateVersion
    base: TemplateVersion | None
    last: int
    lines: list[tuple[DocumentVersion, Impact]] | None
    choices: tuple[int, ...] = LAST_PAPERS

    @property
    def differing(self) -> int:
        """Return how many papers would not stay as they are."""
        return sum(not impact.same for _, impact in self.lines or ())


def impact_page(actor: Actor, version: TemplateVersion, last: str) -> ImpactPage:
    """Return what a version would make of the last papers that the actor may read.

    last  how many, one of LAST_PAPERS; anything else is the middle one
    """
    count = int(last) if last in map(str, LAST_PAPERS) else LAST_PAPERS[1]
    papers = recent_papers(actor, version.key, count)
    found = order_impact(version, papers) if papers else []
    lines = None if found is None else list(zip(papers, found, strict=True))
    return ImpactPage(version, base_of_version(version), count, lines)
