"""The round, stage by stage, each act done by the person whose act it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from campaigns.models import (
    CriteriaLevel,
    Criterion,
    Decider,
    Occasion,
    PlanStatement,
    StatementKind,
)
from organisations.actors import Actor
from organisations.models import Role, Unit
from workflow.engine import Asked, BulkResult
from workflow.imports.result import NomineeList
from workflow.models import Dossier, GapKind, Nomination
from workflow.papers.province import DecisionFacts
from workflow.queries import nominations_in_full
from workflow.rehearsal.fates import Fate, Fates, assign
from workflow.rehearsal.people import People
from workflow.services import (
    appraisal,
    board,
    central,
    closing,
    deciding,
    drafting,
    proposing,
    returns,
    unit_deciding,
)
from workflow.services.loading import require_desk_unit
from workflow.services.meetings import Count, MeetingFacts
from workflow.states import Desk, State, Way
from workflow.ways import way_for

DAYS_TO_SUPPLEMENT = 10
DAYS_TO_REVIEW = 15
COUNCIL = 15
ABSENT = 2
CENTRAL_ISSUERS = {
    Decider.PRIME_MINISTER: ("Thủ tướng Chính phủ", "QĐ-TTg"),
    Decider.PRESIDENT: ("Chủ tịch nước", "QĐ-CTN"),
}


class Round:
    """One occasion of one campaign, played from a list."""

    def __init__(self, occasion: Occasion, people: People) -> None:
        """Remember what is played, and by whom."""
        self.occasion = occasion
        self.people = people
        self.fates = Fates()
        self.clause = clause_of(occasion)

    def stages(self, nominees: NomineeList) -> list[tuple[str, Callable[[], None]]]:
        """Return the stages in their order, each with what people read while it runs."""
        stages = [
            ("Đơn vị lập đề nghị", lambda: self.draft(nominees)),
            ("Đơn vị họp, thủ trưởng ký trình", self.propose),
            ("Thủ trưởng đơn vị quyết định tặng Giấy khen", self.award_in_units),
            ("Đơn vị rút một đề nghị", self.withdraw),
            ("Cơ quan thường trực tiếp nhận", self.receive),
            ("Trả lại và bổ sung, tạm dừng và tiếp tục", self.detour),
            ("Thẩm định", self.appraise),
            ("Trình Hội đồng", self.submit_to_board),
            ("Thẩm định lần hai", self.endorse),
            ("Hội đồng biểu quyết", self.vote),
            ("Trình Chủ tịch UBND tỉnh", self.submit_to_chairman),
            ("Chủ tịch quyết định, trình cấp trên", self.decide),
            ("Ghi nhận kết quả trung ương", self.record_central),
            ("Lưu hồ sơ", self.close),
        ]
        idle = self._idle()
        return [(title, stage) for title, stage in stages if title not in idle]

    def _idle(self) -> set[str]:
        """Return the stages that the campaign's routes do not have."""
        deciders = deciders_of(self.occasion)
        ways = {way_for(self.occasion.campaign_id, decider) for decider in deciders}
        idle = set()
        if Way.UNIT not in ways:
            idle.add("Thủ trưởng đơn vị quyết định tặng Giấy khen")
        if Way.TWICE not in ways:
            idle.add("Thẩm định lần hai")
        if not deciders & {Decider.PRIME_MINISTER, Decider.PRESIDENT}:
            idle.add("Ghi nhận kết quả trung ương")
        return idle

    def _desk(self, desk: Desk) -> Unit:
        return require_desk_unit(self.occasion.campaign, desk)

    def _in(self, *states: State) -> list[Nomination]:
        rows = nominations_in_full().filter(dossier__occasion=self.occasion, state__in=states)
        return sorted(rows, key=lambda row: (row.dossier.code, row.created_at, row.pk))

    def _one(self, fate: Fate) -> list[Nomination]:
        ids = [pk for pk, own in self.fates.by_id.items() if own is fate]
        return list(nominations_in_full().filter(pk__in=ids))

    def draft(self, nominees: NomineeList) -> None:
        """Let each unit's clerk write its lines and pass them to the head."""
        by_unit = sorted(nominees.lines, key=lambda line: line.unit.path)
        for unit, lines in groupby(by_unit, key=lambda line: line.unit):
            clerk = self.people.at(unit, Role.UNIT_CLERK)
            facts = [line.facts for line in lines]
            drafted = drafting.draft_nominations(actor=clerk, unit_id=unit.pk, facts=facts)
            _all(drafting.prepare_nominations(actor=clerk, items=asked(drafted.made)))
        self.fates = assign(self._in(State.PREPARED))

    def propose(self) -> None:
        """Let each unit vote, and its head send one dossier for each deciding authority."""
        for dossier, rows in self._unsent(in_unit=False):
            chief = self._meet(dossier, rows)
            proposing.propose_dossier(
                actor=chief, dossier_id=dossier.pk, versions={row.pk: row.version for row in rows}
            )

    def award_in_units(self) -> None:
        """Let each unit vote, and its head decide what is his own to give."""
        campaign = self.occasion.campaign
        for dossier, rows in self._unsent(in_unit=True):
            unit_deciding.award_in_unit(
                actor=self._meet(dossier, rows),
                dossier_id=dossier.pk,
                versions={row.pk: row.version for row in rows},
                facts=DecisionFacts(
                    achievement=f"đã có thành tích tiêu biểu xuất sắc trong phong trào thi đua "
                    f"“{campaign.name}”",
                    funding="Theo quy định của pháp luật về thi đua, khen thưởng",
                    carried_out_by="Chánh Văn phòng, thủ trưởng các bộ phận có liên quan",
                ),
            )

    def _unsent(self, *, in_unit: bool) -> list[tuple[Dossier, list[Nomination]]]:
        rows = [
            row
            for row in self._in(State.PREPARED)
            if (row.flow_version == Way.UNIT) is in_unit
        ]
        return by_dossier(rows)

    def _meet(self, dossier: Dossier, rows: Sequence[Nomination]) -> Actor:
        """Let a unit's meeting vote for all of a dossier, and return the unit's head."""
        clerk = self.people.at(dossier.unit, Role.UNIT_CLERK)
        chief = self.people.at(dossier.unit, Role.UNIT_HEAD)
        facts = session(chief.name, chief.position, clerk.name, clerk.position, members=9)
        proposing.record_unit_meeting(
            actor=clerk,
            dossier_id=dossier.pk,
            facts=facts,
            counts=[count(row, facts, passed=True) for row in rows],
        )
        return chief

    def withdraw(self) -> None:
        """Let a unit's head take one back before it is received."""
        for row in self._one(Fate.WITHDRAWN):
            chief = self.people.at(row.dossier.unit, Role.UNIT_HEAD)
            returns.withdraw_nominations(
                actor=chief, items=asked([row]), reason="Đề nghị ở hình thức khác"
            )

    def receive(self) -> None:
        """Let the appraiser take everything in."""
        appraiser = self.people.at(self._desk(Desk.APPRAISAL), Role.APPRAISER)
        _all(appraisal.receive_nominations(actor=appraiser, items=asked(self._in(State.PROPOSED))))

    def detour(self) -> None:
        """Send one back for supplement and again in; hold one and take it up again."""
        appraiser = self.people.at(self._desk(Desk.APPRAISAL), Role.APPRAISER)
        today = timezone.localdate()
        report = self.occasion.campaign.dossiercomponent_set.filter(per_candidate=True).first()
        asked_by = report.place_read if report else ""
        for row in self._one(Fate.RETURNED):
            returns.return_nomination(
                actor=appraiser,
                nomination_id=row.pk,
                expected_version=row.version,
                gaps=[
                    returns.GapFacts(
                        "Báo cáo thành tích",
                        "Nêu số liệu",
                        asked_by,
                        GapKind.FIELD,
                        "achievement",
                    ),
                    returns.GapFacts("Xác nhận đóng góp", "Gửi kèm xác nhận của địa phương"),
                ],
                due_on=today + timedelta(days=DAYS_TO_SUPPLEMENT),
            )
            returns.resubmit_nomination(
                actor=self.people.at(row.dossier.unit, Role.UNIT_CLERK),
                nomination_id=row.pk,
                expected_version=row.version + 1,
                answers={1: "Đã nêu số liệu trong báo cáo", 2: "Đã gửi xác nhận"},
                changes={
                    "achievement": f"{row.achievement}\nĐã đối chiếu số liệu với mục tiêu của Kế hoạch."
                },
            )
        for row in self._one(Fate.HELD):
            returns.hold_nomination(
                actor=appraiser,
                nomination_id=row.pk,
                expected_version=row.version,
                reason="Chờ kết luận xác minh đơn phản ánh",
                review_on=today + timedelta(days=DAYS_TO_REVIEW),
            )
            returns.resume_nomination(
                actor=appraiser,
                nomination_id=row.pk,
                expected_version=row.version + 1,
                reason="Đơn phản ánh không có cơ sở",
            )

    def appraise(self) -> None:
        """Let the appraiser find one ineligible and the others eligible."""
        appraiser = self.people.at(self._desk(Desk.APPRAISAL), Role.APPRAISER)
        for row in self._in(State.UNDER_APPRAISAL):
            if self.fates.of(row) is Fate.INELIGIBLE:
                appraisal.find_ineligible(
                    actor=appraiser,
                    nomination_id=row.pk,
                    expected_version=row.version,
                    reason="Chưa có xác nhận đóng góp của địa phương",
                    clause=self.clause,
                )
            else:
                appraisal.appraise_nomination(
                    actor=appraiser,
                    nomination_id=row.pk,
                    expected_version=row.version,
                    reason="Đúng đối tượng, đủ hồ sơ",
                    clause=self.clause,
                )

    def submit_to_board(self) -> None:
        """Let the department's head pass each authority's set to the council."""
        chief = self.people.at(self._desk(Desk.APPRAISAL), Role.DEPARTMENT_HEAD)
        for rows in by_authority(self._in(State.APPRAISED)):
            appraisal.submit_to_board(actor=chief, items=asked(rows))

    def endorse(self) -> None:
        """Let the council's office agree with the department, where the route asks it to."""
        secretary = self.people.at(self._desk(Desk.BOARD), Role.BOARD_SECRETARY)
        for row in self._in(State.SECOND_APPRAISAL):
            appraisal.endorse_nomination(
                actor=secretary,
                nomination_id=row.pk,
                expected_version=row.version,
                reason="Thống nhất với kết quả thẩm định",
                clause=self.clause,
            )

    def vote(self) -> None:
        """Let the council's secretary write down the session."""
        secretary = self.people.at(self._desk(Desk.BOARD), Role.BOARD_SECRETARY)
        chair = self.people.at(self._desk(Desk.BOARD), Role.BOARD_HEAD)
        rows = self._in(State.UNDER_REVIEW)
        facts = session(
            chair.name, chair.position, secretary.name, secretary.position, members=COUNCIL
        )
        board.record_votes(
            actor=secretary,
            facts=facts,
            counts=[
                count(row, facts, passed=self.fates.of(row) is not Fate.NOT_PASSED) for row in rows
            ],
            versions={row.pk: row.version for row in rows},
        )

    def submit_to_chairman(self) -> None:
        """Let the council's head pass each authority's set to the Chairman."""
        chair = self.people.at(self._desk(Desk.BOARD), Role.BOARD_HEAD)
        for rows in by_authority(self._in(State.REVIEWED)):
            board.submit_to_chairman(actor=chair, items=asked(rows))

    def decide(self) -> None:
        """Let the Chairman decide what is his and send the rest up."""
        chairman = self.people.at(self._desk(Desk.DECISION), Role.CHAIRMAN)
        campaign = self.occasion.campaign
        facts = DecisionFacts(
            achievement=f"đã có thành tích xuất sắc trong phong trào thi đua “{campaign.name}”",
            funding="Theo quy định của pháp luật về thi đua, khen thưởng và ngân sách nhà nước",
            carried_out_by="Chánh Văn phòng Ủy ban nhân dân tỉnh, thủ trưởng các cơ quan, đơn vị "
            "có liên quan",
        )
        for rows in by_authority(self._in(State.BEFORE_CHAIRMAN)):
            if rows[0].dossier.authority == Decider.PROVINCIAL_CHAIRMAN:
                deciding.decide_awards(actor=chairman, items=asked(rows), facts=facts)
            else:
                deciding.send_up(actor=chairman, items=asked(rows))

    def record_central(self) -> None:
        """Let the officer who follows the centre write down its decisions."""
        officer = self.people.at(self._desk(Desk.CENTRAL), Role.CENTRAL_OFFICER)
        for number, rows in enumerate(by_authority(self._in(State.AT_CENTRAL)), start=1):
            issuer, symbol = CENTRAL_ISSUERS[Decider(rows[0].dossier.authority)]
            paper = central.CentralPaper(f"{number:02d}/{symbol}", timezone.localdate(), issuer)
            central.record_central_result(
                actor=officer, items=asked(rows), awarded=True, paper=paper
            )

    def close(self) -> None:
        """Let the secretary file what the province decided, and each clerk his own unit's."""
        secretary = self.people.at(self._desk(Desk.BOARD), Role.BOARD_SECRETARY)
        for dossier, rows in by_dossier(self._in(State.AWARDED, State.NOT_AWARDED)):
            in_unit = rows[0].flow_version == Way.UNIT
            filer = self.people.at(dossier.unit, Role.UNIT_CLERK) if in_unit else secretary
            _all(closing.close_nominations(actor=filer, items=asked(rows)))


