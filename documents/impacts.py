"""What a version of a template would make of papers that exist, each beside what it is.

Words are compared, and the bytes of the .docx: the same words in another layout are told apart
from the very same paper. No PDF is needed. Made by a worker (documents.orders).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from audit.errors import Refusal
from documents import store
from documents.differences import Row, text_changes
from documents.models import DocumentVersion, TemplateVersion
from documents.orders import deliver, lent, order
from documents.reading import docx_text
from documents.rendering import render_docx

TASK = "documents.tasks.find_impact"


@dataclass(frozen=True)
class Impact:
    """What a template would make of one paper.

    changes  where its words would differ
    refusal  why it could not be made; "" when it was
    same     it would come out byte for byte as it is
    """

    changes: list[Row] = field(default_factory=list)
    refusal: str = ""
    same: bool = False

    @property
    def looks_only(self) -> bool:
        """Return whether every word stayed and the layout did not."""
        return not self.same and not self.changes and not self.refusal


def order_impact(
    template: TemplateVersion, papers: Sequence[DocumentVersion]
) -> list[Impact] | None:
    """Return what would become of each paper, in their order; None while a worker finds out."""
    ids = [str(paper.pk) for paper in papers]
    found = order(_key(template, ids), TASK, str(template.pk), given=ids)
    return found if isinstance(found, list) else None


def deliver_impact(template: TemplateVersion, name: str) -> None:
    """Find out what order_impact asked for; ``name``: of the papers' ids that it lent."""
    ids = lent(name)
    if not isinstance(ids, list):
        return
    rows = DocumentVersion.objects.select_related("document", "docx").in_bulk(ids)
    by_id = {str(key): paper for key, paper in rows.items()}
    deliver(_key(template, ids), find_impact(template, (by_id[key] for key in ids)))


def find_impact(template: TemplateVersion, papers: Iterable[DocumentVersion]) -> list[Impact]:
    """Return for each paper what would differ if it were made with this template."""
    content = store.read(template.file)
    return [_impact(content, paper) for paper in papers]


def _impact(content: bytes, paper: DocumentVersion) -> Impact:
    if paper.docx is None:
        return Impact(refusal=_("Văn bản này không có bản Word để so sánh."))
    try:
        made = render_docx(content, paper.values, mark=paper.document.mark)
        kept = store.read(paper.docx)
        if made == kept:
            return Impact(same=True)
        return Impact(text_changes(docx_text(kept), docx_text(made)))
    except Refusal as refusal:
        return Impact(refusal=f"{refusal.what} {refusal.why}".strip())


def _key(template: TemplateVersion, ids: Sequence[str]) -> str:
    return f"impact:{template.sha256[:32]}:{hashlib.sha256(' '.join(ids).encode()).hexdigest()}"
