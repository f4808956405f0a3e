"""A nominee with the name of somebody who has an account: asked about, and never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from audit.errors import Refusal
from audit.models import Event
from organisations.models import Role, User
from tests.cast import Cast
from tests.factories import (
    again,
    appraise,
    asked,
    collective,
    draft,
    facts,
    nomination_in,
    nominations_in,
    person,
)
from tests.rows import counted, fingerprint
from workflow.conflicts import is_lender, is_nominee, is_same_person
from workflow.engine import examine
from workflow.guards import GUARDS, person_settled
from workflow.models import Identification, Nomination, Nominee
from workflow.pages.persons import Persons, candidates, namesake_warning, persons
from workflow.persons import load_namesakes, load_namesakes_for, namesakes
from workflow.queries import paths_of
from workflow.services.drafting import edit_nomination
from workflow.services.identifying import identify_person
from workflow.states import MOVES, State

KHANH = "Đặng Quốc Khánh"
REASON = "Ngày sinh trong hồ sơ cán bộ"
OTHER_OFFICE = person(KHANH, position="Giáo viên")
"""A namesake of the council's member, of whom nothing but the name tells that it may be he."""


def say(
    cast: Cast, row: Nomination, *, same: bool, by: str = "tuan", who: str = "khanh", **given: Any
) -> Identification:
    return identify_person(
        actor=cast[by],
        nomination_id=row.pk,
        expected_version=again(row)[0].version,
        user_id=cast.users[who].pk,
        same=same,
        **{"reason": REASON, **given},
    )


def appraised(cast: Cast, row: Nomination) -> str:
    appraise(cast, again(row))
    return again(row)[0].state


def refused(code: str, **given: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        say(**given)
    after = fingerprint()
    assert {key for key in before if before[key] != after[key]} <= {"audit_event", "audit_head"}
    assert caught.value.code == code
    return caught.value


def test_namesake_is_asked_about_before_the_finding_and_not_guessed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the guard off he is found eligible, and nobody ever asked who he is."""
    row, other = nominations_in(State.UNDER_APPRAISAL, cast, facts(OTHER_OFFICE), facts(person()))
    with monkeypatch.context() as off:
        off.setitem(GUARDS, "person_settled", lambda _row: None)
        assert not examine(
            actor=cast["tuan"], move=MOVES["appraise"], items=asked(row), at=row.created_at
        )
    with pytest.raises(Refusal, match="Chưa xác định Đặng Quốc Khánh") as caught:
        appraised(cast, row)
    assert caught.value.code == "PERSON_UNSETTLED"
    assert "Đặng Quốc Khánh, Ủy viên (khanh)" in caught.value.why
    assert appraised(cast, other) == State.APPRAISED


def test_who_was_told_apart_is_barred_from_nothing(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Đỗ Anh Tuấn", position="x")))
    kept = say(cast, row, same=False, by="phuong", who="tuan")
    assert (kept.same, kept.said_by, kept.said_role) == (
        False, cast["phuong"].name, Role.DEPARTMENT_HEAD,
    )  # fmt: skip
    assert appraised(cast, row) == State.APPRAISED
    event = Event.objects.get(action="nominee.told_apart")
    assert event.data["reason"] == REASON
    assert event.after == {"user": None, "not_users": [cast.users["tuan"].pk]}


def test_who_was_identified_handles_nothing_of_it_and_the_others_go_on(cast: Cast) -> None:
    """Before it was said, nothing barred the council's member from his own case."""
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(OTHER_OFFICE))
    assert not is_nominee(cast["khanh"], row)
    say(cast, row, same=True)
    [row] = again(row)
    assert is_nominee(cast["khanh"], row)
    assert not is_nominee(cast["tuan"], row)
    assert row.nominee.user == cast.users["khanh"]
    assert appraised(cast, row) == State.APPRAISED
    assert Event.objects.get(action="nominee.identified").data["person"] == KHANH


def test_head_of_the_unit_with_the_name_is_barred_by_the_rough_rule_until_told_apart(
    cast: Cast,
) -> None:
    hung = cast["hung"]
    [row] = draft(cast, facts(person(hung.name, position="Bác sĩ")))
    assert is_nominee(hung, row)
    [lent] = [replace(one, on_behalf_of=hung.name, lender_id=hung.user_id) for one in hung.mandates]
    who = {"name": hung.name, "position": "", "unit_path": lent.unit_path}
    assert is_lender(lent, row)
    assert is_same_person(row, user_id=hung.user_id, **who)
    say(cast, row, same=False, by="lan", who="hung")
    [row] = again(row)
    assert not is_nominee(hung, row)
    assert not is_lender(lent, row)
    assert not is_same_person(row, user_id=hung.user_id, **who)
    assert is_same_person(row, user_id=None, **who)


