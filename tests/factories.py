"""Nominations in any state of the table, walked there by the services as the right people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from campaigns.models import AwardItem, Decider, Kind, SubjectKind
from documents.models import Document
from tests.cast import Cast
from workflow.engine import Asked
from workflow.models import Decision, GapKind, Ground, Meeting, Nomination
from workflow.papers.province import DecisionFacts
from workflow.services import (
    appraisal,
    board,
    central,
    closing,
    deciding,
    drafting,
    proposing,
    returns,
    revoking,
)
from workflow.services.meetings import Count, MeetingFacts
from workflow.services.nominees import NominationFacts, NomineeFacts
from workflow.states import State

NAME = "Nguyễn Thị Ngọc Ánh"
CLAUSE = "Mục IV.3.2.2.e"
PROVINCIAL, PRIME_MINISTER, PRESIDENT = (
    Decider.PROVINCIAL_CHAIRMAN, Decider.PRIME_MINISTER, Decider.PRESIDENT,
)  # fmt: skip
ITEMS = {
    PROVINCIAL: "final_bk_tinh",
    PRIME_MINISTER: "final_bk_ttg",
    PRESIDENT: "final_hcld3",
}
SUBJECTS = {
    Kind.INDIVIDUAL: "cbccvc",
    Kind.COLLECTIVE: "ubnd_huyen",
    Kind.HOUSEHOLD: "ho_gia_dinh",
}
DECISION = DecisionFacts(
    achievement="đã có thành tích xuất sắc trong phong trào thi đua",
    funding="Quỹ Thi đua, khen thưởng",
    carried_out_by="Chánh Văn phòng Ủy ban nhân dân tỉnh",
)
WORKERS = {"tp-rach-gia": ("lan", "hung"), "so-y-te": ("mai", "bao")}
"""Clerk and head of each unit that proposes."""


def person(name: str = NAME, **changes: Any) -> NomineeFacts:
    """Return a person to be nominated."""
    facts: dict[str, Any] = {
        "kind": Kind.INDIVIDUAL,
        "name": name,
        "birth_date": date(1985, 4, 12),
        "gender": "female",
        "position": "Chuyên viên",
        "workplace": "Văn phòng UBND thành phố Rạch Giá",
    }
    return NomineeFacts(**{**facts, **changes})


def collective(name: str = "Phòng Văn hóa và Thông tin") -> NomineeFacts:
    """Return a collective to be nominated."""
    return NomineeFacts(kind=Kind.COLLECTIVE, name=name, address="Rạch Giá")


def household(name: str = "Hộ ông Trần Văn Bé") -> NomineeFacts:
    """Return a household to be nominated."""
    return NomineeFacts(kind=Kind.HOUSEHOLD, name=name, address="Phường Vĩnh Thanh")


def facts(
    nominee: NomineeFacts | None = None,
    authority: Decider = PROVINCIAL,
    item: str = "",
    **changes: Any,
) -> NominationFacts:
    """Return a nomination as a clerk types it; for the President, of the district itself."""
    if nominee is None:
        nominee = collective("UBND thành phố Rạch Giá") if authority == PRESIDENT else person()
    given: dict[str, Any] = {
        "nominee": nominee,
        "award_item_id": AwardItem.objects.get(key=item or ITEMS[authority]).pk,
        "subject_kind_id": SubjectKind.objects.get(key=SUBJECTS[nominee.kind]).pk,
        "summary": "Tiêu biểu trong chuyển đổi số",
        "achievement": "Chủ trì 12 dịch vụ công trực tuyến toàn trình.\nGiảm 30% thời gian xử lý.",
    }
    return NominationFacts(**{**given, **changes})


def asked(*rows: Nomination) -> list[Asked]:
    """Return nominations as a service asks for them, in the version that was read."""
    return [Asked(row.pk, row.version) for row in rows]


def again(*rows: Nomination) -> list[Nomination]:
    """Return nominations as they stand in the database now, in the order given."""
    return _again([row.pk for row in rows])


def _again(keys: Sequence[UUID]) -> list[Nomination]:
    found = Nomination.objects.select_related(
        "nominee", "award_item__form", "dossier__unit", "dossier__occasion__campaign"
    ).in_bulk(keys)
    return [found[key] for key in keys]


def meeting(**changes: Any) -> MeetingFacts:
    """Return a session of nine members, eight present."""
    now = timezone.now()
    given: dict[str, Any] = {
        "started_at": now - timedelta(hours=3),
        "ended_at": now - timedelta(hours=2),
        "place": "Phòng họp số 1",
        "chair_name": "Hồ Thái Bình",
        "chair_position": "Chủ trì",
        "secretary_name": "Bùi Phương Thảo",
        "secretary_position": "Thư ký",
        "members_total": 9,
        "present": [{"name": f"Ủy viên {n}", "position": "Ủy viên"} for n in range(1, 9)],
        "absent": [{"name": "Ủy viên 9", "position": "Ủy viên", "reason": "đi công tác"}],
    }
    return MeetingFacts(**{**given, **changes})


def count(row: Nomination, *, passed: bool = True) -> Count:
    """Return a vote of all present for it, or a third of them."""
    key: UUID = row.pk
    return Count(key, 8, 0, 0, passed=True) if passed else Count(key, 2, 5, 1, passed=False)


def draft(cast: Cast, *given: NominationFacts, unit: str = "tp-rach-gia") -> list[Nomination]:
    """Return new drafts of a unit, one for each of the facts."""
    clerk, _head = WORKERS[unit]

    def steps() -> list[UUID]:
        drafted = drafting.draft_nominations(
            actor=cast[clerk], unit_id=cast.units[unit].pk, facts=given or (facts(),)
        )
        return [row.pk for row in drafted.made]

    return _again(cast.tape.walk(("draft", repr(given), unit), steps))


def prepare(cast: Cast, rows: Sequence[Nomination]) -> None:
    clerk, _head = WORKERS[rows[0].dossier.unit.code]
    drafting.prepare_nominations(actor=cast[clerk], items=asked(*rows))


def propose(cast: Cast, rows: Sequence[Nomination]) -> list[Document]:
    """Hold the unit's meeting, and let its head send the rows of one dossier."""
    clerk, head = WORKERS[rows[0].dossier.unit.code]
    dossier_id = rows[0].dossier_id
    proposing.record_unit_meeting(
        actor=cast[clerk],
        dossier_id=dossier_id,
        facts=meeting(),
        counts=[count(row) for row in rows],
    )
    return proposing.propose_dossier(
        actor=cast[head], dossier_id=dossier_id, versions={row.pk: row.version for row in rows}
    )


