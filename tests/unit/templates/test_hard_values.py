"""Values that are hard to print, through every template that ships (tools.hard_values)."""

from itertools import islice
from unicodedata import normalize
from zlib import crc32

import pytest

from documents.fields import sample_values
from documents.rendering import render_docx
from tests.files import docx_of
from tools.hard_papers import SETS, Template, faults_of, templates, text_of
from tools.hard_values import ACCENTED, ValueSet, leaves, value_sets

TEMPLATES = {template.key: template for template in templates()}
FIELDS = [
    {"name": "ten", "meaning": "Tên", "type": "text", "required": True, "example": "Như"},
    {"name": "y", "meaning": "Ý", "type": "list of text", "required": False, "example": ["Một"]},
    {"name": "so", "meaning": "Số, ký hiệu", "type": "text", "required": False, "example": "05/BC"},
]


def sets(count: int = SETS) -> list[ValueSet]:
    return list(value_sets("thu", FIELDS, count=count))


@pytest.mark.parametrize("key", TEMPLATES)
def test_paper_of_hard_values_holds_them_and_is_laid_out_right(key: str) -> None:
    """One of the 60 sets for each template, another one for each; tools.hard_papers tries all."""
    number = crc32(key.encode()) % SETS
    template = TEMPLATES[key]
    one = next(islice(value_sets(key, template.fields, count=SETS), number, None))

    assert faults_of(template, one) == []


def test_value_that_a_template_drops_or_cuts_is_told() -> None:
    one = sets(1)[0]
    whole = Template(
        "thu", docx_of("{{ ten }} {% for m in y %}{{ m }} {% endfor %}{{ so }}"), FIELDS
    )
    cut = Template(
        "thu", docx_of("{{ ten|first }} {% if ten|length < 9 %}{{ ten }}{% endif %}"), FIELDS
    )

    assert [fault for fault in faults_of(whole, one) if fault.startswith("lost")] == []
    assert [fault[:13] for fault in faults_of(cut, one) if fault.startswith("lost")] == [
        "lost ('ten',)"
    ]


def test_tag_that_is_left_and_a_word_for_nothing_are_told() -> None:
    bad = Template("thu", docx_of("{{ '{' ~ '{' }} {{ 'No' ~ 'ne' }}"), FIELDS)

    found = faults_of(bad, sets(1)[0])

    assert {"tag {{ left", "None printed"} <= set(found)


def test_sets_hold_all_that_makes_values_hard() -> None:
    texts = [text for one in sets() for _, text in leaves(one.values) if isinstance(text, str)]
    everything = "\n".join(texts)
    composed = normalize("NFC", everything)

    assert [letter for letter in ACCENTED if letter not in composed] == []
    assert len(ACCENTED) == 134
    assert normalize("NFC", everything) != everything
    for part in ("{{", "{%", "{#", "</w:t>", "&amp;", '"', "'", "\n", "\t", "\u200b", "שלום", "🏅"):
        assert part in everything
    assert max(map(len, texts)) >= 5_000
    assert "" in texts
    assert {len(one.values["y"]) for one in sets()} == {0, 1, 3}


def test_sets_are_the_same_each_time() -> None:
    assert sets(9) == sets(9)


def test_report_of_a_collective_without_the_number_of_women_has_dots_for_it() -> None:
    template = TEMPLATES["bao_cao_tap_the"]
    values = sample_values(template.fields)

    texts = [
        text_of(
            render_docx(template.content, {**values, "ke_khai": {**values["ke_khai"], "so_nu": n}})
        )
        for n in ("", 0, 17)
    ]

    told = [text.partition("trong đó nữ ")[2].partition(" người")[0] for text in texts]
    assert told == ["……", "0", "17"]
