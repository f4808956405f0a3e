"""The centre's answer: recorded with its number, its day and its scan."""

from __future__ import annotations

from typing import Any

import pytest

from audit.errors import Refusal
from tests.cast import Cast
from tests.factories import (
    PRESIDENT,
    PRIME_MINISTER,
    again,
    facts,
    in_days,
    nomination_in,
    nominations_in,
    person,
    record_central,
)
from tests.files import pdf_of
from tests.rows import fingerprint
from workflow.models import Decision, Nomination
from workflow.states import State

HONG = person("Lê Thị Hồng")


def upward(cast: Cast) -> list[Nomination]:
    return nominations_in(
        State.AT_CENTRAL, cast, facts(authority=PRIME_MINISTER), facts(HONG, PRIME_MINISTER)
    )


@pytest.mark.parametrize(("awarded", "state"), [(True, "awarded"), (False, "not_awarded")])
def test_answer_moves_the_set_and_is_kept_as_a_decision(
    cast: Cast, *, awarded: bool, state: str
) -> None:
    rows = upward(cast)
    decision = record_central(cast, rows, awarded=awarded, notation=" 12/QĐ-TTg ")
    assert {row.state for row in again(*rows)} == {state}
    assert (decision.notation, decision.issuer, decision.document) == (
        "12/QĐ-TTg", "Thủ tướng Chính phủ", None,
    )  # fmt: skip
    assert set(decision.items.values_list("awarded", flat=True)) == {awarded}


def test_answer_recorded_in_two_goes_is_one_decision(cast: Cast) -> None:
    first, second = upward(cast)
    assert record_central(cast, [first]).pk == record_central(cast, [second]).pk
    assert Decision.objects.get().items.count() == 2


def test_scan_of_the_answer_lies_in_every_dossier_it_names(cast: Cast) -> None:
    rows = [
        nomination_in(State.AT_CENTRAL, cast, facts(authority=PRIME_MINISTER)),
        nomination_in(State.AT_CENTRAL, cast, facts(HONG, PRIME_MINISTER), unit="so-y-te"),
    ]
    decision = record_central(cast, rows, name="quyet-dinh.pdf", content=pdf_of())
    assert decision.document is not None
    assert decision.document.title == "12/QĐ-TTg (Thủ tướng Chính phủ)"
    assert set(decision.document.links.values_list("dossier", flat=True)) == {
        row.dossier_id for row in rows
    }


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        ({"notation": " "}, "VALUE_MISSING"),
        ({"issuer": ""}, "VALUE_MISSING"),
        ({"issued_on": in_days(1)}, "VALUE_FORMAT"),
        ({"name": "a.pdf", "content": b"<html></html>"}, "FILE_TYPE_MISMATCH"),
    ],
)
def test_answer_that_cannot_be_is_refused(cast: Cast, paper: dict[str, Any], code: str) -> None:
    rows = upward(cast)
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        record_central(cast, rows, **paper)
    assert caught.value.code == code
    assert fingerprint() == before
    record_central(cast, rows)


def test_answers_of_two_authorities_are_two(cast: Cast) -> None:
    rows = [
        nomination_in(State.AT_CENTRAL, cast, facts(authority=authority))
        for authority in (PRIME_MINISTER, PRESIDENT)
    ]
    with pytest.raises(Refusal) as caught:
        record_central(cast, rows)
    assert caught.value.code == "SET_MIXED"
    for number, row in enumerate(rows):
        record_central(cast, [row], notation=f"{number}/QĐ")


def test_stale_nomination_holds_the_answer_back(cast: Cast) -> None:
    row = nomination_in(State.AT_CENTRAL, cast)
    row.version -= 1
    with pytest.raises(Refusal) as caught:
        record_central(cast, [row])
    assert caught.value.code == "NOMINATION_CHANGED"
