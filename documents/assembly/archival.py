"""PDF/A-3b: a merged dossier that can be read in decades, with the signed originals inside.

Why part 3, and what is checked by what: docs/adr/0006-pdf-a-3b-for-the-archive.md.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Final

import pikepdf

from documents.errors import NotArchivableError

FLAVOUR: Final = "3b"
_NOW = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")
_FIXED: Final = rb"\g<1>2000-01-01T00:00:00+00:00\g<2>"
"""The day that reportlab writes when it is to write none: the same dossier, the same bytes."""
_SHOWN: Final = 3

# It warns of that fixed day once for each font that it reads.
logging.getLogger("fontTools").setLevel(logging.ERROR)


def written(book: pikepdf.Pdf) -> bytes:
    """Return the PDF/A-3b of a merged dossier, checked as it was written; the book is changed.

    Raises NotArchivableError naming what in it PDF/A does not allow, or what the check does not
    know: a doubt is a refusal. Not promised: what veraPDF says of it, which is no Python package.
    """
    # Imported here: it costs half a second, and most papers never come this way.
    from pikepdf import pdfa  # noqa: PLC0415

    for page in book.pages:
        if "/Trans" in page.obj:  # reportlab's “no transition between pages”
            del page.obj["/Trans"]
    pdfa.prepare(book, FLAVOUR)
    metadata = book.Root.Metadata
    metadata.write(_NOW.sub(_FIXED, metadata.read_bytes()))
    out = io.BytesIO()
    book.save(out, **pdfa.resolve_save_kwargs(pdfa.Flavour(FLAVOUR), deterministic_id=True))
    report = pdfa.validate_written(out, FLAVOUR)
    if not report.passed:
        faults = list(dict.fromkeys(str(finding) for finding in report.findings))
        more = "; …" if len(faults) > _SHOWN else ""
        raise NotArchivableError(detail="; ".join(faults[:_SHOWN]) + more)
    return out.getvalue()
