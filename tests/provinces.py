"""The plans of Đồng Tháp and Bắc Kạn over the units of the cast, with their example regulations."""

from __future__ import annotations

from typing import Any

from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import AwardItem, Campaign, Desk, Kind, Occasion, SubjectKind
from campaigns.services import assign_desk, load_campaign, open_occasion
from organisations.actors import SYSTEM_ACTOR
from organisations.models import Role, Unit, UnitType
from organisations.services import create_unit, grant_role, join_group
from organisations.services.roles import Period
from organisations.services.units import Naming
from tests.cast import DESKS, FIRST, Cast
from tests.factories import person
from tests.replay import walk
from workflow.services.nominees import NominationFacts, NomineeFacts

FILES = {
    "dt-cds-2021-2025": ("dong-thap-2021-2025.yaml", "dong-thap-vi-du.yaml", "tong_ket"),
    "bk-cds-2022-2025": ("bac-kan-2022-2025.yaml", "bac-kan-vi-du.yaml", "movement"),
}
PEOPLE = {Kind.INDIVIDUAL: "cbccvc_nld", Kind.COLLECTIVE: "co_quan_don_vi"}


def load(cast: Cast, key: str) -> Campaign:
    """Load a plan with its example, staff its desks as Kiên Giang's, and open its occasion."""
    walk(("load", key), lambda: _load(cast, key))
    return Campaign.objects.get(key=key)


def _load(cast: Cast, key: str) -> None:
    plan, example, opened = FILES[key]
    load_campaign(
        who=SYSTEM,
        source=(SHIPPED / plan).read_bytes(),
        example=(SHIPPED / "examples" / example).read_bytes(),
    )
    campaign = Campaign.objects.get(key=key)
    for desk in Desk.objects.filter(campaign=campaign):
        assign_desk(
            actor=cast["dung"],
            desk_id=desk.pk,
            expected_version=desk.version,
            unit_id=cast.units[DESKS[desk.desk]].pk,
        )
    occasion = Occasion.objects.get(campaign=campaign, key=opened)
    open_occasion(actor=cast["dung"], occasion_id=occasion.pk, expected_version=occasion.version)


def facts(
    campaign: Campaign, item: str, nominee: NomineeFacts | None = None, **changes: Any
) -> NominationFacts:
    """Return a nomination for an award item of the campaign."""
    who = nominee or person()
    kind = changes.pop("subject", PEOPLE.get(who.kind, "ho_gia_dinh"))
    given: dict[str, Any] = {
        "nominee": who,
        "award_item_id": AwardItem.objects.get(campaign=campaign, key=item).pk,
        "subject_kind_id": SubjectKind.objects.get(campaign=campaign, key=kind).pk,
        "summary": "Tiêu biểu trong chuyển đổi số",
        "achievement": "Chủ trì 12 dịch vụ công trực tuyến toàn trình.",
    }
    return NominationFacts(**{**given, **changes})


def make_group(cast: Cast) -> Unit:
    """Make an emulation group of the city and the health department, with a clerk and a head."""
    group = create_unit(
        actor=SYSTEM_ACTOR,
        code="khoi-1",
        type=UnitType.EMULATION_GROUP,
        naming=Naming("Khối thi đua số 1", "Khối 1", "KTĐ1"),
        valid_from=FIRST,
        parent_id=cast.units["ubnd-tinh"].pk,
        place="Kiên Giang",
    )
    for code in ("tp-rach-gia", "so-y-te"):
        join_group(
            actor=SYSTEM_ACTOR,
            group_id=group.pk,
            member_id=cast.units[code].pk,
            valid_from=FIRST,
        )
    for login, role in (("lan", Role.UNIT_CLERK), ("hung", Role.UNIT_HEAD)):
        grant_role(
            actor=SYSTEM_ACTOR,
            user_id=cast.users[login].pk,
            role=role,
            unit_id=group.pk,
            period=Period(FIRST),
        )
        cast.refresh(login)
    cast.units["khoi-1"] = group
    return group
