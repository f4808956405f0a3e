"""Counting a box: what is valid, what is not, and how it adds up."""

from __future__ import annotations

import secrets
from functools import cache
from uuid import UUID

import pytest

from workflow.ballot_box import Ballot, Paper, Tally, invalid_ones, is_valid, tally
from workflow.blindrsa import blind, new_key, opened, sign_blinded, unblind

SESSION = UUID(int=7)


@cache
def paper() -> tuple[Paper, str]:
    key, sealed = new_key(b"x")
    return Paper(SESSION, 1, key, 3), sealed


def ballot(choices: str, to: Paper | None = None) -> Ballot:
    known, sealed = paper()
    token = secrets.token_bytes(32)
    blinded, inverse = blind(known.key, (to or known).message(token))
    signed = unblind(known.key, sign_blinded(opened(sealed, b"x"), blinded), inverse)
    return Ballot(token, signed.to_bytes(known.key.size), choices)


def test_ballots_add_up_item_by_item() -> None:
    box = [ballot(one) for one in ("yyn", "yn-", "y-n")]
    assert tally(3, box) == [Tally(3, 0, 0), Tally(1, 1, 1), Tally(0, 2, 1)]
    assert tally(3, []) == [Tally(0, 0, 0)] * 3


@pytest.mark.parametrize(
    "other", [Paper(UUID(int=8), 1, paper()[0].key, 3), Paper(SESSION, 2, paper()[0].key, 3)]
)
def test_a_ballot_is_good_for_its_own_paper_and_session_alone(other: Paper) -> None:
    mine, foreign = ballot("yyn"), ballot("yyn", to=other)
    assert is_valid(paper()[0], mine)
    assert not is_valid(paper()[0], foreign)
    assert invalid_ones(paper()[0], [mine, foreign]) == [foreign]


@pytest.mark.parametrize("choices", ["", "yy", "yyyy", "yyx", "YYY"])
def test_what_is_filled_in_otherwise_is_no_ballot(choices: str) -> None:
    assert not is_valid(paper()[0], ballot(choices))
