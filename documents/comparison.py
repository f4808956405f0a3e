"""Two versions of a template as pictures, page beside page, what differs outlined.

Both are filled with the same values. A line that only moved, even to another page, is not
outlined. Made by a worker (documents.orders).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Refusal
from documents.errors import ConvertFailedError
from documents.guard import GuardedWorkError, run_guarded
from documents.models import TemplateVersion
from documents.orders import deliver, lent, order
from documents.pictures import page_pictures
from documents.previews import Values, digest_of, made_preview, words_of

TASK = "documents.tasks.compare_versions"


@dataclass(frozen=True)
class PagePair:
    """One page of both papers as PNG, b"" where a paper has no such page.

    marks  how many places are outlined, on the side that has more
    moved  nothing is outlined, and yet the pages are not the same
    """

    before: bytes
    after: bytes
    marks: int
    moved: bool


@dataclass(frozen=True)
class Comparison:
    """The pages of two papers, or in words why they could not be compared."""

    pages: tuple[PagePair, ...] = ()
    failure: tuple[str, ...] = ()

    @property
    def marks(self) -> int:
        """Return how many places are outlined."""
        return sum(page.marks for page in self.pages)


def order_comparison(
    before: TemplateVersion, after: TemplateVersion, values: Values
) -> Comparison | None:
    """Return the comparison; None while a worker makes it."""
    ids = str(before.pk), str(after.pk)
    made = order(_key(before, after, values), TASK, *ids, given=dict(values))
    return made if isinstance(made, Comparison) else None


def deliver_comparison(before: TemplateVersion, after: TemplateVersion, name: str) -> None:
    """Make the comparison that was ordered; ``name``: of the values that were lent."""
    values = lent(name)
    if isinstance(values, dict):
        deliver(_key(before, after, values), compare_versions(before, after, values))


def compare_versions(before: TemplateVersion, after: TemplateVersion, values: Values) -> Comparison:
    """Return both versions' previews page by page; what refuses one of them is told in words."""
    previews = [made_preview(template, values) for template in (before, after)]
    for template, preview in zip((before, after), previews, strict=True):
        if preview.failure:
            which = _("Bản %(number)s") % {"number": template.number}
            return Comparison(failure=(which, *preview.failure))
    try:
        drawn = [page_pictures(preview.pdf) for preview in previews]
        told, pictures = run_guarded("compare_pictures", b"".join(drawn), split=len(drawn[0]))
    except GuardedWorkError as error:
        return Comparison(failure=words_of(ConvertFailedError(detail=error.detail)))
    except Refusal as refusal:
        return Comparison(failure=words_of(refusal))
    return Comparison(tuple(_pairs(told, pictures)))


def _pairs(told: list[dict[str, Any]], pictures: bytes) -> Iterator[PagePair]:
    at = 0
    for page in told:
        middle, end = at + page["before"], at + page["before"] + page["after"]
        before, after = pictures[at:middle], pictures[middle:end]
        yield PagePair(before, after, page["marks"], moved=page["moved"])
        at = end


def _key(before: TemplateVersion, after: TemplateVersion, values: Values) -> str:
    return f"comparison:{before.sha256[:32]}:{after.sha256[:32]}:{digest_of(values)}"
