"""Pages of units: the tree of a day, one unit, and what waits for hand-over."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.actors import SYSTEM_ACTOR
from organisations.models import Role, Unit, User
from organisations.services import grant_role
from organisations.services.roles import Period
from tests import rounds
from tests.reorganised import DAY
from workflow.models import Dossier

SHIPPED = Path(settings.BASE_DIR) / "organisations/data/an_giang_2025.yaml"
Office = Callable[[str], Client]


@pytest.fixture
def reorganised(province: None, db: None) -> None:
    """The demo province after 1 July 2025, with one dossier begun before."""
    rounds.draft(rounds.NAMES[:1])
    call_command("load_reorganisation", str(SHIPPED), stdout=io.StringIO())


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_tree_shows_names_and_parents_of_the_day_asked_for(
    reorganised: None, office: Office
) -> None:
    admin = office("quantri")
    today = text(admin, "/units/")
    assert "Ủy ban nhân dân tỉnh An Giang" in today
    assert "Ủy ban nhân dân huyện Gò Quao" not in today
    before = text(admin, "/units/?on=30/06/2025&q=gò quao")
    assert "Ủy ban nhân dân tỉnh Kiên Giang" in before
    assert "Ủy ban nhân dân huyện Gò Quao" in before
    assert "Sở Nội vụ" not in before
    assert "kết thúc hết ngày 30/06/2025" in before
    assert "Không có đơn vị nào vào ngày này." in text(admin, "/units/?on=01/01/1990")
    assert "Nhập một ngày" in text(admin, "/units/?on=hôm qua")


def test_tree_is_for_its_readers(reorganised: None, office: Office) -> None:
    unit = Unit.objects.get(code="so-y-te")
    assert "Đơn vị" in text(office("quantri"), "/units/")
    for address in ("/units/", f"/units/{unit.pk}/", "/units/hand-over/"):
        text(office("cv.yte"), address, 404)
    assert 'href="/units/"' not in text(office("cv.yte"), "/")


def test_unit_shows_its_names_over_time_and_who_came_before_and_after(
    reorganised: None, office: Office
) -> None:
    admin = office("quantri")
    page = text(admin, f"/units/{Unit.objects.get(code='so-tttt').pk}/")
    assert "Sở Khoa học và Công nghệ tỉnh An Giang" in page
    assert "Còn thiếu: số, ngày văn bản" in page
    assert "không tự chuyển" in page
    heir = text(admin, f"/units/{Unit.objects.get(code='p-vinh-lac').pk}/")
    assert "Ủy ban nhân dân thành phố Rạch Giá" in heir
    assert "Nghị quyết số 202/2025/QH15 của Quốc hội" in heir
    assert "Còn thiếu" not in heir


def test_pages_of_units_cost_the_same_however_much_they_show(
    reorganised: None, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin = office("quantri")
    pages = {
        "/units/?q=vĩnh lạc": 11,
        "/units/": 11,
        f"/units/{Unit.objects.get(code='so-tttt').pk}/": 16,
        f"/units/{Unit.objects.get(code='tp-rach-gia').pk}/": 16,
        "/units/hand-over/": 15,
    }
    for address, count in pages.items():
        with django_assert_num_queries(count):
            admin.get(address)


def more_dossiers(count: int) -> None:
    """Put further dossiers beside the one that waits."""
    first = Dossier.objects.get()
    row = first.nominations.get()
    for number in range(count):
        dossier = Dossier.objects.create(
            code=f"{first.code}-{number}", occasion=first.occasion, unit=first.unit,
            authority=first.authority, created_at=first.created_at, began_with=first.unit,
        )  # fmt: skip
        nominee = row.nominee
        nominee.pk, nominee.identity = None, f"{row.nominee.identity}-{number}"
        nominee._state.adding = True
        nominee.save()
        row.pk, row.dossier, row.nominee = None, dossier, nominee
        row._state.adding = True
        row.save()


def test_hand_over_page_costs_the_same_with_one_and_three_dossiers(
    reorganised: None, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin = office("quantri")
    with django_assert_num_queries(15):
        admin.get("/units/hand-over/")
    more_dossiers(2)
    with django_assert_num_queries(15):
        admin.get("/units/hand-over/")


def hand(client: Client, **changes: object) -> object:
    dossier = Dossier.objects.get()
    key = f"u{dossier.unit_id}"
    given = {
        "form": key,
        "item": f"{dossier.pk}:{dossier.version}",
        f"{key}-to_unit": Unit.objects.get(code="p-vinh-lac").pk,
        f"{key}-reason": "Bỏ cấp huyện",
        f"{key}-basis": "Nghị quyết số 202/2025/QH15",
        **{name.replace("key-", f"{key}-"): value for name, value in changes.items()},
    }
    return client.post("/units/hand-over/", given)


def test_administrator_hands_a_dossier_over_from_the_page(
    reorganised: None, office: Office
) -> None:
    admin = office("quantri")
    page = text(admin, "/units/hand-over/")
    assert "Ủy ban nhân dân phường Vĩnh Lạc: chưa có ai làm" in page
    assert "Bàn xử lý: Thẩm định chuyên môn" in page
    dossier = Dossier.objects.get()
    waiting = text(admin, f"/dossiers/{dossier.pk}/")
    assert "Hồ sơ chờ bàn giao cho:" in waiting

    missing = hand(admin, **{"key-reason": ""})
    assert "Trường này" in missing.content.decode() or missing.status_code == 200  # type: ignore[attr-defined]
    stale = hand(admin, item=f"{dossier.pk}:9")
    assert stale.status_code == 409  # type: ignore[attr-defined]
    assert "DOSSIER_CHANGED" in stale.content.decode()  # type: ignore[attr-defined]
    assert hand(admin, form="x").status_code == 404  # type: ignore[attr-defined]
    assert hand(admin, item="x").status_code == 404  # type: ignore[attr-defined]

    assert hand(admin).status_code == 302  # type: ignore[attr-defined]
    after = text(admin, "/units/hand-over/")
    assert "Vai trò không tự chuyển theo" in after
    assert dossier.code not in after
    whole = text(admin, f"/dossiers/{dossier.pk}/")
    assert "Đơn vị lập ban đầu" in whole
    assert "Bàn giao hồ sơ" in whole
    nomination = text(admin, f"/nominations/{dossier.nominations.get().pk}/")
    assert "Bàn giao cho đơn vị kế thừa" in nomination
    assert "Từ đơn vị: Ủy ban nhân dân thành phố Rạch Giá" in nomination


def test_head_of_a_successor_sees_and_takes_what_may_come_to_him(
    reorganised: None, office: Office
) -> None:
    ward = Unit.objects.get(code="p-vinh-lac")
    grant_role(
        actor=SYSTEM_ACTOR, user_id=User.objects.get(username="tt.rachgia").pk,
        role=Role.UNIT_HEAD, unit_id=ward.pk, period=Period(ward.valid_from + DAY),
    )  # fmt: skip
    assert "KG-CDS" in text(office("tt.rachgia"), "/units/hand-over/")
    assert "KG-CDS" not in text(office("tt.yte"), "/units/hand-over/")
    assert hand(office("tt.rachgia")).status_code == 302  # type: ignore[attr-defined]
    assert "KG-CDS" in text(office("tt.rachgia"), "/dossiers/")


def test_secretary_hands_the_desk_over_from_the_page(reorganised: None, office: Office) -> None:
    from campaigns.models import Desk

    desk = Desk.objects.get(desk="appraisal", campaign__key="kg-cds-2022-2025")
    key = f"d{desk.pk}"
    given = {
        "form": key,
        "version": desk.version,
        f"{key}-to_unit": Unit.objects.get(code="so-khcn").pk,
        f"{key}-reason": "Hợp nhất sở",
    }
    secretary = office("thuky")
    assert secretary.post("/units/hand-over/", {**given, "version": "x"}).status_code == 404
    assert secretary.post("/units/hand-over/", given).status_code == 302
    desk.refresh_from_db()
    assert desk.unit == Unit.objects.get(code="so-khcn")
