"""A returned nomination: its unit changes what was asked for, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from audit.errors import Refusal
from documents.models import DocumentVersion
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    again,
    facts,
    in_days,
    nomination_in,
    nominations_in,
    person,
)
from tests.judging import DISCIPLINE
from tests.rows import fingerprint
from workflow.models import GapKind, Nomination
from workflow.services import facts as facts_service
from workflow.services import returns
from workflow.services.returns import GapFacts
from workflow.states import State
from workflow.supplements import SUPPLEMENT_FIELDS, current


def given_back(cast: Cast, row: Nomination, *gaps: GapFacts) -> Nomination:
    returns.return_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=row.version,
        gaps=gaps, due_on=in_days(10),
    )  # fmt: skip
    return again(row)[0]


def field(name: str) -> GapFacts:
    return GapFacts("Báo cáo", "Sửa lại", "", GapKind.FIELD, name)


PAPER = GapFacts("Xác nhận", "Gửi kèm xác nhận của địa phương")


def resubmit(cast: Cast, row: Nomination, **changes: str) -> Nomination:
    return returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=row.version,
        answers={1: "Đã sửa"}, changes=changes,
    )  # fmt: skip


def refused(act: Any, *given: Any, **named: Any) -> str:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        act(*given, **named)
    assert fingerprint() == before
    return caught.value.code


@pytest.mark.parametrize("name", SUPPLEMENT_FIELDS)
def test_field_is_written_where_it_was_asked_for_and_refused_where_not(
    cast: Cast, name: str
) -> None:
    row = given_back(cast, nomination_in(State.UNDER_APPRAISAL, cast), PAPER)
    assert refused(resubmit, cast, row, **{name: "Nội dung mới"}) == "NOT_ASKED_FOR"
    other = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Trần Văn Đường")))
    other = given_back(cast, other, field(name))
    resubmit(cast, other, **{name: "Nội dung mới"})
    (written,) = again(other)
    assert (written.state, current(written, name)) == ("under_appraisal", "Nội dung mới")
    if name in {"achievement", "position", "workplace"}:  # what the report of a person prints
        versions = DocumentVersion.objects.filter(
            document__template_key="bao_cao_ca_nhan", document__links__nomination=other
        )
        assert "Nội dung mới" in str(versions.get(number=2).values)


def test_text_that_stands_and_an_empty_one_change_nothing(cast: Cast) -> None:
    row = given_back(cast, nomination_in(State.UNDER_APPRAISAL, cast), PAPER)
    resubmit(cast, row, achievement=row.achievement, summary=" ")
    assert again(row)[0].summary == row.summary


def test_nominee_whom_other_papers_name_is_not_rewritten(cast: Cast) -> None:
    rows = nominations_in(State.UNDER_APPRAISAL, cast)
    nominations_in(State.UNDER_APPRAISAL, cast, facts(authority=PRIME_MINISTER))
    row = given_back(cast, rows[0], field("position"))
    assert refused(resubmit, cast, row, position="Phó Chánh Văn phòng") == "NOMINEE_IN_USE"


def test_facts_are_entered_for_the_criterion_that_was_named(cast: Cast) -> None:
    def enter(row: Nomination) -> Nomination:
        return facts_service.enter_facts(
            actor=cast["lan"], nomination_id=row.pk, expected_version=row.version,
            facts=[facts_service.FactGiven(DISCIPLINE, "yes", "Xác nhận số 12")],
        )  # fmt: skip

    first = nomination_in(State.UNDER_APPRAISAL, cast)
    assert refused(enter, given_back(cast, first, PAPER, field("summary"))) == "NOT_ASKED_FOR"
    second = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Trần Văn Đường")))
    criterion = GapFacts("Kỷ luật", "Xác nhận", "", GapKind.CRITERION, DISCIPLINE)
    enter(given_back(cast, second, criterion))
    assert again(second)[0].fact_entries.get().value == "yes"


@pytest.mark.parametrize(
    "gap",
    [
        GapFacts("Báo cáo", "Sửa", "", GapKind.FIELD, "name"),
        GapFacts("Báo cáo", "Sửa", "", GapKind.FIELD),
        GapFacts("Kỷ luật", "Xác nhận", "", GapKind.CRITERION),
    ],
)
def test_gap_that_opens_nothing_known_is_refused(cast: Cast, gap: GapFacts) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert refused(given_back, cast, row, gap) == "VALUE_MISSING"
