"""What a version of a template would make: of the examples, or of a paper's own frozen values.

A preview is made by a worker and lies in the cache for an hour, under the hashes of what went
in; no row and no stored file comes of it. ``impact`` compares words only and needs no PDF.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from audit.errors import Refusal
from documents import store
from documents.differences import Row, text_changes
from documents.fields import sample_values
from documents.making import convert
from documents.models import DocumentVersion, TemplateVersion
from documents.reading import docx_text
from documents.rendering import render_docx

TASK = "documents.tasks.make_preview"
MARK = "XEM THỬ - KHÔNG CÓ GIÁ TRỊ"
_KEPT_SECONDS = 3600
_MAKING_SECONDS = 180  # after this a preview whose worker was killed is asked for again


@dataclass(frozen=True)
class Preview:
    """How far a preview is: the PDF when it is there, or the refusal's words, or neither yet."""

    pdf: bytes = b""
    failure: tuple[str, ...] = ()

    @property
    def making(self) -> bool:
        """Return whether to look again soon."""
        return not self.pdf and not self.failure


def order_preview(template: TemplateVersion, paper: DocumentVersion | None = None) -> Preview:
    """Return the preview, asking a worker for it when nobody has.

    paper  whose frozen values are printed; the fields' examples without it
    """
    key = _key(template, _values(template, paper))
    if caches["previews"].add(key, Preview(), _MAKING_SECONDS):
        async_task(TASK, str(template.pk), str(paper.pk) if paper else "", task_name=key[:60])
    found = caches["previews"].get(key)
    return found if isinstance(found, Preview) else Preview()


def make_preview(template: TemplateVersion, paper: DocumentVersion | None = None) -> Preview:
    """Make a preview and lay it into the cache; what refuses it is laid there too."""
    values = _values(template, paper)
    try:
        docx = render_docx(store.read(template.file), values, mark=MARK)
        made = Preview(pdf=convert(docx, [MARK]).content)
    except Refusal as refusal:
        words = (str(refusal.what), str(refusal.why), str(refusal.next_step))
        made = Preview(failure=tuple(word for word in words if word))
    caches["previews"].set(_key(template, values), made, _KEPT_SECONDS)
    return made


@dataclass(frozen=True)
class Impact:
    """What a template would make of a paper that exists: the same words, others, or none.

    refusal  why it could not be made; "" when it was
    """

    paper: DocumentVersion
    changes: list[Row] = field(default_factory=list)
    refusal: str = ""

    @property
    def same(self) -> bool:
        """Return whether every word stayed."""
        return not self.changes and not self.refusal


def impact(template: TemplateVersion, papers: Iterable[DocumentVersion]) -> list[Impact]:
    """Return for each paper what would differ if it were made with this template.

    papers  versions with their .docx and values at hand; each is compared with its own .docx
    """
    content = store.read(template.file)
    return [_impact(content, paper) for paper in papers]


def _impact(content: bytes, paper: DocumentVersion) -> Impact:
    if paper.docx is None:
        return Impact(paper, refusal=_("Văn bản này không có bản Word để so sánh."))
    try:
        made = render_docx(content, paper.values, mark=paper.document.mark)
        return Impact(paper, text_changes(docx_text(store.read(paper.docx)), docx_text(made)))
    except Refusal as refusal:
        return Impact(paper, refusal=f"{refusal.what} {refusal.why}".strip())


def _values(template: TemplateVersion, paper: DocumentVersion | None) -> dict[str, Any]:
    values: dict[str, Any] = paper.values if paper else sample_values(template.fields)
    return values


def _key(template: TemplateVersion, values: dict[str, Any]) -> str:
    told = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return f"preview:{template.sha256[:32]}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"
