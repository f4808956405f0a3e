"""A print batch: the sets of several dossiers in one file, a control sheet first.

Before the sets of each dossier goes a separator sheet. Printed on both sides, the control sheet,
each separator and each set begin on a sheet of their own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile

import pikepdf

from documents.assembly.control_sheets import Control, Line, draw_control, draw_separators
from documents.assembly.print_runs import print_run

__all__ = ["Batch", "Control", "Pile", "print_batch"]

_A4 = (595.276, 841.89)


@dataclass(frozen=True)
class Pile:
    """The sets of one dossier.

    facts  (label, value) pairs for its separator sheet
    book   its merged copy; read when its turn has come
    tall   the copy's pages have the tall foot (documents.assembly.stamps.band_of)
    """

    code: str
    unit: str
    facts: Sequence[tuple[str, str]]
    book: Callable[[], bytes]
    sets: int
    tall: bool


@dataclass(frozen=True)
class Batch:
    """The file, how many pages it has, and on which page of it each pile begins."""

    content: bytes
    pages: int
    begins: tuple[int, ...]


def print_batch(
    control: Control,
    piles: Sequence[Pile],
    *,
    double_sided: bool,
    told: Callable[[int], None] = lambda _done: None,
) -> Batch:
    """Return the file of a print batch; the same bytes for the same input.

    told  is called with the number of piles that are laid; what it raises ends the work

    Raises FontMissingError.
    """
    with ExitStack() as stack, pikepdf.new() as batch:
        runs = []
        for number, pile in enumerate(piles, 1):
            runs.append(_run(stack, pile, double_sided=double_sided))
            told(number)
        lines = [
            Line(pile.code, pile.unit, pile.sets, len(run.pages) // pile.sets)
            for pile, run in zip(piles, runs, strict=True)
        ]
        plan, sheet = draw_control(control, lines, double_sided=double_sided)
        separators = draw_separators(control, plan, [pile.facts for pile in piles])
        _append(batch, stack.enter_context(_opened(sheet)), even=double_sided)
        for separator, run in zip(
            stack.enter_context(_opened(separators)).pages, runs, strict=True
        ):
            batch.pages.append(separator)
            if double_sided:
                batch.add_blank_page(page_size=_A4)
            _append(batch, run, even=False)
        out = io.BytesIO()
        batch.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        assert len(batch.pages) == plan.pages  # noqa: S101 - what the control sheet says
    return Batch(out.getvalue(), plan.pages, plan.begins)


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def _run(stack: ExitStack, pile: Pile, *, double_sided: bool) -> pikepdf.Pdf:
    """Return the numbered sets of a pile, kept on disk until the batch is written."""
    content = print_run(pile.book(), sets=pile.sets, tall=pile.tall, double_sided=double_sided)
    held = stack.enter_context(TemporaryFile())  # noqa: SIM115 - the stack closes it
    held.write(content)
    held.seek(0)
    return stack.enter_context(pikepdf.open(held))


def _append(batch: pikepdf.Pdf, more: pikepdf.Pdf, *, even: bool) -> None:
    """Append all pages; even: an empty one follows an odd number."""
    batch.pages.extend(more.pages)
    if even and len(more.pages) % 2:
        batch.add_blank_page(page_size=_A4)
