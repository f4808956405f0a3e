"""A secret ballot in the browser: members take theirs, cast them unnamed, and two vote in writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from organisations.models import Unit, User
from tests import rounds
from workflow.council_states import WayOfVoting
from workflow.models import BallotRoll, CastBallot, CouncilSession, Nomination, Office
from workflow.services.councils import MemberFacts, add_council_member
from workflow.services.sessions import Convening, convene_session

pytestmark = [pytest.mark.e2e, pytest.mark.long]
Desk = Callable[[str], Page]
COUNCIL = {
    "truongban": Office.VICE_CHAIR,
    "uyvien1": Office.MEMBER,
    "uyvien2": Office.MEMBER,
    "uyvien3": Office.MEMBER,
    "thuky": Office.SECRETARY,
}
AWAY = ("uyvien2", "uyvien3")


def convened() -> CouncilSession:
    """Return a session of five on two nominations, with a secret ballot."""
    unit, secretary = Unit.objects.get(code="hd-tdkt"), rounds.actor("thuky")
    for login, office in COUNCIL.items():
        person = User.objects.get(username=login)
        facts = MemberFacts(person.full_name, person.position, office, date(2022, 1, 1), person.pk)
        add_council_member(actor=secretary, unit_id=unit.pk, facts=facts)
    ids = rounds.nominations_in("under_review", rounds.NAMES[:2])
    return convene_session(
        actor=secretary,
        facts=Convening(
            convened_for=timezone.now() + timedelta(hours=1),
            place="Phòng họp số 1",
            way=WayOfVoting.SECRET,
            nominations=ids,
            occasion_id=Nomination.objects.get(pk=ids[0]).dossier.occasion_id,
        ),
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def do(page: Page, name: str) -> None:
    """Follow an act of the session's page and confirm it."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    press(page, name)
    expect(page.get_by_role("heading", name="Phiên họp Hội đồng")).to_be_visible()


def test_a_secret_ballot_from_the_roll_call_to_the_published_box(desk: Desk) -> None:
    session = convened()
    address = f"/council-sessions/{session.pk}/"
    secretary = desk("thuky")
    secretary.goto(address)
    call_the_roll(secretary)
    present = {login: desk(login) for login in ("truongban", "uyvien1")} | {"thuky": secretary}
    for page in present.values():
        page.goto(address)
        page.get_by_role("link", name="Nhận phiếu").click()
        press(page, "Nhận phiếu")
        expect(page.get_by_text("Trình duyệt này đã giữ phiếu")).to_be_visible()
    assert BallotRoll.objects.count() == len(present)
    secretary.goto(address)
    do(secretary, "Bắt đầu bỏ phiếu")
    codes = [cast(page, address, choices) for page, choices in
             zip(present.values(), ("yy", "yn", "-n"), strict=True)]  # fmt: skip
    secretary.goto(address)
    do(secretary, "Kết thúc bỏ phiếu")
    for login in AWAY:
        tell(desk(login), address)
    secretary.goto(address)
    expect(secretary.get_by_role("cell", name="4/5", exact=True)).to_be_visible()
    secretary.get_by_role("link", name="Kết luận, lập biên bản").click()
    secretary.locator("[name=lines-0-passed]").select_option("1")
    secretary.locator("[name=lines-1-passed]").select_option("0")
    press(secretary, "Kết luận, lập biên bản")
    for code in codes:
        expect(secretary.get_by_role("cell", name=code)).to_be_visible()
    states = list(session.items.order_by("place").values_list("nomination__state", flat=True))
    assert states == ["reviewed", "not_passed"]


def call_the_roll(secretary: Page) -> None:
    """Two are away and vote in writing; they count the envelopes of each other's table."""
    secretary.get_by_role("link", name="Điểm danh").click()
    for login in AWAY:
        line = secretary.locator("fieldset", has_text=User.objects.get(username=login).full_name)
        line.get_by_label("Điểm danh").select_option("excused")
        line.get_by_label("Lý do vắng").fill("đi công tác")
        line.get_by_label("Vắng, gửi phiếu bằng văn bản").check()
    press(secretary, "Điểm danh")
    secretary.get_by_role("link", name="Khai mạc").click()
    for place, login in zip(("thứ nhất", "thứ hai"), AWAY, strict=True):
        secretary.get_by_label(f"Người kiểm phiếu {place} (tài khoản)").fill(login)
    press(secretary, "Khai mạc")


def tell(teller: Page, address: str) -> None:
    """Enter what one teller counted in the two envelopes."""
    teller.goto(address)
    teller.get_by_role("link", name="Nhập kết quả kiểm phiếu").click()
    for place, figures in enumerate(((2, 0), (1, 1))):
        teller.locator(f"[name=lines-{place}-votes_for]").fill(str(figures[0]))
        teller.locator(f"[name=lines-{place}-votes_against]").fill(str(figures[1]))
    press(teller, "Kết quả kiểm phiếu")


def cast(page: Page, address: str, choices: str) -> str:
    """Fill a ballot in and cast it; return its code. The request tells nothing of its sender."""
    page.goto(f"{address}ballot/")
    for place, choice in enumerate(choices):
        if choice != "-":
            page.locator("[data-item]").nth(place).locator(f"input[value={choice}]").check()
    with page.expect_request(f"**{address}box/") as sent:
        press(page, "Bỏ phiếu")
    assert_unnamed(sent.value)
    expect(page.get_by_text("Phiếu đã ở trong hòm")).to_be_visible()
    code = page.locator("#codes li").inner_text()
    assert CastBallot.objects.filter(hash__startswith=code).exists()
    page.reload()
    expect(page.locator("#codes li")).to_have_count(0)
    assert "signature" not in page.evaluate("JSON.stringify(localStorage)")
    return code


def assert_unnamed(request: Request) -> None:
    headers = request.all_headers()
    assert "cookie" not in headers
    assert "x-csrftoken" not in headers
    assert "referer" not in headers
