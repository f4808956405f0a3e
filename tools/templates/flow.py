"""Paragraphs one below the other, in a document or in a cell, in our styles and no other look."""

from collections.abc import Iterator
from contextlib import contextmanager

from docx.document import Document as DocumentObject
from docx.table import _Cell
from docx.text.paragraph import Paragraph


class Flow:
    """A place to write into, top down."""

    def __init__(self, container: DocumentObject | _Cell) -> None:
        """Write into `container`; the empty paragraph that a cell is born with is used up."""
        self._container = container
        self._unused = container.paragraphs[-1:] if isinstance(container, _Cell) else []

    def write(self, style: str, text: str, *, lead: str = "") -> Paragraph:
        """Add a paragraph in the named style; `lead` is set in bold before the text."""
        paragraph = self._unused.pop() if self._unused else self._container.add_paragraph()
        set_style(paragraph, style)
        if lead:
            paragraph.add_run(lead).bold = True
        if text:
            paragraph.add_run(text)
        return paragraph

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Keep what is written inside only where the condition holds."""
        self.write("Normal", f"{{%p if {condition} %}}")
        yield
        self.write("Normal", "{%p endif %}")

    def otherwise(self) -> None:
        """Within `when`: from here on, what is kept where the condition does not hold."""
        self.write("Normal", "{%p else %}")

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """Repeat what is written inside; `loop` reads like “noi in noi_nhan”."""
        self.write("Normal", f"{{%p for {loop} %}}")
        yield
        self.write("Normal", "{%p endfor %}")


def set_style(paragraph: Paragraph, key: str) -> None:
    """Give a paragraph a style by the key that styles.py lists, not by its Vietnamese name."""
    paragraph._p.get_or_add_pPr().style = key  # noqa: SLF001 - python-docx asks for the name
