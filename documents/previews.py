"""What a version of a template would make of given values: a PDF that is no paper.

Made by a worker and kept for an hour (documents.orders); no row and no stored file comes of it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.errors import Refusal
from documents import store
from documents.fields import sample_values
from documents.making import convert
from documents.models import DocumentVersion, TemplateVersion
from documents.orders import deliver, found, lent, order
from documents.rendering import render_docx

TASK = "documents.tasks.make_preview"
MARK = "XEM THỬ - KHÔNG CÓ GIÁ TRỊ"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Preview:
    """How far a preview is: the PDF when it is there, or the refusal's words, or neither yet."""

    pdf: bytes = b""
    failure: tuple[str, ...] = ()

    @property
    def making(self) -> bool:
        """Return whether to look again soon."""
        return not self.pdf and not self.failure


def values_of(template: TemplateVersion, paper: DocumentVersion | None) -> dict[str, Any]:
    """Return the frozen values of a paper; without one, the examples of the template's fields."""
    values: dict[str, Any] = paper.values if paper else sample_values(template.fields)
    return values


def order_preview(template: TemplateVersion, values: Values) -> Preview:
    """Return the preview, asking a worker for it when nobody has."""
    made = order(_key(template, values), TASK, str(template.pk), given=dict(values))
    return made if isinstance(made, Preview) else Preview()


def deliver_preview(template: TemplateVersion, name: str) -> None:
    """Make the preview that order_preview asked for; ``name``: of the values it lent."""
    values = lent(name)
    if isinstance(values, dict):
        made_preview(template, values)


def made_preview(template: TemplateVersion, values: Values) -> Preview:
    """Return the preview, made here and now unless it is kept; what refuses it is told in it."""
    key = _key(template, values)
    kept = found(key)
    if isinstance(kept, Preview):
        return kept
    try:
        docx = render_docx(store.read(template.file), values, mark=MARK)
        made = Preview(pdf=convert(docx, [MARK]).content)
    except Refusal as refusal:
        made = Preview(failure=words_of(refusal))
    deliver(key, made)
    return made


def words_of(refusal: Refusal) -> tuple[str, ...]:
    """Return a refusal's sentences, those that say something."""
    words = (str(refusal.what), str(refusal.why), str(refusal.next_step))
    return tuple(word for word in words if word)


def digest_of(values: Values) -> str:
    """Return a short name of values, the same for the same."""
    told = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _key(template: TemplateVersion, values: Values) -> str:
    return f"preview:{template.sha256[:32]}:{digest_of(values)}"
