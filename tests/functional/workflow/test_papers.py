"""Every paper is given all the fields of its template, and beside them only what papers share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
import yaml
from django.utils.timezone import localtime as now

from campaigns.models import Campaign, Kind
from documents.models import DocumentVersion
from tests.cast import TEMPLATES, Cast
from tests.councils import call_roll, convened, opened, seat, voters
from tests.factories import (
    PRESIDENT,
    PRIME_MINISTER,
    collective,
    facts,
    give_back,
    household,
    nomination_in,
    nominations_in,
    person,
    revoke,
)
from tests.figures import sheet_in
from tests.functional.workflow.test_correcting import FORM, NAME, mend
from tests.registering import accepted, round_of
from workflow.council_states import WayOfVoting
from workflow.figure_states import SheetState
from workflow.papers.archive import Handed
from workflow.papers.reports import PARTS
from workflow.papers.reports import TEMPLATES as REPORTS
from workflow.proof.stale import stale_among
from workflow.services.archiving import draw_up_transfer
from workflow.services.opinions import BodyFacts, ask_opinions
from workflow.services.public_notices import NoticeFacts, close_notice, post_notice
from workflow.services.registration_answers import sum_up_registrations
from workflow.services.topic_reports import request_topic_report
from workflow.services.yearly_reports import request_period_report, request_yearly_report
from workflow.states import State

Fields = list[dict[str, Any]]
FRAME = {"phong_trao", "can_cu", "co_quan_ban_hanh"}
"""What the frame of a paper says that data may say differently later."""
LISTED = {
    "danh_sach_tap_the", "danh_sach_ca_nhan", "danh_sach_ho_gia_dinh", "danh_sach", "van_ban",
}  # fmt: skip
AS_OF_THAT_DAY = {"phieu_tiep_nhan", "tong_hop_dang_ky"}
"""Papers that tell what came on a day: what is mended later does not put them out of date."""
SHARED = {"ten_co_quan", "ngay_sinh", "phieu_dong_y", "so_thanh_vien", "ty_le"}
"""Facts in heads and lists that papers share, which not every template prints."""


def fields_of(key: str) -> Fields:
    listed = yaml.load((TEMPLATES / f"{key}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    fields: Fields = listed["fields"]
    return fields


def differences(fields: Fields, values: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Yield each field that is missing, unknown or of another type, with its place."""
    known = {field["name"]: field for field in fields}
    yield from (f"missing {place}{name}" for name in sorted(known.keys() - values.keys()))
    yield from (f"unknown {place}{name}" for name in sorted(values.keys() - known.keys()))
    for name in known.keys() & values.keys():
        yield from _inside(known[name], values[name], f"{place}{name}")


