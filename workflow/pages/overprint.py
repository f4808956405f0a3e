"""A certificate's words on a blank, drawn from the values that the certificate was made from."""

from __future__ import annotations

from documents.models import Document
from documents.overprint import blanks, print_over
from documents.queries import current_version
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueFormatError
from workflow.forms.overprint import OverprintForm
from workflow.papers.overprint import pages_of
from workflow.papers.results import CERTIFICATE


def overprint_pdf(document: Document, form: OverprintForm) -> bytes:
    """Return the PDF. Raises NotFoundError for another paper, ValueFormatError for a bad form."""
    if document.template_key != CERTIFICATE:
        raise NotFoundError
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        raise ValueFormatError(str(form.fields[name].label), str(faults[0]))
    asked = form.cleaned_data
    return print_over(
        blanks()[asked["blank"]],
        pages_of(current_version(document).values),
        right_mm=asked["right"] or 0,
        down_mm=asked["down"] or 0,
    )


def overprint_form(document: Document) -> OverprintForm | None:
    """Return the form to show beside a certificate; None beside any other paper."""
    return OverprintForm() if document.template_key == CERTIFICATE else None