def receive(cast: Cast, rows: Sequence[Nomination]) -> None:
    appraisal.receive_nominations(actor=cast["tuan"], items=asked(*rows))


def appraise(cast: Cast, rows: Sequence[Nomination]) -> None:
    for row in rows:
        appraisal.appraise_nomination(
            actor=cast["tuan"],
            nomination_id=row.pk,
            expected_version=row.version,
            reason="Đủ điều kiện",
            clause=CLAUSE,
        )


def submit_to_board(cast: Cast, rows: Sequence[Nomination]) -> list[Document]:
    return appraisal.submit_to_board(actor=cast["phuong"], items=asked(*rows))


def vote(cast: Cast, rows: Sequence[Nomination], *, passed: bool = True) -> Meeting:
    return board.record_votes(
        actor=cast["thao"],
        facts=meeting(),
        counts=[count(row, passed=passed) for row in rows],
        versions={row.pk: row.version for row in rows},
    )


def submit_to_chairman(cast: Cast, rows: Sequence[Nomination]) -> Document:
    return board.submit_to_chairman(actor=cast["binh"], items=asked(*rows))


def decide(cast: Cast, rows: Sequence[Nomination]) -> Decision:
    return deciding.decide_awards(actor=cast["duc"], items=asked(*rows), facts=DECISION)


def decline(cast: Cast, rows: Sequence[Nomination]) -> None:
    deciding.decline_awards(actor=cast["duc"], items=asked(*rows), reason="Chưa tiêu biểu")


def send_up(cast: Cast, rows: Sequence[Nomination]) -> Document:
    return deciding.send_up(actor=cast["duc"], items=asked(*rows))


def record_central(
    cast: Cast, rows: Sequence[Nomination], *, awarded: bool = True, **paper: Any
) -> Decision:
    given = {
        "notation": "12/QĐ-TTg",
        "issued_on": timezone.localdate(),
        "issuer": "Thủ tướng Chính phủ",
        **paper,
    }
    return central.record_central_result(
        actor=cast["nga"],
        items=asked(*rows),
        awarded=awarded,
        paper=central.CentralPaper(**given),
    )


def close(cast: Cast, rows: Sequence[Nomination]) -> None:
    closing.close_nominations(actor=cast["thao"], items=asked(*rows))


def find_ineligible(cast: Cast, rows: Sequence[Nomination]) -> None:
    for row in rows:
        appraisal.find_ineligible(
            actor=cast["tuan"],
            nomination_id=row.pk,
            expected_version=row.version,
            reason="Chưa có xác nhận đóng góp",
            clause=CLAUSE,
        )


def in_days(days: int) -> date:
    """Return the day that many days from today."""
    return timezone.localdate() + timedelta(days=days)


def give_back(cast: Cast, rows: Sequence[Nomination], by: str = "tuan") -> None:
    """Return the rows for supplement with two gaps."""
    for row in rows:
        returns.return_nomination(
            actor=cast[by],
            nomination_id=row.pk,
            expected_version=row.version,
            gaps=[
                returns.GapFacts(
                    "Báo cáo thành tích", "Nêu số liệu", "Mục V.1.c", GapKind.FIELD, "achievement"
                ),
                returns.GapFacts(
                    "Xác nhận",
                    "Gửi kèm xác nhận của địa phương",
                    "",
                    GapKind.CRITERION,
                    "general.5",
                ),
            ],
            due_on=in_days(10),
        )


