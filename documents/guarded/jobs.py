"""What the guarded child can do: a closed table from a name to a function.

Each takes the bytes and plain arguments and returns (plain result, bytes). Imported by the
zygote only, so that all their libraries are loaded once, before the forks.
"""

from collections.abc import Callable
from typing import Any

from documents.guarded.format30.check import (
    check_docx_format,
    check_pdf_format,
    mend_docx_format,
)
from documents.guarded.images import check_image
from documents.guarded.linting.jobs import comment_template, lint_template, template_styles
from documents.guarded.linting.pages import mark_paragraphs, marked_pages
from documents.guarded.papers import check_template, docx_text, render, template_paths
from documents.guarded.pdfs import check_pdf, pdf_text
from documents.guarded.pictures import compare_pictures
from documents.guarded.products import check_product

Job = Callable[..., tuple[Any, bytes]]

JOBS: dict[str, Job] = {
    "check_docx_format": check_docx_format,
    "check_image": check_image,
    "check_pdf": check_pdf,
    "check_pdf_format": check_pdf_format,
    "check_product": check_product,
    "check_template": check_template,
    "comment_template": comment_template,
    "compare_pictures": compare_pictures,
    "docx_text": docx_text,
    "lint_template": lint_template,
    "mark_paragraphs": mark_paragraphs,
    "marked_pages": marked_pages,
    "mend_docx_format": mend_docx_format,
    "pdf_text": pdf_text,
    "render": render,
    "template_paths": template_paths,
    "template_styles": template_styles,
}
