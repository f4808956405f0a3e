"""A secret ballot of fifteen: members take theirs and cast them unnamed, two vote in writing.

Three vote by clicking, each in a browser of his own; ten more speak to the same server as their
browsers would, with the same steps in Python (workflow.blindrsa).
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from organisations.models import Unit, User
from tests import rounds
from workflow.ballot_box import TOKEN_BYTES, Ballot, Paper
from workflow.blindrsa import PublicKey, blind, is_signed, unblind
from workflow.council_states import WayOfVoting
from workflow.models import BallotRoll, CastBallot, CouncilSession, Nomination, Office
from workflow.services.councils import MemberFacts, add_council_member
from workflow.services.sessions import Convening, convene_session

pytestmark = [pytest.mark.e2e, pytest.mark.long]
Desk = Callable[[str], Page]
BY_CLICKING = {
    "truongban": Office.VICE_CHAIR,
    "uyvien1": Office.MEMBER,
    "thuky": Office.SECRETARY,
}
AWAY = ("uyvien2", "uyvien3")
TELLERS = ("truongban", "uyvien1")
CHOICES = {"truongban": "yy", "uyvien1": "yn", "thuky": "-n"}
OTHERS = ("yn", "yn", "yn", "yn", "yn", "yn", "yn", "ny", "ny", "--")


def convened() -> CouncilSession:
    """Return a session of fifteen on two nominations, with a secret ballot."""
    unit, secretary = Unit.objects.get(code="hd-tdkt"), rounds.actor("thuky")
    more = [
        User.objects.create_user(f"uv{n}", full_name=f"Ủy viên Thứ {n}", position="Giám đốc")
        for n in range(1, len(OTHERS) + 1)
    ]
    offices = BY_CLICKING | dict.fromkeys((*AWAY, *(one.username for one in more)), Office.MEMBER)
    for login, office in offices.items():
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


class Distant:
    """A member at a machine of his own, without a browser: the steps of ballot.js by HTTP."""

    def __init__(self, server: str, user: User, session_id: UUID) -> None:
        client = Client()
        client.force_login(user)
        self.page = f"{server}/council-sessions/{session_id}/"
        self.cookie = f"sessionid={client.cookies['sessionid'].value}"
        with self._open("ballot/", None, {"Cookie": self.cookie}) as answer:
            shown = answer.read().decode()
            token = str(answer.headers["Set-Cookie"]).split("csrftoken=")[1].split(";")[0]
        self.headers = {"Cookie": f"{self.cookie}; csrftoken={token}", "X-CSRFToken": token}
        (modulus,) = re.findall('data-modulus="([0-9a-f]+)"', shown)
        self.paper = Paper(session_id, 1, PublicKey(int(modulus, 16)), 2)

    def _open(self, path: str, sent: object, headers: dict[str, str]) -> Any:
        body = None if sent is None else json.dumps(sent).encode()
        asked = urllib.request.Request(self.page + path, body, headers)
        asked.add_header("Referer", self.page)
        return urllib.request.urlopen(asked, timeout=30)

    def take(self, token: bytes) -> None:
        """Have a token signed, blindly."""
        key = self.paper.key
        blinded, inverse = blind(key, self.paper.message(token))
        with self._open("ballot/papers/", {"blinded": {"1": f"{blinded:x}"}}, self.headers) as said:
            signed = int(json.load(said)["signed"]["1"], 16)
        self.ballot = Ballot(token, unblind(key, signed, inverse).to_bytes(key.size), "")

    def cast(self, choices: str) -> str:
        """Put the ballot into the box, with no sign of who sends it; return its code."""
        sent = {"paper": 1, "token": self.ballot.token.hex(),
                "signature": self.ballot.signature.hex(), "choices": choices}  # fmt: skip
        with self._open("box/", sent, {}) as said:
            return str(json.load(said)["hash"])[:12]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def do(page: Page, name: str) -> None:
    """Follow an act of the session's page and confirm it."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    press(page, name)
    expect(page.get_by_role("heading", name="Phiên họp Hội đồng")).to_be_visible()


