"""The jobs of the child: judge a paper, mend a paper."""

from typing import Any

from documents.guarded.format30.docx_reader import Package, read_docx
from documents.guarded.format30.layout import layout_faults
from documents.guarded.format30.looks import look_faults
from documents.guarded.format30.mending import mend
from documents.guarded.format30.model import Fault, Pack, Paper
from documents.guarded.format30.pages import letter_faults, set_up_faults
from documents.guarded.format30.pdf_reader import read_pdf
from documents.guarded.format30.printed import printed_faults
from documents.guarded.format30.recognise import name_components
from documents.guarded.format30.sealing import seal_faults
from documents.guarded.format30.words import word_faults

_SHOWN_LETTERS = 60
_ROUNDS = 4  # mending one fault may bring another to light: a missing line, then its length


def faults_of(paper: Paper, pack: Pack) -> list[Fault]:
    """Return every fault of a paper, in the order of the rules and of the text."""
    name_components(paper, pack)
    pages = printed_faults if paper.kind == "pdf" else set_up_faults
    found = [
        *pages(paper, pack),
        *letter_faults(paper, pack),
        *look_faults(paper, pack),
        *word_faults(paper, pack),
        *layout_faults(paper, pack),
    ]
    return sorted(found, key=_where)


def _where(fault: Fault) -> tuple[int, int, str]:
    """Sort: the page first, what is missing next, then down the text."""
    if fault.section is not None:
        return (0, 0, fault.rule)
    line = fault.line
    return (1, 0, fault.rule) if line is None else (2, line.at, fault.rule)


def check_docx_format(body: bytes, *, pack: Pack) -> tuple[list[dict[str, Any]], bytes]:
    """Return the faults of a .docx as plain data. Refuses: DOCX_UNREADABLE."""
    faults = faults_of(read_docx(Package(body)), pack)
    return [plain(fault, mends=True) for fault in faults], b""


def check_pdf_format(body: bytes, *, pack: Pack) -> tuple[list[dict[str, Any]], bytes]:
    """Return the faults of a PDF as plain data. Refuses: PDF_DAMAGED, FILE_ENCRYPTED."""
    faults = [*faults_of(read_pdf(body), pack), *seal_faults(body, pack)]
    return [plain(fault, mends=False) for fault in faults], b""


def mend_docx_format(body: bytes, *, pack: Pack) -> tuple[dict[str, int], bytes]:
    """Return how many faults were put right, and the .docx; what is right stays as it is.

    Refuses: DOCX_UNREADABLE.
    """
    package, mended = Package(body), 0
    for _ in range(_ROUNDS):
        faults = [fault for fault in faults_of(read_docx(package), pack) if fault.mend]
        if not faults:
            break
        mended += mend(package, faults)
    return {"mended": mended}, package.packed() if mended else body


def plain(fault: Fault, *, mends: bool) -> dict[str, Any]:
    """Return a fault as JSON: place, aspect and facts; the room outside words it."""
    line = fault.line
    place: dict[str, Any] = {}
    if line is not None:
        place = {"part": line.part, "paragraph": line.index, "page": line.page}
        place["cell"] = (
            ".".join(map(str, line.cell)) if line.cell and line.index is not None else ""
        )
        place["text"] = (line.text or line.raw.strip())[:_SHOWN_LETTERS]
    return {
        "rule": fault.rule,
        "aspect": fault.aspect,
        "facts": fault.facts,
        "place": place,
        "mendable": mends and fault.mend is not None,
    }
