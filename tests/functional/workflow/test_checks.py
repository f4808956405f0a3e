"""The public page behind the QR code: what it tells, to whom, how often."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from documents.models import DocumentVersion
from tests.cast import Cast
from tests.factories import facts, nomination_in, nominations_in, person
from workflow.models import Nomination, PublicCheck
from workflow.pages.checks import AWARDED, ENDED, IN_HAND, WITH_UNIT, checked, masked, status_of
from workflow.services import closing
from workflow.services.checks import check_addresses
from workflow.states import State

SITE = "https://thiduakhenthuong.example"


@pytest.fixture(autouse=True)
def _fresh_counters(db: None) -> None:
    cache.clear()


def token_of(row: Nomination, *, whole: bool = False) -> str:
    addresses = check_addresses(row.dossier, [row.pk], at=timezone.now(), site=SITE)
    return addresses[None if whole else row.pk].rstrip("/").rpartition("/")[2]


def test_nominee_is_told_by_status_and_first_letters_alone(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    answer = Client().get(reverse("check", args=[token_of(row)]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "N••••• T•• N••• Á••" in text
    assert str(IN_HAND) in text
    for secret in (row.nominee.name, row.dossier.code, str(row.pk), "Rạch Giá", "Bằng khen"):
        assert secret not in text, secret
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"


def test_dossier_is_told_by_the_unit_half_covered(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    found = checked(token_of(row, whole=True))
    assert found.whole
    assert found.name == "Ủ• b•• n••• d•• t•••• p•• R••• G••"
    assert found.status == str(WITH_UNIT)


def test_award_is_told_after_filing_and_a_refusal_is_not_explained(cast: Cast) -> None:
    awarded = nomination_in(State.CLOSED, cast)
    assert checked(token_of(awarded)).status == str(AWARDED)
    refused = nomination_in(State.INELIGIBLE, cast, facts(person("Lê Thị Hồng")))
    assert checked(token_of(refused)).status == str(ENDED)
    assert checked(token_of(awarded, whole=True)).status == str(AWARDED)


def test_status_of_a_dossier_is_that_of_what_is_least_far() -> None:
    assert status_of({State.DRAFT, State.UNDER_REVIEW}, awarded=False) == str(IN_HAND)
    assert status_of({State.DRAFT, State.AWARDED}, awarded=True) == str(WITH_UNIT)
    assert status_of({State.CLOSED, State.WITHDRAWN}, awarded=False) == str(ENDED)
    assert status_of(set(), awarded=False) == str(ENDED)


def test_unknown_code_is_not_found_in_words_for_who_holds_a_paper(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    token = token_of(row)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), str(row.pk), "x"):
        answer = Client().get(reverse("check", args=[wrong]))
        assert answer.status_code == 404
        assert "Không có hồ sơ nào mang mã này" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


def test_callers_are_counted_and_the_thirty_first_in_a_minute_waits(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    url = reverse("check", args=[token_of(nomination_in(State.PROPOSED, cast))])
    time_machine.move_to(datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC), tick=False)
    answers = [Client().get(url).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert Client(REMOTE_ADDR="192.0.2.7").get(url).status_code == 200
    time_machine.shift(60)
    assert Client().get(url).status_code == 200


def test_page_is_read_only(cast: Cast) -> None:
    url = reverse("check", args=[token_of(nomination_in(State.PROPOSED, cast))])
    assert Client().post(url).status_code == 405


def test_tokens_are_random_stay_the_same_and_are_not_made_without_an_address(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    at = timezone.now()
    assert check_addresses(row.dossier, [row.pk], at=at, site="") == {}
    assert not PublicCheck.objects.exists()
    first = check_addresses(row.dossier, [row.pk], at=at, site=SITE)
    assert check_addresses(row.dossier, [row.pk], at=at, site=SITE) == first
    assert set(first) == {None, row.pk}
    tokens = list(PublicCheck.objects.values_list("token", flat=True))
    assert len(set(tokens)) == 2
    assert all(len(token) == 22 for token in tokens)
    assert str(PublicCheck.objects.first()) == str(row.dossier_id)
    assert all(address.startswith(f"{SITE}/check/") for address in first.values())


def test_masked_keeps_first_letters_and_lengths() -> None:
    assert masked("Hộ ông Y  Bé") == "H• ô•• Y B•"


def test_merged_dossier_bears_its_own_address_and_each_nominees(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = nominations_in(State.PROPOSED, cast, facts(), facts(person("Lê Thị Hồng")))
    monkeypatch.setattr(check_addresses, "__kwdefaults__", {"site": SITE})
    document = closing.put_together(actor=cast["lan"], dossier_id=rows[0].dossier_id)
    values = document.versions.get().values
    tokens: dict[UUID | None, str] = dict(PublicCheck.objects.values_list("nomination", "token"))
    assert values["cover"]["check_url"] == f"{SITE}/check/{tokens[None]}/"
    found = {
        DocumentVersion.objects.get(pk=part["version"]).document.template_key: part["check_url"]
        for part in values["parts"]
    }
    assert found["to_trinh_don_vi"] == values["cover"]["check_url"]
    assert found["bao_cao_ca_nhan"] in {f"{SITE}/check/{tokens[row.pk]}/" for row in rows}
