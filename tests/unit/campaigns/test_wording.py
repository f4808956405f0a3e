"""Everything that a campaign file may say has words on screen, so no form shows a bare key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.references import named_by
from campaigns.schema.spec import Choice, Either, Form, ListOf, Spec
from campaigns.schema.wording import LABELS, SECTIONS, help_of, label_of, of_place, word_of

SAME_IN_ANY_LANGUAGE = {
    ">",
    ">=",
    "<",
    "<=",
    "tối thiểu",
    "đạt",
    "đạt tối thiểu",
    "trên",
    "đạt trên",
}


def fields(spec: Spec, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Spec]]:
    """Yield every field of the schema with the names that lead to it."""
    if isinstance(spec, Either):
        yield from fields(spec.form, names)
        yield from fields(spec.items, names)
    elif isinstance(spec, ListOf):
        yield from fields(spec.item, names)
    elif isinstance(spec, Form):
        for name, shape in spec.fields.items():
            yield (*names, name), shape
            yield from fields(shape, (*names, name))


ALL = list(fields(CAMPAIGN))


def test_the_schema_has_fields() -> None:
    assert len(ALL) > 150


@pytest.mark.parametrize("name", list(CAMPAIGN.fields))
def test_every_section_has_a_title(name: str) -> None:
    assert name in SECTIONS or name in LABELS


def test_every_field_has_a_label() -> None:
    bare = [
        ".".join(names) for names, _spec in ALL if len(names) > 1 and not of_place(LABELS, names)
    ]
    assert bare == []


def test_every_word_to_choose_is_said_in_words() -> None:
    bare = []
    for names, spec in ALL:
        inner = spec.item if isinstance(spec, ListOf) else spec
        if isinstance(inner, Choice) and names != ("schema",):
            bare += [
                f"{'.'.join(names)}: {word}"
                for word in inner.words
                if word not in SAME_IN_ANY_LANGUAGE and word_of(names, str(word)) == str(word)
            ]
    assert bare == []


def test_words_are_found_by_the_longest_end_of_a_place() -> None:
    assert label_of(["awards", "items"]) == "Mục khen thưởng"
    assert label_of(["indicators", "items"]) == "Chỉ tiêu"
    assert label_of(["indicators", "items", "y2023"]) == "Mục tiêu năm 2023"
    assert label_of(["indicators", "items", "name_2025"]) == "Tên dùng cho năm 2025"
    assert label_of(["khong", "co"]) == "co"
    assert label_of([]) == "Tỉnh và các câu chung"
    assert help_of(["awards", "year"]).startswith("Trong thời gian")
    assert help_of(["milestones", "due", "year"]) == ""
    assert word_of(["award_forms", "level"], "unit") == "Cơ quan, đơn vị"
    assert word_of(["route", "steps", "desk"], "unit") == "Đơn vị đề nghị"
    assert word_of([], "x") == "x"


def test_what_names_a_part_of_the_campaign_offers_what_there_is() -> None:
    document = {
        "bodies": [{"key": "a", "name": "Sở"}, {"name": "không mã"}],
        "subjects": {"collective": [{"key": "xa", "name": "xã"}]},
        "awards": [{"key": "o", "title": "Đợt", "items": [{"key": "i", "form": "Bằng khen"}]}],
        "indicators": {
            "pillars": {"p": "Trụ", "clause": "I"},
            "items": [{"key": "g1", "name": "n"}],
        },
    }

    def offered(*names: str) -> list[tuple[str, str]]:
        listing = named_by(names)
        assert listing is not None
        return list(listing(document))

    assert offered("desks", "body") == [("a", "Sở")]
    assert offered("awards", "items", "for") == [("collective", "Tập thể"), ("xa", "xã")]
    assert offered("rules", "subjects") == [("xa", "xã")]
    assert offered("rules", "items") == [("i", "Đợt: Bằng khen")]
    assert offered("rules", "forms") == []
    assert offered("quotas", "occasion") == [("o", "Đợt")]
    assert offered("indicators", "items", "pillar") == [("p", "Trụ")]
    assert offered("score_tables", "parts", "lines", "indicator") == [("g1", "n")]
    assert offered("subjects", "collective", "criteria") == []
    assert named_by(["bodies", "name"]) is None
