"""A round in the demo province, walked by the services as the right people: no illegal fixture."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone

from campaigns.models import AwardItem, Kind, SubjectKind
from organisations.actors import Actor, actor_for
from organisations.models import Unit, User
from tests.replay import Tape, heads
from workflow.engine import Asked
from workflow.models import Nomination
from workflow.services import appraisal, board, deciding, drafting, proposing
from workflow.services.meetings import Count, MeetingFacts
from workflow.services.nominees import NominationFacts, NomineeFacts

PLAN = "campaigns/data/kien-giang-2022-2025.yaml"
NAMES = ("Nguyễn Thị Ngọc Ánh", "Trần Văn Đường", "Lê Hoàng Phương Uyên", "Phạm Quốc Khánh")

TAPE = Tape()
"""By which the province is loaded once, and a walk that starts from it is walked once."""


def load_province() -> None:
    """Load what bin/run loads into an empty database: by the commands at first, then as written."""
    with TAPE.listening(at=heads()):
        TAPE.walk("province", _load_province)


def _load_province() -> None:
    """Load the plan, the papers' templates and the demo province, as bin/run does."""
    for command in (["load_campaign", PLAN], ["load_templates"], ["load_demo", "--yes"]):
        call_command(*command, stdout=io.StringIO())
    call_command("setup_demo_round", stdout=io.StringIO())


def actor(username: str) -> Actor:
    return actor_for(User.objects.get(username=username), timezone.localdate())


def facts(name: str, *, form: str = "bk_tinh", occasion: str = "annual") -> NominationFacts:
    """Return a person to be nominated; the form must be open to people on the occasion."""
    item = AwardItem.objects.get(form__key=form, occasion__key=occasion, subjects__key="cbccvc")
    return NominationFacts(
        nominee=NomineeFacts(
            kind=Kind.INDIVIDUAL,
            name=name,
            birth_date=dt.date(1985, 4, 12),
            gender="female",
            position="Chuyên viên",
            workplace="Văn phòng UBND thành phố",
        ),
        award_item_id=item.pk,
        subject_kind_id=SubjectKind.objects.get(key="cbccvc").pk,
        summary="Tiêu biểu trong chuyển đổi số",
        achievement="Chủ trì 12 dịch vụ công trực tuyến toàn trình.",
        past_awards=({"year": "2023", "form": "Giấy khen", "decision": "112/QĐ-UBND"},),
    )


def meeting() -> MeetingFacts:
    now = timezone.now()
    return MeetingFacts(
        started_at=now - dt.timedelta(hours=3),
        ended_at=now - dt.timedelta(hours=2),
        place="Phòng họp số 1",
        chair_name="Mai Xuân Bảo Quốc",
        chair_position="Chủ tịch",
        secretary_name="Phạm Thùy Dương",
        secretary_position="Chuyên viên",
        members_total=9,
        present=[{"name": f"Ủy viên số {n}", "position": "Ủy viên"} for n in range(1, 9)],
    )


def versions(ids: Sequence[UUID]) -> dict[UUID, int]:
    return dict(Nomination.objects.filter(pk__in=ids).values_list("pk", "version"))


def items(ids: Sequence[UUID]) -> list[Asked]:
    return [Asked(key, version) for key, version in versions(ids).items()]


def draft(names: Sequence[str] = NAMES[:1], **where: str) -> list[UUID]:
    """Return new drafts, in the order of the names; `where` as _draft has it."""
    key = ("draft", tuple(names), tuple(sorted(where.items())))
    return list(TAPE.walk(key, lambda: _draft(names, **where)))


def _draft(names: Sequence[str], *, unit: str = "tp-rach-gia", clerk: str = "cv.rachgia",
           form: str = "bk_tinh", occasion: str = "annual") -> list[UUID]:  # fmt: skip
    drafted = drafting.draft_nominations(
        actor=actor(clerk),
        unit_id=Unit.objects.get(code=unit).pk,
        facts=[facts(name, form=form, occasion=occasion) for name in names],
    )
    return [row.pk for row in drafted.made]


def prepare(ids: Sequence[UUID], clerk: str = "cv.rachgia") -> None:
    drafting.prepare_nominations(actor=actor(clerk), items=items(ids))


def propose(ids: Sequence[UUID], clerk: str = "cv.rachgia", head: str = "tt.rachgia") -> None:
    """Hold the unit's meeting and sign the list off."""
    dossier = Nomination.objects.get(pk=ids[0]).dossier_id
    counts = [Count(key, 8, 0, 0, passed=True) for key in ids]
    proposing.record_unit_meeting(
        actor=actor(clerk), dossier_id=dossier, facts=meeting(), counts=counts
    )
    proposing.propose_dossier(actor=actor(head), dossier_id=dossier, versions=versions(ids))


def receive(ids: Sequence[UUID]) -> None:
    appraisal.receive_nominations(actor=actor("thamdinh1"), items=items(ids))


def appraise(ids: Sequence[UUID]) -> None:
    for key, version in versions(ids).items():
        appraisal.appraise_nomination(
            actor=actor("thamdinh1"),
            nomination_id=key,
            expected_version=version,
            reason="Đủ điều kiện.",
            clause="Mục IV.2",
        )


def submit_to_board(ids: Sequence[UUID]) -> None:
    appraisal.submit_to_board(actor=actor("giamdoc.tttt"), items=items(ids))


def vote(ids: Sequence[UUID]) -> None:
    counts = [Count(key, 8, 0, 0, passed=True) for key in ids]
    board.record_votes(actor=actor("thuky"), facts=meeting(), counts=counts, versions=versions(ids))


def submit_to_chairman(ids: Sequence[UUID]) -> None:
    board.submit_to_chairman(actor=actor("truongban"), items=items(ids))


def send_up(ids: Sequence[UUID]) -> None:
    deciding.send_up(actor=actor("chutich"), items=items(ids))


WAY = (
    ("prepared", prepare),
    ("proposed", propose),
    ("under_appraisal", receive),
    ("appraised", appraise),
    ("under_review", submit_to_board),
    ("reviewed", vote),
    ("before_chairman", submit_to_chairman),
    ("at_central", send_up),
)


def nominations_in(state: str, names: Sequence[str] = NAMES[:1], **where: str) -> list[UUID]:
    """Return nominations of Rạch Giá walked to a state of the way."""
    key = ("nominations_in", state, tuple(names), tuple(sorted(where.items())))
    return list(TAPE.walk(key, lambda: _walked_to(state, names, **where)))


def _walked_to(state: str, names: Sequence[str], **where: str) -> list[UUID]:
    ids = draft(names, **where)
    if state == "draft":
        return ids
    for reached, step in WAY:
        step(ids)
        if reached == state:
            return ids
    message = f"{state} is not on the way"
    raise ValueError(message)