def clause_of(occasion: Occasion) -> str:
    """Return by which clause of its plan nominations are found eligible, as the plan is loaded.

    The general criteria; else where the plan says that its criteria stand; else the award's own.
    """
    campaign = occasion.campaign
    general = Criterion.objects.filter(campaign=campaign, group__level=CriteriaLevel.GENERAL)
    told = PlanStatement.objects.filter(campaign=campaign, kind=StatementKind.CRITERIA_PLACE)
    for criterion in general.order_by("position")[:1]:
        return criterion.place_read
    for statement in told[:1]:
        return statement.text
    return occasion.items.order_by("position")[0].place_read


def deciders_of(occasion: Occasion) -> set[str]:
    """Return the authorities that decide the occasion's awards."""
    return set(occasion.items.values_list("form__decider", flat=True))


def asked(nominations: Iterable[Nomination]) -> list[Asked]:
    """Return nominations as a service asks for them, in the version that was read."""
    return [Asked(row.pk, row.version) for row in nominations]


def _all(result: BulkResult) -> None:
    """Raise the first refusal: in a rehearsal everybody's act is lawful."""
    for refusal in result.refused.values():
        raise refusal


def by_dossier(rows: Sequence[Nomination]) -> list[tuple[Dossier, list[Nomination]]]:
    """Return nominations by dossier; they come sorted by its code."""
    groups = groupby(rows, key=lambda row: row.dossier_id)
    return [(found[0].dossier, found) for _key, group in groups if (found := list(group))]


