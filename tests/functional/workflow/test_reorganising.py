"""A reorganisation from a file: all of it or nothing, the same again, each bad line named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from audit.errors import Refusal
from organisations.actors import SYSTEM_ACTOR
from organisations.models import Unit, UnitName
from organisations.queries import unit_facts_on
from organisations.services import end_unit, move_unit
from tests.cast import FIRST, Cast
from tests.factories import nomination_in
from tests.rows import fingerprint
from workflow.errors_units import ReorganisationRefusedError
from workflow.models import WorkItem
from workflow.papers.letterhead import head, issuer
from workflow.reorganisation import read_reorganisations
from workflow.services.reorganising import Reorganised, reorganise
from workflow.states import State

DAY = dt.date(2025, 7, 1)
HEAD = "schema: reorganisation/1\non: 2025-07-01\n"


def load(text: str | bytes, *, check: bool = False) -> Reorganised:
    return reorganise(actor=SYSTEM_ACTOR, parts=read_reorganisations(text), check=check)


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ReorganisationRefusedError) as caught:
        load(text)
    assert caught.value.code == "REORGANISATION_REFUSED"
    return [(problem.line, problem.code) for problem in caught.value.problems]


GOOD = (
    HEAD
    + """document: {type: Nghị quyết, number: 202/2025/QH15, date: 2025-06-12, issuer: Quốc hội}
