"""Who issues and who signs, as NĐ 30/2020/NĐ-CP writes it; and the order of names."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from documents.alphabet import vietnamese_key
from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit, UnitType
from organisations.queries import UnitFacts
from workflow.papers.letterhead import Issuer, head, printed_date, signature
from workflow.papers.reports import head_of_household, paragraphs

PROVINCE = "Ủy ban nhân dân tỉnh Kiên Giang"


def issuer(kind: UnitType, name: str, position: str, above: str = PROVINCE) -> Issuer:
    pk = UUID(int=1)
    unit = Unit(pk=pk, type=kind, code="a", path="a/")
    facts = UnitFacts(pk, "a", kind, name, "", "A", "Kiên Giang", above, "")
    mandate = Mandate(Role.UNIT_HEAD, pk, "a/", name)
    signer = Actor(7, "Trần Minh Đức", position, (mandate,))
    return Issuer(unit, facts, signer, mandate, date(2026, 2, 6))


@pytest.mark.parametrize(
    ("kind", "position", "lines"),
    [
        (UnitType.DEPARTMENT, "Giám đốc", ["GIÁM ĐỐC"]),
        (UnitType.DEPARTMENT, "Phó Giám đốc", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        (UnitType.DISTRICT, "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (UnitType.COUNCIL, "Phó Chủ tịch",
         ["TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (UnitType.ENTERPRISE, "Tổng Giám đốc", ["TỔNG GIÁM ĐỐC"]),
        (UnitType.DEPARTMENT, "Quyền Giám đốc", ["Q. GIÁM ĐỐC"]),
        (UnitType.DISTRICT, "Quyền Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
        (UnitType.DEPARTMENT, "Phó Giám đốc phụ trách", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
    ],
)  # fmt: skip
def test_signature_says_on_whose_behalf(kind: UnitType, position: str, lines: list[str]) -> None:
    signed = signature(issuer(kind, "Cơ quan", position))
    assert signed == {"quyen_han": lines, "ho_ten": "Trần Minh Đức"}


def test_chairman_decides_as_himself() -> None:
    by = issuer(UnitType.PEOPLES_COMMITTEE, PROVINCE, "Chủ tịch", "")
    assert signature(by, in_person=True)["quyen_han"] == ["CHỦ TỊCH"]
    assert signature(by)["quyen_han"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_head_names_the_body_above_only_where_there_is_one() -> None:
    department = head(issuer(UnitType.DEPARTMENT, "Sở Y tế tỉnh Kiên Giang", "Giám đốc"), "05/A")
    assert department["co_quan_chu_quan"] == "UBND tỉnh Kiên Giang"
    assert department["co_quan_ban_hanh"] == "Sở Y tế"
    assert department["ten_co_quan"] == "Sở Y tế tỉnh Kiên Giang"
    assert (department["so_ky_hieu"], department["ngay_ban_hanh"]) == ("05/A", "2026-02-06")
    district = head(issuer(UnitType.DISTRICT, "Ủy ban nhân dân huyện An Biên", "Chủ tịch"), "")
    assert district["co_quan_chu_quan"] == ""
    assert district["co_quan_ban_hanh"] == "Ủy ban nhân dân\nhuyện An Biên"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 6), "06 tháng 02 năm 2026"),
        (date(2026, 3, 10), "10 tháng 3 năm 2026"),
        (date(2026, 12, 31), "31 tháng 12 năm 2026"),
    ],
)
def test_date_is_printed_with_noughts_where_the_decree_wants_them(day: date, text: str) -> None:
    assert printed_date(day) == text


def test_names_stand_in_vietnamese_order() -> None:
    ordered = ["An", "Án", "Ăn", "Ân", "Châu", "Dũng", "Đạt", "Em", "Ê", "Oanh", "Ôn", "Ơn",
               "Uyên", "Ưng", "Xuân", "Yến"]  # fmt: skip
    assert sorted(set(ordered), key=vietnamese_key) == ordered


@pytest.mark.parametrize(
    ("household", "person"),
    [
        ("Hộ ông Trần Văn Bé", "Trần Văn Bé"),
        ("Hộ gia đình bà Lê Thị Hai", "Lê Thị Hai"),
        ("Gia đình Nguyễn Văn Ba", "Nguyễn Văn Ba"),
    ],
)
def test_household_is_named_after_its_head(household: str, person: str) -> None:
    assert head_of_household(household) == person


def test_paragraphs_are_the_lines_that_say_something() -> None:
    assert paragraphs(" Một \n\n  \nHai\n") == ["Một", "Hai"]
