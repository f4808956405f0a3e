"""How far reminding has come on a day, who stands above whom, and what a letter may say."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import override_settings

from organisations.models import Role
from workflow.mailing import letter_of
from workflow.models import Dossier, Notice, NoticeKind, WorkItem
from workflow.reminders import People, Stage, head_of, stage_of
from workflow.states import HOLDERS, State


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (17, Stage.NOTHING), (18, Stage.SOON), (19, Stage.SOON), (20, Stage.TODAY),
        (21, Stage.LATE), (22, Stage.LATE), (23, Stage.ESCALATED), (30, Stage.ESCALATED),
    ],
)  # fmt: skip
def test_stages_follow_the_days(day: int, stage: Stage) -> None:
    item = WorkItem(
        due_on=date(2026, 11, 20), soon_on=date(2026, 11, 18), escalate_on=date(2026, 11, 23)
    )
    assert stage_of(item, date(2026, 11, day)) is stage


def test_without_days_there_is_no_stage_and_without_escalation_it_ends_late() -> None:
    assert stage_of(WorkItem(), date(2026, 11, 20)) is Stage.NOTHING
    item = WorkItem(due_on=date(2026, 11, 20), soon_on=date(2026, 11, 20))
    assert stage_of(item, date(2027, 11, 20)) is Stage.LATE


def test_every_desk_has_a_head_but_those_that_are_heads_themselves_and_the_centre() -> None:
    heads = {holder.role: head_of(holder.role) for holder in HOLDERS.values()}
    assert heads == {
        Role.UNIT_CLERK: Role.UNIT_HEAD,
        Role.UNIT_HEAD: None,
        Role.APPRAISER: Role.DEPARTMENT_HEAD,
        Role.DEPARTMENT_HEAD: None,
        Role.BOARD_SECRETARY: Role.BOARD_HEAD,
        Role.BOARD_HEAD: None,
        Role.CHAIRMAN: None,
        Role.CENTRAL_OFFICER: None,
    }
    assert head_of("auditor") is None


def test_a_desk_s_work_lies_on_the_tables_of_its_sections_and_a_unit_s_on_its_own_only() -> None:
    people = People(
        [
            (Role.APPRAISER, "tinh/so/", 1), (Role.APPRAISER, "tinh/so/phong/", 2),
            (Role.APPRAISER, "tinh/", 3), (Role.UNIT_CLERK, "tinh/so/", 4),
            (Role.UNIT_CLERK, "tinh/so/phong/", 5),
        ]
    )  # fmt: skip
    assert people.holding(Role.APPRAISER, "tinh/so/") == {1, 2}
    assert people.holding(Role.UNIT_CLERK, "tinh/so/") == {4}


def test_whoever_has_a_piece_of_work_is_told_alone_while_he_may_do_it() -> None:
    people = People([(Role.APPRAISER, "so/", 1), (Role.APPRAISER, "so/", 2)])
    work = WorkItem(role=Role.APPRAISER, unit_path="so/")
    assert people.told_of(work) == {1, 2}
    work.assignee_id = 2
    assert people.told_of(work) == {2}
    work.assignee_id = 3
    assert people.told_of(work) == {1, 2}


def notice(kind: NoticeKind, code: str = "KG-2026-01") -> Notice:
    return Notice(kind=kind, dossier=Dossier(pk=uuid4(), code=code), state=State.AWARDED, count=2)


@override_settings(PUBLIC_URL="https://thidua.example/")
def test_a_letter_names_dossiers_and_pages_and_no_step() -> None:
    rows = [notice(kind) for kind in NoticeKind]
    letter = letter_of(rows)
    assert letter.subject == f"VinhDanh: {len(NoticeKind)} thông báo"
    for words in (
        "2 việc mới",
        "được giao",
        "sắp đến hạn",
        "đến hạn hôm nay",
        "quá hạn trong",
        "để quá hạn",
    ):
        assert words in letter.body
    assert f"https://thidua.example/dossiers/{rows[0].dossier_id}/" in letter.body
    assert "https://thidua.example/notices/settings/" in letter.body
    for secret in State.labels:
        assert str(secret) not in letter.body


@override_settings(PUBLIC_URL="")
def test_a_letter_of_one_line_says_it_in_its_subject_and_without_a_site_has_no_address() -> None:
    letter = letter_of([notice(NoticeKind.LATE)])
    assert letter.subject == "2 việc quá hạn trong hồ sơ KG-2026-01"
    assert "http" not in letter.body
