"""Opening, closing and staffing: who may, who was faster, what is recorded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.models import Event
from audit.services import Who
from campaigns import services
from campaigns.errors import (
    CampaignActNotAllowedError,
    CampaignChangedError,
    CampaignClosedError,
    CampaignFileInvalidError,
    CampaignStateUnchangedError,
)
from campaigns.models import Campaign, Desk, LegalGround, MissingFact, Occasion
from organisations.actors import Actor
from organisations.models import Unit

Act = Callable[[Actor, int], object]


@pytest.fixture
def acts(kien_giang: Campaign, unit: Unit) -> dict[str, Act]:
    occasion = Occasion.objects.get(key="final_2025")
    desk = Desk.objects.get(desk="board")
    on: dict[str, Any] = {"occasion_id": occasion.pk}
    at: dict[str, Any] = {"campaign_id": kien_giang.pk}
    return {
        "open": lambda who, v: services.open_occasion(actor=who, expected_version=v, **on),
        "close": lambda who, v: services.close_occasion(actor=who, expected_version=v, **on),
        "close_all": lambda who, v: services.close_campaign(actor=who, expected_version=v, **at),
        "reopen": lambda who, v: services.reopen_campaign(actor=who, expected_version=v, **at),
        "assign": lambda who, v: services.assign_desk(
            actor=who, expected_version=v, desk_id=desk.pk, unit_id=unit.pk
        ),
    }


def last() -> Event:
    return Event.objects.filter(stream="campaign:kg-cds-2022-2025").latest("seq")


def test_an_occasion_opens_and_closes_and_says_who_did_it(
    acts: dict[str, Act], secretary: Actor
) -> None:
    acts["open"](secretary, 1)
    assert Occasion.objects.get(key="final_2025").status == "open"
    event = last()
    assert (event.action, event.role, event.name) == (
        "occasion.opened", "board_secretary", "Trần Văn Đức",
    )  # fmt: skip
    assert (event.before, event.after) == ({"status": "closed"}, {"status": "open"})
    acts["close"](secretary, 2)
    assert Occasion.objects.get(key="final_2025").status == "closed"
    assert last().action == "occasion.closed"


def test_nobody_else_may(acts: dict[str, Act], clerk: Actor) -> None:
    events = Event.objects.count()
    for act in acts.values():
        with pytest.raises(CampaignActNotAllowedError):
            act(clerk, 1)
    assert Event.objects.count() == events
    assert not Occasion.objects.filter(status="open").exists()


def test_the_slower_of_two_is_told(acts: dict[str, Act], secretary: Actor) -> None:
    for act in acts.values():
        with pytest.raises(CampaignChangedError, match="người khác thay đổi"):
            act(secretary, 99)


def test_what_is_so_already_is_no_act(acts: dict[str, Act], secretary: Actor) -> None:
    with pytest.raises(CampaignStateUnchangedError, match="Đã đóng"):
        acts["close"](secretary, 1)
    version = Campaign.objects.get().version
    with pytest.raises(CampaignStateUnchangedError):
        acts["reopen"](secretary, version)


def test_a_closed_campaign_stands_still_until_it_is_reopened(
    acts: dict[str, Act], secretary: Actor
) -> None:
    version = Campaign.objects.get().version
    acts["close_all"](secretary, version)
    assert last().action == "campaign.closed"
    for name in ("open", "assign"):
        with pytest.raises(CampaignClosedError):
            acts[name](secretary, 1)
    acts["reopen"](secretary, version + 1)
    assert last().action == "campaign.reopened"
    acts["open"](secretary, 1)


def test_a_desk_is_given_and_taken(acts: dict[str, Act], secretary: Actor, unit: Unit) -> None:
    acts["assign"](secretary, 1)
    desk = Desk.objects.get(desk="board")
    assert (desk.unit, desk.version, str(desk)) == (
        unit, 2, "Thường trực Hội đồng Thi đua - Khen thưởng",
    )  # fmt: skip
    assert last().after == {"unit": "so-khcn"}
    events = Event.objects.count()
    acts["assign"](secretary, 2)
    assert Event.objects.count() == events
    services.assign_desk(actor=secretary, desk_id=desk.pk, expected_version=2, unit_id=None)
    assert last().before == {"unit": "so-khcn"}
    assert Desk.objects.get(desk="board").unit is None


def test_legal_grounds_follow_their_file(legal_grounds: Path, who: Who) -> None:
    text = legal_grounds.read_text("utf-8")
    assert services.load_campaign(who=who, source=text)[0].outcome == "unchanged"
    assert LegalGround.objects.count() == 5
    assert str(LegalGround.objects.get(key="luat_2003")) == "Luật Thi đua, khen thưởng"
    assert "15/2003/QH11" in str(MissingFact.objects.get(key="ngay_luat_2003"))
    changed = text.replace("valid_to: 2027-02-28", "valid_to: 2028-02-28").replace(
        "- key: nd_91_2017", "- key: nd_91"
    )
    [result] = services.load_campaign(who=who, source=changed)
    assert (result.added, result.changed, result.removed) == (
        ("legalground:nd_91",), ("legalground:nd_152_2025",), ("legalground:nd_91_2017",),
    )  # fmt: skip
    event = Event.objects.filter(action="legal_grounds.updated").latest("seq")
    assert event.after == {"legalground:nd_152_2025": {"valid_to": "2028-02-28"}}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("valid_from: 2025-07-01", "valid_from: 2029-07-01", "BAD_VALUE"),
        ("key: nd_98_2023\n", "key: nd_91_2017\n", "DUPLICATE_VALUE"),
        ("valid_from: 2025-07-01", "valid_from: mai", "BAD_VALUE"),
        ("key: luat_06_2026", "key: quy_dinh_tinh", "DUPLICATE_VALUE"),
    ],
)
def test_bad_legal_grounds_are_refused(
    legal_grounds: Path, who: Who, old: str, new: str, code: str
) -> None:
    before = list(LegalGround.objects.values_list())
    text = legal_grounds.read_text("utf-8")
    assert text.count(old) == 1
    with pytest.raises(CampaignFileInvalidError) as refused:
        services.load_campaign(who=who, source=text.replace(old, new))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert list(LegalGround.objects.values_list()) == before
