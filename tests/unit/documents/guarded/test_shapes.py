"""Which templates may be filled in as text, and which must be parsed for every paper."""

import pytest
from jinja2 import Environment

from documents.guarded.refusal import UnsuitableError
from documents.guarded.shapes import emptied

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
CELL = f"<w:tc>{P}</w:tc>"
WIDE = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{P}</w:tc>'
GRID = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"


def body(inside: str) -> str:
    return f'<w:body xmlns:w="a">{inside}</w:body>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str, grid: str = GRID) -> str:
    return f"<w:tbl>{grid}{''.join(rows)}</w:tbl>"


def proven(inside: str) -> frozenset[str]:
    return emptied(Environment().parse(body(inside)))


@pytest.mark.parametrize(
    "inside",
    [
        "",
        P.format("{{ a }} &amp; {{ b }}"),
        "\n" + P.format("{% if a %}{{ a }}{% elif b %}b{% else %}c{% endif %}"),
        "{% for a in b %}" + P.format("{{ a }}") + "{% else %}<w:p/>{% endfor %}",
        P.format("{% if a %}</w:t></w:r><w:r><w:t>{{ a }}{% endif %}"),
        P.format("{% set a = 1 %}") + '<w:p w:x="{y}"/>',
        table(row(CELL, CELL)),
        table(row(WIDE)),
        table(row(CELL, CELL), "{% for a in b %}" + row(CELL) + "{% endfor %}"),
        "{% if a %}" + table(row(CELL, CELL)) + "{% endif %}",
        table(row(CELL, f"<w:tc>{table(row(WIDE))}</w:tc>")),
    ],
)
def test_template_of_balanced_pieces_may_be_filled_in_as_text(inside: str) -> None:
    proven(inside)


BAD = {
    "a value in an attribute": '<w:p w:x="{{ a }}"/>',
    "a value that is a tag": "<w:p>{{ a }}</w:p>",
    "a value in a field": "<w:p><w:r><w:instrText>{{ a }}</w:instrText></w:r></w:p>",
    "a value in a link": f"<w:p><w:hyperlink>{P.format('{{ a }}')[5:-6]}</w:hyperlink></w:p>",
    "a tag cut by a branch": "<w:p {% if a %}w:x=''{% endif %}/>",
    "a paragraph closed in a branch": "<w:p>{% if a %}</w:p>{% endif %}",
    "a paragraph opened in a loop": "{% for a in b %}<w:p>{% endfor %}</w:p>",
    "other elements after a branch": "<w:p>{% if a %}</w:p><w:q>{% endif %}</w:p>",
    "what is closed was not opened": "</w:p>",
    "closed in another order": "<w:p><w:r></w:p></w:r>",
    "left open": "<w:p>",
    "a comment": "<!-- x -->",
    "an instruction": "<?x y?>",
    "marked as characters": "<w:p><![CDATA[x]]></w:p>",
    "an entity": "&nbsp;",
    "a quote spelled otherwise": "&quot;",
    "attributes in single quotes": "<w:p w:x='1'/>",
    "a line feed": P.format("một\nhai"),
    "a tab": P.format("một\thai"),
    "an element in the text": "<w:p><w:r><w:t><w:x/></w:t></w:r></w:p>",
    "a paragraph in a paragraph": "<w:p><w:x><w:p/></w:x></w:p>",
    "a picture with a number": "<w:p><wp:docPr/></w:p>",
    "another name for w": '<w:p xmlns:w="b"/>',
    "a table without a grid": table(row(CELL), grid=""),
    "a table with two grids": table(row(CELL, CELL), grid=GRID + GRID),
    "a table without rows": table(),
    "a row wider than the grid": table(row(CELL, CELL), row(CELL, CELL, CELL)),
    "a row inside that is wider": table(row(CELL, f"<w:tc>{table(row(CELL, CELL, CELL))}</w:tc>")),
    "no row that fills the grid": table(row(CELL)),
    "rows that may be absent": table("{% if a %}" + row(CELL, CELL) + "{% endif %}"),
    "cells that may be absent": table(row(CELL, "{% if a %}" + CELL + "{% endif %}", CELL)),
    "columns that may be absent": table(
        row(CELL, CELL), grid="<w:tblGrid>{% if a %}<w:gridCol/>{% endif %}</w:tblGrid>"
    ),
    "a cell closed in a branch": table(
        row("<w:tc>" + P + "{% if a %}</w:tc><w:tc>{% endif %}" + P + "</w:tc>", CELL)
    ),
    "a span that is no number": table(row(WIDE.replace("2", "x"))),
    "a span elsewhere": "<w:gridSpan/>",
    "a cell elsewhere": "<w:tc></w:tc>",
    "a block": "{% block a %}{% endblock %}",
}


@pytest.mark.parametrize("inside", BAD.values(), ids=BAD)
def test_any_other_template_is_parsed_for_every_paper(inside: str) -> None:
    with pytest.raises(UnsuitableError):
        proven(inside)


def test_body_that_is_not_closed_is_parsed_for_every_paper() -> None:
    with pytest.raises(UnsuitableError, match="w:body"):
        emptied(Environment().parse("<w:body>"))


def test_what_may_be_left_empty_is_told() -> None:
    assert proven(P.format("{{ a }}")) == {"<w:t>"}
    assert proven(P.format("a{{ a }}")) == frozenset()
    assert proven('<w:p w:x="1">{% if a %}<w:r/>{% endif %}</w:p>') == {'<w:p w:x="1">'}