create:
- {unit: so-khcn, type: department, name: Sở Khoa học và Công nghệ tỉnh An Giang, symbol: SKHCN, place: An Giang, under: ubnd-tinh}
rename:
- {unit: ubnd-tinh, name: Ủy ban nhân dân tỉnh An Giang, symbol: UBND, place: An Giang}
- {unit: so-y-te, name: Sở Y tế tỉnh An Giang, symbol: SYT, place: An Giang}
move:
- {unit: p-vinh-thanh, under: ubnd-tinh}
end:
- {unit: tp-rach-gia, successors: p-vinh-thanh}
- {unit: so-tttt, successors: [so-khcn]}
- {unit: phong-cds, successors: [so-khcn]}
"""
)


def test_units_begin_are_renamed_move_and_end_on_the_day(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    done = load(GOOD)
    assert (done.created, done.renamed, done.moved) == (
        ["so-khcn"], ["ubnd-tinh", "so-y-te"], ["p-vinh-thanh"],
    )  # fmt: skip
    assert done.ended == ["phong-cds", "tp-rach-gia", "so-tttt"]  # what lies below ends first
    assert {(one.person, one.successors) for one in done.to_grant} == {
        ("Nguyễn Thị Lan", ("p-vinh-thanh",)), ("Lê Quốc Hưng", ("p-vinh-thanh",)),
        ("Đỗ Anh Tuấn", ("so-khcn",)), ("Võ Thị Hà Phương", ("so-khcn",)),
        ("Ngô Thanh Vân", ("so-khcn",)),
    }  # fmt: skip
    ward = Unit.objects.get(code="p-vinh-thanh")
    assert (ward.path, ward.parent) == ("ubnd-tinh/p-vinh-thanh/", cast.units["ubnd-tinh"])
    district = Unit.objects.get(code="tp-rach-gia")
    assert (district.valid_to, district.end_basis) == (
        dt.date(2025, 6, 30), "Nghị quyết số 202/2025/QH15 ngày 12/06/2025 của Quốc hội",
    )  # fmt: skip
    assert WorkItem.objects.get(nomination=row, closed_at=None).unit_path == district.path


def test_names_places_and_parents_are_those_of_the_papers_day(cast: Cast) -> None:
    load(GOOD)
    before, after = dt.date(2025, 6, 30), DAY
    health, ward = cast.units["so-y-te"], Unit.objects.get(code="p-vinh-thanh")
    told = [unit_facts_on(health, day) for day in (before, after)]
    assert [(one.name, one.place, one.parent_name) for one in told] == [
        ("Sở Y tế tỉnh Kiên Giang", "Kiên Giang", "Ủy ban nhân dân tỉnh Kiên Giang"),
        ("Sở Y tế tỉnh An Giang", "An Giang", "Ủy ban nhân dân tỉnh An Giang"),
    ]
    assert [unit_facts_on(ward, day).parent_name for day in (before, after)] == [
        "Ủy ban nhân dân thành phố Rạch Giá", "Ủy ban nhân dân tỉnh An Giang",
    ]  # fmt: skip
    signer = cast["bao"]
    heads = [
        head(issuer(unit=health, signer=signer, mandate=signer.mandates[0], on=day), "01/TTr-SYT")
        for day in (before, after)
    ]
    assert [
        (one["co_quan_chu_quan"], one["co_quan_ban_hanh"], one["dia_danh"]) for one in heads
    ] == [
        ("UBND tỉnh Kiên Giang", "Sở Y tế", "Kiên Giang"),
        ("UBND tỉnh An Giang", "Sở Y tế", "An Giang"),
    ]
    assert [one["ten_co_quan"] for one in heads] == [
        "Sở Y tế tỉnh Kiên Giang", "Sở Y tế tỉnh An Giang",
    ]  # fmt: skip


def test_loading_again_changes_nothing_and_checking_writes_nothing(cast: Cast) -> None:
    stood = fingerprint()
    assert load(GOOD, check=True).ended != []
    assert fingerprint() == stood
    load(GOOD)
    stood = fingerprint()
    again = load(GOOD)
    assert (again.created, again.renamed, again.moved, again.ended) == ([], [], [], [])
    assert again.known == 7
    assert fingerprint() == stood


def test_work_that_waits_goes_along_with_a_branch_that_moves(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    load(HEAD + "move:\n- {unit: tp-rach-gia, under: so-noi-vu}\n")
    assert WorkItem.objects.get(nomination=row, closed_at=None).unit_path == (
        "ubnd-tinh/so-noi-vu/tp-rach-gia/"
    )
    assert Unit.objects.get(code="p-vinh-thanh").path == (
        "ubnd-tinh/so-noi-vu/tp-rach-gia/p-vinh-thanh/"
    )


BAD: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "unknown unit": ("end:\n- {unit: khong-co}\n", [(4, "UNIT_UNKNOWN")]),
    "unknown successor": (
        "end:\n- {unit: so-tttt, successors: [khong-co]}\n- {unit: so-y-te, successors: [xa-la]}\n",
        [(4, "UNIT_UNKNOWN"), (5, "UNIT_UNKNOWN")],
    ),
    "cycle": (
        "end:\n- {unit: so-tttt, successors: [so-y-te]}\n- {unit: so-y-te, successors: [so-tttt]}\n",
        [(4, "SUCCESSOR_CYCLE"), (5, "SUCCESSOR_CYCLE")],
    ),
    "successor of itself": (
        "end:\n- {unit: so-y-te, successors: [so-y-te]}\n", [(4, "SUCCESSOR_CYCLE")],
    ),
    "named twice": (
        "end:\n- {unit: so-y-te}\n- {unit: so-y-te}\n", [(5, "UNIT_TWICE")],
    ),
    "children go on": ("end:\n- {unit: tp-rach-gia}\n", [(4, "UNIT_HAS_CHILDREN")]),
    "successor that ends too": (
        "end:\n- {unit: phong-cds}\n- {unit: p-vinh-thanh, successors: [phong-cds]}\n",
        [(5, "ORGANISATION_VALUE")],
    ),
    "below itself": (
        "move:\n- {unit: tp-rach-gia, under: p-vinh-thanh}\n", [(4, "ORGANISATION_VALUE")],
    ),
    "no successor's name": ("rename:\n- {unit: so-y-te}\n", [(4, "MISSING_KEY")]),
    "unknown key": ("ended:\n- {unit: so-y-te}\n", [(3, "UNKNOWN_KEY")]),
    "unknown type": (
        "create:\n- {unit: a, type: huyen, name: A, under: ubnd-tinh}\n", [(4, "BAD_VALUE")],
    ),
    "code of another": (
        "create:\n- {unit: so-y-te, type: department, name: A, under: ubnd-tinh}\n",
        [(4, "UNIT_CODE_TAKEN")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_file_names_the_line_and_leaves_nothing(cast: Cast, case: str) -> None:
    text, expected = BAD[case]
    good = "" if "rename:" in text else "rename:\n- {unit: hd-tdkt, name: Hội đồng mới}\n"
    stood = fingerprint()
    assert problems(HEAD + text + good) == expected
    assert fingerprint() == stood


def test_date_before_the_units_first_day_is_refused(cast: Cast) -> None:
    early = "schema: reorganisation/1\non: 2021-01-01\n"
    assert problems(early + "end:\n- {unit: so-y-te}\n") == [(4, "ORGANISATION_VALUE")]
    assert problems(early + "rename:\n- {unit: so-y-te, name: A}\n") == [(4, "ORGANISATION_VALUE")]
    assert problems(early + "move:\n- {unit: so-y-te, under: so-noi-vu}\n") == [
        (4, "ORGANISATION_VALUE")
    ]


def test_text_that_is_no_file_of_ours_is_refused_with_its_line(cast: Cast) -> None:
    assert problems("schema: reorganisation/1\non: [\n")[0][1] == "YAML_SYNTAX"
    assert problems("schema: other/1\non: 2025-07-01\n") == [(1, "BAD_VALUE")]
    assert problems("schema: reorganisation/1\n") == [(1, "MISSING_KEY")]


def test_unit_moves_from_today_at_the_latest_and_under_one_that_lasts(cast: Cast) -> None:
    ward, under = cast.units["p-vinh-thanh"], cast.units["so-noi-vu"]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    def move(on: dt.date, unit: Unit = ward, to: Unit = under) -> Any:
        return move_unit(actor=SYSTEM_ACTOR, unit_id=unit.pk, parent_id=to.pk, valid_from=on)

    assert move(FIRST).new_path == "ubnd-tinh/so-noi-vu/p-vinh-thanh/"
    assert UnitName.objects.get(unit=ward).parent == under  # no row of its own on the first day
    for on, code in (
        (tomorrow, "ORGANISATION_VALUE"),
        (FIRST - dt.timedelta(1), "ORGANISATION_VALUE"),
    ):
        with pytest.raises(Refusal) as caught:
            move(on)
        assert caught.value.code == code
    end_unit(actor=SYSTEM_ACTOR, unit_id=cast.units["so-y-te"].pk, last_day=DAY)
    for unit, to in ((cast.units["so-y-te"], under), (ward, cast.units["so-y-te"])):
        with pytest.raises(Refusal) as caught:
            move(DAY, unit, to)
        assert caught.value.code == "UNIT_ENDED"
