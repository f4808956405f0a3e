"""Is a paper laid out as NĐ 30/2020/NĐ-CP says? Rules P01–P04, C01–C28 as versioned data.

    check_docx(content) -> list[Finding]     what is not as it should be, and where
    check_pdf(content)  -> list[Finding]     the same of a PDF, as far as a PDF shows it
    mend_docx(content)  -> bytes             the same paper with what can be mended, mended
    pack()              -> Pack              the rules: titles, sources, version, in force from

The work is done in the guarded child: the files may come from anybody.
"""

from documents.format30.checking import check_docx, check_pdf, mend_docx
from documents.format30.findings import Finding, Place
from documents.format30.pack import Pack, Rule, pack

__all__ = ["Finding", "Pack", "Place", "Rule", "check_docx", "check_pdf", "mend_docx", "pack"]
