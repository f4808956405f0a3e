"""On which page each paragraph of a .docx begins, which only a layout tells.

A worker marks the paragraphs with bookmarks, lets LibreOffice lay the file out, and finds the
marks again in the PDF. Not promised: that Microsoft Word breaks its pages at the same places.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.errors import Refusal
from documents.errors import DocxUnreadableError
from documents.guard import GuardedWorkError, run_guarded
from documents.making import laid_out
from documents.orders import deliver, lent, order

TASK = "documents.tasks.find_paragraph_pages"


@dataclass(frozen=True)
class Pages:
    """The page, from 1, of each paragraph of the body, counted from 0 with those in tables.

    failure  why no page is known; "" when the file was laid out
    """

    of: Mapping[int, int] = field(default_factory=dict)
    failure: str = ""


def order_pages(content: bytes) -> Pages | None:
    """Return the pages of a .docx that passed the inspection; None while a worker finds them."""
    digest = hashlib.sha256(content).hexdigest()
    found = order(_key(digest), TASK, digest, given=content)
    return found if isinstance(found, Pages) else None


def deliver_pages(digest: str, name: str) -> None:
    """Find the pages of the file that order_pages lent under a name, and deliver them."""
    content = lent(name)
    if isinstance(content, bytes):
        deliver(_key(digest), find_pages(content))


def find_pages(content: bytes) -> Pages:
    """Return the pages of a .docx; what keeps it from being laid out is told in words."""
    try:
        marked = run_guarded("mark_paragraphs", content)[1]
        found = run_guarded("marked_pages", laid_out(marked))[0]
    except GuardedWorkError as error:
        return Pages(failure=str(DocxUnreadableError(detail=error.detail).what))
    except Refusal as refusal:
        return Pages(failure=f"{refusal.what} {refusal.next_step}".strip())
    return Pages(dict(found))


def _key(digest: str) -> str:
    return f"pages:{digest}"
