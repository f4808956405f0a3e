"""Whom an amendment concerns: by award, form, kind of nominee, criteria, indicator and sets."""

from __future__ import annotations

from typing import Any

import pytest

from campaigns.models import Decider
from tests import factories
from tests.cast import Cast
from workflow.amendments import touched_nominations
from workflow.models import Nomination

Rows = dict[str, Nomination]


@pytest.fixture
def rows(cast: Cast) -> Rows:
    """A person and a household for the province's award, a district for the Order of Labour."""
    person, household, district = factories.draft(
        cast,
        factories.facts(),
        factories.facts(factories.household()),
        factories.facts(authority=Decider.PRESIDENT),
    )
    return {"person": person, "household": household, "district": district}


def change(*at: object, old: Any = None, new: Any = None) -> dict[str, Any]:
    return {"kind": "changed", "at": list(at), "old": old, "new": new, "clause": ""}


def concerned(cast: Cast, rows: Rows, *changes: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    names = {row.pk: name for name, row in rows.items()}
    found = touched_nominations(cast.campaign, changes)
    return {names[one.nomination.pk]: one.changes for one in found}


ALL = {"person", "household", "district"}


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (("recipients", ["1", "Lưu"], "text"), set()),
        (("legal_bases", ["1", "Nghị quyết"], "text"), set()),
        (("award_forms", ["bk_tinh", "Bằng khen"], "name"), {"person", "household"}),
        (("award_forms", ["hcld3", "Huân chương"]), {"district"}),
        (("award_forms",), ALL),
        (("subjects", "collective", ["ubnd_huyen", "huyện"], "name"), {"district"}),
        (("subjects", "individual_condition", "text"), ALL),
        (("criteria", "general", ["1", "chấp hành"], "text"), ALL),
        (("criteria", "provincial_level", ["b", "huyện"], "heading"), {"district"}),
        (("indicators", "items", ["e1", "kinh tế số"], "y2023", "value"), {"district"}),
        (("indicators", "unit"), ALL),
        (("dossier", "sets", ["Huân chương Lao động", "HC"], "sets"), {"district"}),
        (("dossier", "sets", ["Khác", "Khác"], "sets"), ALL),
        (("dossier", "components", ["bien_ban", "Biên bản"], "text"), ALL),
        (("rules", ["r1", "quy tắc"], "words"), ALL),
        (("mot_muc_moi", "x"), ALL),
    ],
)
def test_a_change_concerns_those_it_is_about(
    cast: Cast, rows: Rows, at: tuple[object, ...], who: set[str]
) -> None:
    assert set(concerned(cast, rows, change(*at))) == who


def test_an_award_item_concerns_its_own_nominations(cast: Cast, rows: Rows) -> None:
    item = rows["person"].award_item
    occasion = [item.occasion.key, item.occasion.title]
    at = ("awards", occasion, "items", [item.key, "BK"], "rule")
    assert set(concerned(cast, rows, change(*at))) == {"person", "household"}
    assert "person" in concerned(cast, rows, change("awards", occasion, "title"))


def test_a_new_indicator_concerns_those_who_are_asked_for_its_pillar(
    cast: Cast, rows: Rows
) -> None:
    new = {"key": "x", "pillar": "kinh_te_so", "name": "mới"}
    at = ("indicators", "items", ["x", "mới"])
    assert set(concerned(cast, rows, change(*at, new=new))) == {"district"}
    assert concerned(cast, rows, change(*at, new=new | {"pillar": "khac"})) == {}


def test_each_is_told_by_which_changes(cast: Cast, rows: Rows) -> None:
    told = concerned(
        cast,
        rows,
        change("funding", "text"),
        change("award_forms", ["hcld3", "Huân chương"], "name"),
        change("criteria", "general", ["1", "a"], "text"),
    )
    assert told == {"person": (2,), "household": (2,), "district": (1, 2)}


def test_what_is_over_is_not_touched(cast: Cast, rows: Rows) -> None:
    everybody = change("criteria", "general", ["1", "a"], "text")
    Nomination.objects.filter(pk=rows["person"].pk).update(state="awarded")
    Nomination.objects.filter(pk=rows["household"].pk).update(state="withdrawn")
    assert set(concerned(cast, rows, everybody)) == {"district"}
    Nomination.objects.filter(pk=rows["district"].pk).update(state="held", resume_to="proposed")
    assert set(concerned(cast, rows, everybody)) == {"district"}


def test_it_is_kept_as_plain_data(cast: Cast, rows: Rows) -> None:
    [kept] = [
        one.as_kept()
        for one in touched_nominations(
            cast.campaign, [change("award_forms", ["hcld3", "Huân chương"], "name")]
        )
    ]
    district = rows["district"]
    assert kept == {
        "id": str(district.pk),
        "name": district.nominee.name,
        "award": "Huân chương Lao động hạng Ba",
        "dossier": district.dossier.code,
        "state": "draft",
        "changes": [0],
    }


def test_a_new_campaign_touches_nobody() -> None:
    assert touched_nominations(None, [change("awards", "x")]) == []


def test_queries_do_not_grow_with_the_nominations(
    cast: Cast, rows: Rows, django_assert_num_queries: Any
) -> None:
    changes = [change("criteria", "general", ["1", "a"], "text")]
    campaign = cast.campaign
    with django_assert_num_queries(2):
        assert len(touched_nominations(campaign, changes)) == 3
    factories.draft(cast, factories.facts(factories.person("Trần Văn Khác")))
    with django_assert_num_queries(2):
        assert len(touched_nominations(campaign, changes)) == 4