def hold(cast: Cast, rows: Sequence[Nomination], by: str = "tuan") -> None:
    for row in rows:
        returns.hold_nomination(
            actor=cast[by],
            nomination_id=row.pk,
            expected_version=row.version,
            reason="Chờ kết luận xác minh",
            review_on=in_days(15),
        )


def withdraw(cast: Cast, rows: Sequence[Nomination]) -> None:
    _clerk, head = WORKERS[rows[0].dossier.unit.code]
    returns.withdraw_nominations(
        actor=cast[head], items=asked(*rows), reason="Đề nghị hình thức khác", letter="05/CV"
    )


REVOCATION = revoking.RevocationFacts(
    ground=Ground.FRAUD,
    reason="Kê khai thành tích không đúng sự thật",
    finding="Kết luận thanh tra số 07/KL-TTr của Thanh tra tỉnh",
    items="Bằng khen",
    to="Sở Nội vụ tỉnh Kiên Giang",
    proposed="Giám đốc Sở Nội vụ",
    carried_out_by="Chánh Văn phòng Ủy ban nhân dân tỉnh",
)


def revoke(cast: Cast, rows: Sequence[Nomination]) -> Document:
    return revoking.revoke_awards(actor=cast["duc"], items=asked(*rows), facts=REVOCATION)


Act = Callable[[Cast, Sequence[Nomination]], object]


def _fail_vote(cast: Cast, rows: Sequence[Nomination]) -> None:
    vote(cast, rows, passed=False)


BEFORE: dict[State, tuple[State, Act]] = {
    State.PREPARED: (State.DRAFT, prepare),
    State.PROPOSED: (State.PREPARED, propose),
    State.UNDER_APPRAISAL: (State.PROPOSED, receive),
    State.APPRAISED: (State.UNDER_APPRAISAL, appraise),
    State.UNDER_REVIEW: (State.APPRAISED, submit_to_board),
    State.REVIEWED: (State.UNDER_REVIEW, vote),
    State.BEFORE_CHAIRMAN: (State.REVIEWED, submit_to_chairman),
    State.AT_CENTRAL: (State.BEFORE_CHAIRMAN, send_up),
    State.AWARDED: (State.BEFORE_CHAIRMAN, decide),
    State.NOT_AWARDED: (State.BEFORE_CHAIRMAN, decline),
    State.CLOSED: (State.AWARDED, close),
    State.RETURNED: (State.UNDER_APPRAISAL, give_back),
    State.HELD: (State.UNDER_APPRAISAL, hold),
    State.INELIGIBLE: (State.UNDER_APPRAISAL, find_ineligible),
    State.NOT_PASSED: (State.UNDER_REVIEW, _fail_vote),
    State.WITHDRAWN: (State.PROPOSED, withdraw),
    State.REVOKED: (State.AWARDED, revoke),
}
"""From which state, and by which act, each state is reached."""


def nominations_in(
    state: State, cast: Cast, *given: NominationFacts, unit: str = "tp-rach-gia"
) -> list[Nomination]:
    """Return nominations of one unit and one authority that stand in a state."""
    if state is State.DRAFT:
        return draft(cast, *given, unit=unit)

    def steps() -> list[UUID]:
        return [row.pk for row in _walked_to(state, cast, *given, unit=unit)]

    rows = _again(cast.tape.walk(("nominations_in", state, repr(given), unit), steps))
    assert {row.state for row in rows} == {state}
    return rows


def _walked_to(state: State, cast: Cast, *given: NominationFacts, unit: str) -> list[Nomination]:
    before, act = BEFORE[state]
    central_line = bool(given) and given[0].award_item_id in _central_items()
    if state is State.AWARDED and central_line:
        before, act = State.AT_CENTRAL, record_central
    rows = nominations_in(before, cast, *given, unit=unit)
    act(cast, rows)
    return rows


def _central_items() -> set[UUID]:
    items = AwardItem.objects.exclude(form__decider=PROVINCIAL)
    return set(items.values_list("pk", flat=True))


ON_THE_PLAIN_WAY = [state for state in State if state is not State.SECOND_APPRAISAL]
"""The states that the way of the Kiên Giang plan has: it appraises once."""


def nomination_in(
    state: State, cast: Cast, given: NominationFacts | None = None, unit: str = "tp-rach-gia"
) -> Nomination:
    """Return one nomination that stands in a state; award at the centre by the central line."""
    if given is None and state is State.AT_CENTRAL:
        given = facts(authority=PRIME_MINISTER)
    rows = nominations_in(state, cast, *([given] if given else []), unit=unit)
    return rows[0]