def test_nobody_says_it_of_himself_nor_without_grounds_nor_of_a_stranger(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(person("Đỗ Anh Tuấn", position="x")))
    own = {"cast": cast, "row": row, "who": "tuan"}
    assert "Không ai tự xác định" in refused("ACCESS_DENIED", same=False, **own).why
    refused("ACCESS_DENIED", same=True, **own)
    refused("ACCESS_DENIED", same=False, **own, by="lan")
    refused("VALUE_MISSING", same=False, **own, by="phuong", reason=" ")
    refused("NOT_NAMESAKE", cast=cast, row=row, same=True, by="phuong", who="khanh")
    assert Event.objects.filter(action="access.denied").count() == 3
    say(cast, row, same=False, by="phuong", who="tuan")


def test_it_may_be_said_anew_and_all_answers_are_kept(cast: Cast) -> None:
    [row] = draft(cast, facts(OTHER_OFFICE))
    for same in (True, False, True):
        say(cast, row, same=same, by="lan")
        [row] = again(row)
        assert (row.nominee.user_id, row.nominee.not_users) == (
            (cast.users["khanh"].pk, []) if same else (None, [cast.users["khanh"].pk])
        )
    assert list(Identification.objects.values_list("same", flat=True)) == [True, False, True]
    assert row.version == 4


def test_another_name_or_birth_date_is_asked_about_again(cast: Cast) -> None:
    [row] = draft(cast, facts(OTHER_OFFICE))
    say(cast, row, same=False, by="lan")
    [row] = again(row)
    assert not namesakes([row.nominee])
    younger = facts(replace(OTHER_OFFICE, birth_date=date(1999, 1, 1)))
    edit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=row.version, facts=younger
    )
    [row] = again(row)
    assert row.nominee.not_users == []
    assert namesakes([row.nominee])[row.nominee_id] == [cast.users["khanh"]]


def names_found(nominees: Iterable[Nominee]) -> int:
    return sum(map(len, namesakes(nominees).values()))


def test_accounts_are_found_by_the_name_as_people_write_it_in_one_query(cast: Cast) -> None:
    rows = draft(
        cast,
        facts(person("ĐẶNG QUỐC KHÁNH", birth_date=date(1980, 1, 1))),
        facts(person("Đặng quốc  khánh", birth_date=date(1980, 1, 2))),
        facts(person("Đặng Quốc Khanh")),
        facts(collective(KHANH)),
    )
    nominees = [row.nominee for row in rows]
    with counted() as cost:
        assert names_found(nominees) == 2
    assert len(cost) == 1
    with counted() as cost:
        assert names_found(nominees[3:]) == 0
    assert len(cost) == 0
    User.objects.filter(username="khanh").update(is_active=False)
    assert names_found(nominees) == 0


def test_guard_that_was_not_prepared_for_is_a_bug_and_says_so(cast: Cast) -> None:
    [row] = draft(cast)
    with pytest.raises(LookupError):
        person_settled(row)
    load_namesakes_for([row], [MOVES["receive"]])
    assert row.namesakes is None
    load_namesakes_for([row], [MOVES["award_in_unit"]])
    assert person_settled(row) is None


def card_of(cast: Cast, row: Nomination, login: str = "tuan") -> Persons:
    load_namesakes([row])
    return persons(cast[login], row, paths_of(row))


def test_card_tells_whoever_reads_it_and_is_open_to_whoever_may(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(OTHER_OFFICE))
    card = card_of(cast, row)
    assert (card.open, card.tied, card.acts) == (
        ["Đặng Quốc Khánh, Ủy viên (khanh)"], "", ["identify"],
    )  # fmt: skip
    assert card_of(cast, row, "mai").acts == []
    say(cast, row, same=True)
    [row] = again(row)
    card = card_of(cast, row)
    assert (list(card.open), card.tied) == ([], "Đặng Quốc Khánh, Ủy viên (khanh)")
    assert [one.reason for one in card.rows] == [REASON]
    assert [key for key, _words in candidates(row)] == [cast.users["khanh"].pk]
    other = nomination_in(State.UNDER_APPRAISAL, cast, facts(collective()))
    assert not card_of(cast, other).shown


def test_page_asks_takes_the_answer_and_shows_it(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(OTHER_OFFICE))
    client = Client()
    client.force_login(cast.users["tuan"])
    text = client.get(f"/nominations/{row.pk}/").content.decode()
    assert "Chưa xác định có đúng là người dùng này không" in text
    assert "Trùng tên với tài khoản" in text
    item = {"item": f"{row.pk}:{row.version}"}
    assert "chỉ trùng tên" in client.get("/acts/identify/", item).content.decode()
    given = {**item, "user_id": cast.users["khanh"].pk, "same": "other", "reason": REASON}
    assert client.post("/acts/identify/", {**given, "same": ""}).status_code == 200
    assert not Identification.objects.exists()
    text = client.post("/acts/identify/", given, follow=True).content.decode()
    assert f"không phải Đặng Quốc Khánh (khanh). Căn cứ: {REASON}" in text


def test_clerk_is_told_when_he_drafts_and_when_he_imports(cast: Cast) -> None:
    rows = draft(cast, *(facts(person(KHANH, birth_date=date(1980, 1, n))) for n in range(1, 8)))
    words = namesake_warning(rows)
    assert words.startswith("7 người trùng tên với tài khoản")
    assert "và 2 người khác" in words
    assert "khác" not in namesake_warning(rows[:2])
    assert namesake_warning(draft(cast)) == ""
