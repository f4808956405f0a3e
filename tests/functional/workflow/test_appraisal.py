"""Appraisal: received on a day, found eligible or not, passed to the council with both lists."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from audit.errors import Refusal
from documents.models import Document
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    again,
    appraise,
    asked,
    facts,
    find_ineligible,
    nomination_in,
    nominations_in,
    person,
    receive,
    submit_to_board,
)
from tests.rows import fingerprint
from workflow.models import Appraisal, Nomination, Stage, Submission
from workflow.services import appraisal
from workflow.states import State


def values_of(document: Document) -> dict[str, Any]:
    values: dict[str, Any] = document.versions.get().values
    return values


def test_first_receipt_is_kept_with_the_dossier_and_never_changed(cast: Cast) -> None:
    first, second = nominations_in(State.PROPOSED, cast, facts(), facts(person("Lê Thị Hồng")))
    with time_machine.travel("2030-01-02 08:00+07:00", tick=False):
        receive(cast, [first])
    with time_machine.travel("2030-01-09 08:00+07:00", tick=False):
        receive(cast, [second])
    dossier = again(first)[0].dossier
    assert dossier.received_at is not None
    assert f"{dossier.received_at:%Y-%m-%d %H:%M}" == "2030-01-02 01:00"


def test_receipt_takes_each_on_its_own_merits(cast: Cast) -> None:
    good, gone = nominations_in(State.PROPOSED, cast, facts(), facts(person("Lê Thị Hồng")))
    receive(cast, [gone])
    result = appraisal.receive_nominations(actor=cast["tuan"], items=asked(good, gone))
    assert [row.pk for row in result.moved] == [good.pk]
    assert [refusal.code for refusal in result.refused.values()] == ["NOMINATION_CHANGED"]


@pytest.mark.parametrize(("eligible", "state"), [(True, "appraised"), (False, "ineligible")])
def test_finding_is_kept_with_reason_and_clause(cast: Cast, *, eligible: bool, state: str) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    (appraise if eligible else find_ineligible)(cast, [row])
    found = Appraisal.objects.get()
    assert (found.eligible, found.clause, found.appraised_by) == (
        eligible, "Mục IV.3.2.2.e", "Đỗ Anh Tuấn",
    )  # fmt: skip
    assert (again(row)[0].state, str(found)) == (state, f"{row.pk}: {eligible}")


@pytest.mark.parametrize(
    ("service", "reason", "clause"),
    [
        (appraisal.appraise_nomination, "Đủ", " "),
        (appraisal.find_ineligible, "Thiếu", ""),
        (appraisal.find_ineligible, " ", "Mục IV"),
    ],
)
def test_finding_without_its_ground_is_refused(
    cast: Cast, service: Any, reason: str, clause: str
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given: dict[str, Any] = {
        "actor": cast["tuan"],
        "nomination_id": row.pk,
        "expected_version": row.version,
    }
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        service(**given, reason=reason, clause=clause)
    assert caught.value.code == "VALUE_MISSING"
    assert fingerprint() == before
    assert service(**given, reason="Nhận xét", clause="Mục IV")


def test_set_goes_to_the_council_with_report_and_letter(cast: Cast) -> None:
    rows = nominations_in(State.APPRAISED, cast, facts(), facts(person("Lê Thị Hồng")))
    report, letter = submit_to_board(cast, rows)
    assert [report.template_key, letter.template_key] == ["bao_cao_tham_dinh", "to_trinh_so"]
    assert values_of(letter)["bao_cao_tham_dinh"]["so_ky_hieu"] == "01/BC-STTTT"
    assert values_of(letter)["kinh_gui"] == ["Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang"]
    listed = [row["ten"] for row in values_of(report)["danh_sach_ca_nhan"]]
    assert listed == ["Nguyễn Thị Ngọc Ánh", "Lê Thị Hồng"]
    assert {row.state for row in again(*rows)} == {"under_review"}
    submission = Submission.objects.get(stage=Stage.TO_BOARD)
    assert submission.items.count() == 2


def test_ineligible_are_reported_once_and_only_to_their_authority(cast: Cast) -> None:
    out, first, second = nominations_in(
        State.UNDER_APPRAISAL, cast, *(facts(person(f"Lê Thị {name}")) for name in ("A1", "Bé", "Cẩm"))
    )  # fmt: skip
    upward = nomination_in(
        State.UNDER_APPRAISAL, cast, facts(person("Lê Thị Điệp"), PRIME_MINISTER)
    )
    find_ineligible(cast, [out, upward])
    reported: list[list[str]] = []
    for row in (first, second):
        appraise(cast, [row])
        report = submit_to_board(cast, again(row))[0]
        reported.append([found["ten"] for found in values_of(report)["khong_du_dieu_kien"]])
    assert reported == [[out.nominee.name], []]


def test_set_for_two_authorities_is_refused_and_each_alone_is_not(cast: Cast) -> None:
    here = nomination_in(State.APPRAISED, cast)
    up = nomination_in(State.APPRAISED, cast, facts(person("Lê Thị Hồng"), PRIME_MINISTER))
    _refuses(cast, "SET_MIXED", here, up)
    for row in (here, up):
        assert submit_to_board(cast, [row])


def test_set_of_two_occasions_is_refused(cast: Cast) -> None:
    final = nomination_in(State.APPRAISED, cast)
    annual = nomination_in(
        State.APPRAISED, cast, facts(person("Lê Thị Hồng"), item="annual_bk_tinh_donor")
    )
    _refuses(cast, "SET_MIXED", final, annual)


def test_empty_set_is_refused(cast: Cast) -> None:
    _refuses(cast, "NOTHING_CHOSEN")


def test_one_stale_nomination_holds_the_whole_letter_back(cast: Cast) -> None:
    rows = nominations_in(State.APPRAISED, cast, facts(), facts(person("Lê Thị Hồng")))
    stale = rows[1]
    stale.version -= 1
    _refuses(cast, "NOMINATION_CHANGED", *rows)


def _refuses(cast: Cast, code: str, *rows: Nomination) -> None:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        submit_to_board(cast, rows)
    assert caught.value.code == code
    assert fingerprint() == before
