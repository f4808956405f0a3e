"""Each guard lets through what it should, and says in full why it does not."""

from __future__ import annotations

import pytest

from campaigns.models import AwardForm, AwardItem, Campaign, Decider, Occasion, Status
from workflow.guards import (
    GUARDS,
    achievement_written,
    decided_at_centre,
    decided_in_province,
    occasion_open,
)
from workflow.models import Dossier, Nomination, Nominee


def nomination(authority: Decider = Decider.PROVINCIAL_CHAIRMAN) -> Nomination:
    campaign = Campaign(name="Chuyển đổi số", status=Status.OPEN)
    occasion = Occasion(campaign=campaign, title="Tổng kết năm 2025", status=Status.OPEN)
    form = AwardForm(name="Bằng khen", decider=authority)
    return Nomination(
        nominee=Nominee(name="Nguyễn Thị Ánh"),
        dossier=Dossier(occasion=occasion, authority=authority),
        award_item=AwardItem(form=form, occasion=occasion),
        achievement="Có thành tích",
    )


def test_open_occasion_takes_nominations_and_a_closed_one_does_not() -> None:
    one = nomination()
    assert occasion_open(one) is None
    one.dossier.occasion.status = Status.CLOSED
    refusal = occasion_open(one)
    assert refusal is not None
    assert refusal.code == "OCCASION_CLOSED"
    assert "Tổng kết năm 2025" in str(refusal)


def test_closed_campaign_takes_none_even_on_an_open_occasion() -> None:
    one = nomination()
    assert occasion_open(one) is None
    one.dossier.occasion.campaign.status = Status.CLOSED
    refusal = occasion_open(one)
    assert refusal is not None
    assert refusal.code == "CAMPAIGN_CLOSED"


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_nomination_without_achievement_is_not_sent(text: str) -> None:
    one = nomination()
    assert achievement_written(one) is None
    one.achievement = text
    refusal = achievement_written(one)
    assert refusal is not None
    assert (refusal.code, refusal.what) == (
        "ACHIEVEMENT_MISSING", "Đề nghị của Nguyễn Thị Ánh chưa có thành tích.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("authority", "in_province", "at_centre"),
    [
        (Decider.PROVINCIAL_CHAIRMAN, None, "NOT_FOR_CENTRE"),
        (Decider.PRIME_MINISTER, "NOT_FOR_CHAIRMAN", None),
        (Decider.PRESIDENT, "NOT_FOR_CHAIRMAN", None),
        (Decider.UNIT_HEAD, "NOT_FOR_CHAIRMAN", "NOT_FOR_CENTRE"),
    ],
)
def test_authority_decides_what_is_its_own(
    authority: Decider, in_province: str | None, at_centre: str | None
) -> None:
    one = nomination(authority)
    refusals = [decided_in_province(one), decided_at_centre(one)]
    assert [refusal and refusal.code for refusal in refusals] == [in_province, at_centre]
    assert all("Nguyễn Thị Ánh" in refusal.what for refusal in refusals if refusal)


def test_refusal_says_who_decides_instead() -> None:
    refusal = decided_in_province(nomination(Decider.PRESIDENT))
    assert refusal is not None
    assert refusal.why == f"Bằng khen do {Decider.PRESIDENT.label} quyết định."


def test_guards_are_found_by_their_names() -> None:
    assert {name: guard.__name__ for name, guard in GUARDS.items()} == {n: n for n in GUARDS}
