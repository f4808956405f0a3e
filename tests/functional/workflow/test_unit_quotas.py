"""A unit's own council under a quota of awards that its head gives; and the number it considers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import AwardForm, Campaign, Kind, Quota, Rounding
from tests import provinces
from tests.cast import Cast
from tests.councils import (
    call_roll,
    convening,
    counting,
    members_of,
    opened,
    seat,
    voters,
    voting,
    write_votes,
)
from tests.factories import again, asked, count, draft, meeting, person
from workflow.last_places import Said
from workflow.models import Choice, CouncilSession, Nomination
from workflow.services import drafting, proposing
from workflow.services.concluding import conclude_session
from workflow.services.session_quotas import record_considered
from workflow.services.session_votes import MemberVote
from workflow.services.sessions import convene_session
from workflow.session_places import Places, places_of

GK, BK = "giay_khen", "bk_tinh"
NAMES = ("Nguyễn Văn An", "Lê Thị Bình")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    return provinces.load(cast, "bk-cds-2022-2025")


def quota_of(campaign: Campaign, form: str) -> Quota:
    return Quota.objects.create(
        campaign=campaign, key=form, kind=Kind.INDIVIDUAL, percent=Decimal(50),
        form=AwardForm.objects.get(campaign=campaign, key=form), of="số cá nhân dự xét",
        rounding=Rounding.DOWN,
    )  # fmt: skip


def prepared(cast: Cast, campaign: Campaign, *names: str, item: str = GK) -> list[Nomination]:
    rows = draft(cast, *(provinces.facts(campaign, item, person(name)) for name in names))
    drafting.prepare_nominations(actor=cast["lan"], items=asked(*rows))
    return again(*rows)


def session_on(cast: Cast, rows: list[Nomination]) -> CouncilSession:
    """Return a session of the unit in which everybody raised a hand for everybody."""
    facts = convening([], nominations=[row.pk for row in rows], dossier_id=rows[0].dossier_id)
    session = convene_session(actor=cast["lan"], facts=facts)
    session = voting(cast, opened(cast, call_roll(cast, session, by="lan"), by="lan"), by="lan")
    for item in session.items.all():
        hands = [MemberVote(one.pk, Choice.YES) for one in members_of(session)]
        write_votes(cast, session, item.pk, hands, by="lan")
    return counting(cast, session, by="lan")


def places(session: CouncilSession) -> list[Places]:
    return places_of(session, session.items.select_related("nomination__award_item"))


def consider(cast: Cast, session: CouncilSession, many: int) -> CouncilSession:
    return record_considered(
        actor=cast["lan"], session_id=session.pk, expected_version=session.version,
        considered={GK: many},
    )  # fmt: skip


def conclude(cast: Cast, session: CouncilSession, words: str) -> CouncilSession:
    """Say of each item in turn that it passes, “y”, or not."""
    items = session.items.order_by("place").values_list("pk", flat=True)
    said = {
        key: Said(passed=word == "y", reason="ý kiến")
        for key, word in zip(items, words, strict=True)
    }
    return conclude_session(
        actor=cast["lan"], session_id=session.pk, expected_version=session.version,
        conclusions=said,
    )  # fmt: skip


def test_unit_shares_out_the_places_of_what_its_head_gives(cast: Cast, campaign: Campaign) -> None:
    quota_of(campaign, GK)
    quota_of(campaign, BK)
    session = session_on(cast, prepared(cast, campaign, *NAMES))
    [one] = places(session)
    assert (one.quota.key, one.counted, one.counted_words) == (GK, 2, "2 trong chương trình")
    session = consider(cast, session, one.counted)
    with pytest.raises(Refusal) as caught:
        conclude(cast, session, "yy")
    assert caught.value.code == "COUNCIL_TIE_OPEN"
    assert conclude(cast, session, "yn").state == "closed"


def test_places_used_and_people_considered_before_are_counted(
    cast: Cast, campaign: Campaign
) -> None:
    """Those of another unit are not: each has the places of its own."""
    quota_of(campaign, GK)
    for unit, names in (("tp-rach-gia", ("Võ Văn Ba", "Trần Thị Tư")), ("so-y-te", ("Lý Năm",))):
        rows = draft(
            cast, *(provinces.facts(campaign, GK, person(name)) for name in names), unit=unit
        )
        proposing.record_unit_meeting(
            actor=cast["lan" if unit == "tp-rach-gia" else "mai"],
            dossier_id=rows[0].dossier_id,
            facts=meeting(),
            counts=[count(row, passed=row is rows[0]) for row in rows],
        )
    session = session_on(cast, prepared(cast, campaign, *NAMES))
    [one] = places(session)
    assert (one.counted, one.before, one.taken) == (4, 2, 1)
    assert one.counted_words == "2 trong chương trình, 2 đã xét trước"


def test_council_of_a_unit_has_no_places_of_the_province_s_awards_and_the_page_says_so(
    cast: Cast, campaign: Campaign
) -> None:
    quota_of(campaign, BK)
    session = session_on(cast, prepared(cast, campaign, *NAMES, item=BK))
    assert places(session) == []
    client = Client()
    client.force_login(cast.users["lan"])
    text = client.get(f"/council-sessions/{session.pk}/").content.decode()
    assert "Phong trào không đặt hạn mức nào cho Hội đồng đơn vị" in text
    assert conclude(cast, session, "yy").state == "closed"


def test_number_considered_is_proposed_from_the_session_and_the_log_tells_another(
    cast: Cast, campaign: Campaign
) -> None:
    quota_of(campaign, GK)
    session = session_on(cast, prepared(cast, campaign, *NAMES))
    client = Client()
    client.force_login(cast.users["lan"])
    form = client.get(f"/council-sessions/{session.pk}/acts/quotas/").content.decode()
    assert "theo phiên họp: 2, 2 trong chương trình" in form
    assert 'value="2"' in form
    session = consider(cast, session, 2)
    consider(cast, session, 40)
    told = Event.objects.filter(action="council.considered_recorded").order_by("seq")
    assert [event.data["what"] for event in told] == [
        [f"số cá nhân dự xét ({AwardForm.objects.get(campaign=campaign, key=GK).name}): {said}"]
        for said in (
            "2 (theo phiên họp; 2 trong chương trình)",
            "40 (theo phiên họp: 2; 2 trong chương trình)",
        )
    ]