def by_authority(rows: Sequence[Nomination]) -> list[list[Nomination]]:
    """Return nominations by deciding authority."""
    ordered = sorted(rows, key=lambda row: (row.dossier.authority, row.dossier.code))
    return [list(group) for _key, group in groupby(ordered, key=lambda row: row.dossier.authority)]


def session(
    chair: str, chair_position: str, secretary: str, secretary_position: str, *, members: int
) -> MeetingFacts:
    """Return a session of the last two hours with all but a few present."""
    ended: datetime = timezone.now()
    people = [{"name": chair, "position": chair_position}]
    people.append({"name": secretary, "position": secretary_position})
    people += [
        {"name": f"Thành viên diễn tập {number}", "position": "Ủy viên"}
        for number in range(3, members - ABSENT + 1)
    ]
    absent = [
        {"name": f"Thành viên vắng {number}", "position": "Ủy viên", "reason": "đi công tác"}
        for number in range(1, ABSENT + 1)
    ]
    return MeetingFacts(
        started_at=ended - timedelta(hours=2),
        ended_at=ended,
        place="Phòng họp cơ quan",
        chair_name=chair,
        chair_position=chair_position,
        secretary_name=secretary,
        secretary_position=secretary_position,
        members_total=members,
        present=people,
        absent=absent,
    )


def count(row: Nomination, facts: MeetingFacts, *, passed: bool) -> Count:
    """Return a count of all present: all for it, or only a third."""
    present = len(facts.present)
    votes_for = present if passed else present // 3
    key: UUID = row.pk
    return Count(key, votes_for, present - votes_for, 0, passed)