def test_a_secret_ballot_from_the_roll_call_to_the_published_box(
    desk: Desk, live_server: LiveServer
) -> None:
    session = convened()
    address = f"/council-sessions/{session.pk}/"
    desks = {login: desk(login) for login in BY_CLICKING}
    secretary = desks["thuky"]
    secretary.goto(address)
    call_the_roll(secretary)
    for page in desks.values():
        page.goto("/notices/")
        page.get_by_role("row", name="Đang phát phiếu kín").get_by_role("link").click()
        page.get_by_role("link", name="Nhận phiếu").click()
        press(page, "Nhận phiếu")
        expect(page.get_by_text("Trình duyệt này đã giữ phiếu")).to_be_visible()
    distant = [
        Distant(live_server.url, User.objects.get(username=f"uv{n}"), session.pk)
        for n in range(1, len(OTHERS) + 1)
    ]
    for n, member in enumerate(distant):
        member.take(bytes([n]) * TOKEN_BYTES)
    assert BallotRoll.objects.count() == 13
    secretary.goto(address)
    do(secretary, "Bắt đầu bỏ phiếu")
    codes = [cast(page, address, CHOICES[login]) for login, page in desks.items()]
    codes += [one.cast(choices) for one, choices in zip(distant, OTHERS, strict=True)]
    assert CastBallot.objects.count() == 13
    secretary.goto(address)
    do(secretary, "Kết thúc bỏ phiếu")
    for login in TELLERS:
        tell(desks[login], address)
    secretary.goto(address)
    for votes in ("11/15", "4/15"):
        expect(secretary.get_by_role("cell", name=votes, exact=True)).to_be_visible()
    conclude(secretary)
    for code in codes:
        expect(secretary.get_by_role("cell", name=code)).to_be_visible()
    states = list(session.items.order_by("place").values_list("nomination__state", flat=True))
    assert states == ["reviewed", "not_passed"]
    assert recounted(secretary, address) == [{"y": 9, "n": 2, "-": 2}, {"y": 3, "n": 9, "-": 1}]


def conclude(secretary: Page) -> None:
    """Say what the council concluded, since no checked text decides."""
    secretary.get_by_role("link", name="Kết luận, lập biên bản").click()
    secretary.locator("[name=lines-0-passed]").select_option("1")
    secretary.locator("[name=lines-1-passed]").select_option("0")
    press(secretary, "Kết luận, lập biên bản")


def recounted(page: Page, address: str) -> list[dict[str, int]]:
    """Count the published box again, signature by signature, as anybody may."""
    box = page.request.get(f"{address}box.json").json()
    (paper,) = box["papers"]
    known = Paper(UUID(box["session"]), 1, PublicKey(int(paper["modulus"], 16)), 2)
    for one in paper["ballots"]:
        message = known.message(bytes.fromhex(one["token"]))
        assert is_signed(known.key, message, int(one["signature"], 16))
    assert len(paper["ballots"]) == paper["handed"] == 13
    columns = zip(*(one["choices"] for one in paper["ballots"]), strict=True)
    return [{letter: column.count(letter) for letter in "yn-"} for column in columns]


def call_the_roll(secretary: Page) -> None:
    """Two are away and vote in writing; two who are there will count their envelopes."""
    secretary.get_by_role("link", name="Điểm danh").click()
    for login in AWAY:
        line = secretary.locator("fieldset", has_text=User.objects.get(username=login).full_name)
        line.get_by_label("Điểm danh").select_option("excused")
        line.get_by_label("Lý do vắng").fill("đi công tác")
        line.get_by_label("Vắng, gửi phiếu bằng văn bản").check()
    press(secretary, "Điểm danh")
    secretary.get_by_role("link", name="Khai mạc").click()
    for place, login in zip(("thứ nhất", "thứ hai"), TELLERS, strict=True):
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
