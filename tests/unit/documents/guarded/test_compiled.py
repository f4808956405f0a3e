"""Papers of a compiled template are those of docxtpl's long way, byte for byte, or not made."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from documents.fields import sample_values
from documents.guarded import compiled, straight
from documents.guarded.compiled import CompiledTemplate, Printer
from documents.guarded.papers import docx_text, render
from documents.guarded.refusal import RefusedInChildError, UnsuitableError
from documents.rendering import plain
from documents.templates import TemplateFiles, read_templates
from tests.files import docx_of, saved

TEMPLATES = Path(__file__).resolve().parents[4] / "docx_templates"
SHIPPED = list(read_templates(TEMPLATES))
LETTER = docx_of(
    "Số {{ so }} {{ 'cố định' }}",
    "{%p for n in ds %}",
    "{{ loop.index }}. {{ n }}",
    "{%p endfor %}",
    header="Đầu {{ so }}",
    title="Về {{ ve }}",
)
VALUES: dict[str, Any] = {"so": "05/TTr", "ve": "khen thưởng", "ds": ["Bà Một", "Ông Hai"]}
HARD = [
    "R&D <b>đậm</b>", "</w:t></w:r></w:p><w:p><w:r><w:t>chèn", "{{ so }} {% if %} {# x",
    "một\nhai\tba", "một\n<w:p>hai\n<w:p w:x", "trang\fsau",
    "ắằẳẵặ 🏆 العربية", "", " ", "a" * 5_000, "dấu ' \" ‘ ’ “ ” – …",
]  # fmt: skip


def warm(template: bytes, values: dict[str, Any]) -> Printer:
    printer = Printer(template)
    printer.print(values=values)
    return printer


@pytest.mark.parametrize("files", SHIPPED, ids=[files.key for files in SHIPPED])
def test_shipped_template_gives_the_same_paper_both_ways(files: TemplateFiles) -> None:
    values = plain(sample_values(files.fields))
    printer = warm(files.content, values)
    assert printer.fast is (b"bieu_do" not in files.content)
    assert printer.print(values=values) == render(files.content, values=values)


@pytest.mark.parametrize("value", HARD, ids=range(len(HARD)))
def test_hard_value_gives_the_same_paper_both_ways(value: str) -> None:
    printer, values = (
        warm(LETTER, VALUES),
        {"so": value, "ve": "việc khác", "ds": [value, "giữa", value]},
    )
    assert printer.fast
    assert printer.print(values=values) == render(LETTER, values=values)


def test_no_paper_shows_what_an_earlier_one_held() -> None:
    printer = warm(LETTER, VALUES)
    printer.print(values={"so": "bí mật", "ve": "việc kín", "ds": ["một", "hai", "ba"]})
    assert printer.print(values=VALUES) == render(LETTER, values=VALUES)


def test_marked_paper_is_the_same_both_ways() -> None:
    printer = Printer(LETTER)
    first = printer.print(values=VALUES, mark="VÍ DỤ")
    assert not printer.fast  # what is kept is made of a paper without a mark
    printer.print(values=VALUES)
    assert first == printer.print(values=VALUES, mark="VÍ DỤ")
    assert first == render(LETTER, values=VALUES, mark="VÍ DỤ")
    assert "VÍ DỤ" in docx_text(first[1])[0]


@pytest.mark.parametrize(
    "values",
    [{"so": "1"}, {**VALUES, "so": None}, {**VALUES, "so": [1]}, {**VALUES, "so": "{_{ a }_}"}],
)
def test_refusal_is_the_same_both_ways(values: dict[str, Any]) -> None:
    with pytest.raises(RefusedInChildError) as long:
        render(LETTER, values=values)
    printer = warm(LETTER, VALUES)
    with pytest.raises(RefusedInChildError) as short:
        printer.print(values=values)
    assert (short.value.code, short.value.facts) == (long.value.code, long.value.facts)
    assert printer.print(values=VALUES) == render(LETTER, values=VALUES)


def test_refused_first_paper_leaves_the_next_a_chance() -> None:
    printer = Printer(LETTER)
    with pytest.raises(RefusedInChildError):
        printer.print(values={})
    printer.print(values=VALUES)
    assert printer.fast


def test_template_whose_two_papers_differ_stays_with_the_long_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compiled, "_ESCAPES", (("05/TTr", "06/TTr"),))
    monkeypatch.setattr(straight, "_DECLARATION", "")
    printer = warm(LETTER, VALUES)
    assert not printer.fast
    assert printer.print(values=VALUES) == render(LETTER, values=VALUES)


def test_template_whose_text_differs_from_its_tree_is_parsed_for_every_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(straight, "_DECLARATION", "")
    printer = warm(LETTER, VALUES)
    assert printer._compiled is not None
    assert printer._compiled.straight is None
    assert printer.print(values=VALUES) == render(LETTER, values=VALUES)


def test_value_that_is_lost_is_refused_by_the_compiled_template_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = CompiledTemplate(LETTER, render(LETTER, values=VALUES)[1])
    made.straight = None
    monkeypatch.setattr(compiled, "_ESCAPES", (("Bà Một", ""),))
    with pytest.raises(RefusedInChildError, match="RENDER_MISMATCH"):
        made.fill(VALUES)


def test_value_that_is_lost_in_text_is_refused() -> None:
    made = CompiledTemplate(LETTER, render(LETTER, values=VALUES)[1])
    assert made.straight is not None
    made.straight._empty.append(("Bà Một".encode(), b""))
    with pytest.raises(RefusedInChildError, match="RENDER_MISMATCH"):
        made.fill(VALUES)


def test_values_in_another_order_than_printed_are_looked_for_one_by_one() -> None:
    assert compiled._shows("một hai", ["một", "hai"])
    assert compiled._shows("một hai", ["mộthai"])  # spaces are the page's own
    assert not compiled._shows("một hai", ["hai", "một"])
    assert not compiled._shows("một hai", ["ba"])


def table_of(*rows: list[str]) -> bytes:
    """Return a template whose body is a table of three columns."""
    paper = docx.Document()
    table = paper.add_table(rows=len(rows), cols=3)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return saved(paper)


@pytest.mark.parametrize("columns", [["a"], ["a", "b"], ["a", "b", "c", "d"], []])
def test_table_whose_columns_follow_the_values_is_the_same_both_ways(columns: list[str]) -> None:
    template = table_of(["{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"])
    printer = warm(template, {"cot": ["một"]})
    assert printer.fast
    assert printer.print(values={"cot": columns}) == render(template, values={"cot": columns})


def test_merged_cells_are_the_same_both_ways() -> None:
    paper = docx.Document(io.BytesIO(table_of(["{{ so }}", "", "{{ so }}"], ["a", "b", "c"])))
    first, second, _ = paper.tables[0].rows[0].cells
    first.merge(second)
    printer = warm(saved(paper), VALUES)
    assert printer.fast
    assert printer.print(values=VALUES) == render(saved(paper), values=VALUES)


def without(paper: bytes, left_out: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != left_out:
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_package_without_properties_is_left_to_the_long_way() -> None:
    paper = without(render(LETTER, values=VALUES)[1], "docProps/core.xml")
    with pytest.raises(UnsuitableError):
        CompiledTemplate(LETTER, paper)