def _inside(field: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    if field["type"].startswith("list"):
        if not isinstance(value, list):
            yield f"no list {place}"
        elif "fields" in field:
            for number, row in enumerate(value):
                yield from differences(field["fields"], row, f"{place}[{number}].")
    elif field["type"] == "object":
        yield from differences(field["fields"], value, f"{place}.")
    elif isinstance(value, list | dict) and field["type"] != "chart":
        yield f"no single value {place}"


@pytest.fixture
def made(cast: Cast) -> dict[str, DocumentVersion]:
    """One paper of each key, the newest, from a round of all three kinds."""
    awarded = nominations_in(
        State.BEFORE_CHAIRMAN, cast, facts(), facts(collective()), facts(household())
    )
    give_back(cast, awarded[:1], by="duc")
    nomination_in(State.AWARDED, cast, facts(item="annual_bk_tinh_donor"))
    filed = nomination_in(State.CLOSED, cast, unit="so-y-te")
    draw_up_transfer(
        actor=cast["thao"], dossier_ids=[filed.dossier_id], facts=Handed("Lưu trữ cơ quan")
    )
    for authority in (PRIME_MINISTER, PRESIDENT):
        nomination_in(State.AT_CENTRAL, cast, facts(authority=authority))
    held = round_of(cast)
    row = accepted(cast, held)
    sum_up_registrations(actor=cast["phuong"], round_id=held.pk, versions={row.pk: row.version})
    sheet_in(SheetState.VERIFIED, cast)
    campaign_id = cast.campaign.pk
    request_yearly_report(actor=cast["tuan"], campaign_id=campaign_id, year=2023)
    for key in ("bao_cao_so_ket", "bao_cao_tong_ket"):
        request_period_report(actor=cast["tuan"], campaign_id=campaign_id, key=key, last=2023)
    own = nomination_in(State.PROPOSED, cast, facts(person("Lý C")))
    request_topic_report(actor=cast["lan"], nomination_id=own.pk, expected_version=own.version)
    _consult(cast)
    _sit(cast)
    _mend_and_revoke(cast)
    papers = DocumentVersion.objects.exclude(document__template_key="")  # a file from a unit
    versions = papers.select_related("document").order_by("requested_at")
    return {version.document.template_key: version for version in versions}


def _consult(cast: Cast) -> None:
    """Ask another body for its opinion, put a list up, and close it when its days are over."""
    asked_about = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Lê Thị Hồng")))
    ask_opinions(
        actor=cast["tuan"],
        versions={asked_about.pk: asked_about.version},
        bodies=[BodyFacts("Cục Thuế tỉnh Kiên Giang")],
        question="việc chấp hành pháp luật về thuế",
    )
    shown, today = nomination_in(State.UNDER_REVIEW, cast, facts(person("Lý A"))), now().date()
    notice = post_notice(
        actor=cast["thao"],
        versions={shown.pk: shown.version},
        facts=NoticeFacts("Cổng thông tin", "Sở Nội vụ", today, today + timedelta(days=20)),
    )
    with time_machine.travel(now() + timedelta(days=30)):
        close_notice(
            actor=cast.refresh("thao"), notice_id=notice.pk, expected_version=notice.version
        )
    cast.refresh("thao")


def _sit(cast: Cast) -> None:
    """Convene the council, and open a session that votes on paper."""
    seat(cast, voters(5))
    row = nomination_in(State.UNDER_REVIEW, cast, facts(person("Lý B")))
    session = call_roll(cast, convened(cast, [row], way=WayOfVoting.BY_HAND))
    opened(cast, session, tellers=("khanh", "binh"))


def _mend_and_revoke(cast: Cast) -> None:
    for given in (NAME, FORM):
        mend(cast, nomination_in(State.AWARDED, cast, facts(person(f"Lý {given.mending}"))), given)
    revoke(cast, [nomination_in(State.AWARDED, cast, facts(person("Lý D")))])


def test_every_paper_has_all_the_fields_of_its_template_and_says_what_it_was_made_from(
    made: dict[str, DocumentVersion],
) -> None:
    keys = {path.stem for path in TEMPLATES.glob("*.yaml")}
    assert set(made) == keys
    found = [said for key in keys for said in differences(fields_of(key), made[key].values)]
    assert {said.rsplit(".", 1)[-1].removeprefix("unknown ") for said in found} <= SHARED
    assert [said for said in found if not said.startswith("unknown ")] == []
    assert {key: list(unsourced(made[key])) for key in keys} == {key: [] for key in keys}
    assert {key: said for key, said in stale_by_key(made).items() if key != "bang_khen"} == {}
    name_the_movement_anew(made)
    assert set(stale_by_key(made)) == {key for key in keys if "phong_trao" in made[key].values}


def unsourced(version: DocumentVersion) -> Iterator[str]:
    """Yield what a paper prints of data that may change, and has no source for."""
    places = {source["at"] for source in version.sources}
    for field in fields_of(version.document.template_key):
        name, value = field["name"], version.values[field["name"]]
        if name in FRAME and value not in ("", []) and name not in places:
            yield name
        if name in LISTED and version.document.template_key not in AS_OF_THAT_DAY:
            missing = {f"{name}.{place}" for place in range(len(value))} - places
            yield from missing if name not in places else ()


def stale_by_key(made: Mapping[str, DocumentVersion]) -> dict[str, Any]:
    keys = {version.pk: key for key, version in made.items()}
    return {keys[pk]: said for pk, said in stale_among(made.values()).items()}


def name_the_movement_anew(made: Mapping[str, DocumentVersion]) -> None:
    for campaign in Campaign.objects.all():
        campaign.name = f"{campaign.name} (mới)"
        campaign.save()


@pytest.mark.parametrize("kind", list(Kind))
def test_parts_of_a_report_are_fields_of_its_template(kind: Kind) -> None:
    declared = next(field for field in fields_of(REPORTS[kind]) if field["name"] == "ke_khai")
    known = {field["name"]: field["type"] for field in declared["fields"]}
    assert set(PARTS[kind]) < set(known)
    for name, empty in PARTS[kind].items():
        assert isinstance(empty, list) is known[name].startswith("list"), name
