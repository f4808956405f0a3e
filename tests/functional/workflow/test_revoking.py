"""An award is taken back by whoever gave it, with the paper, and what is to come back is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from campaigns.models import Clock, Mark, Regime
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    REVOCATION,
    again,
    asked,
    close,
    facts,
    nomination_in,
    nominations_in,
    person,
    revoke,
)
from workflow.errors import AccessDeniedError, NominationChangedError
from workflow.errors_after import NotRevokedError, SeveralDecisionsError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.guards import GUARDS
from workflow.law import law_of
from workflow.models import Ground, Nomination, Revocation, WorkItem
from workflow.money import money_lines
from workflow.services import revoking
from workflow.services.central import CentralPaper
from workflow.states import State

PAPER = CentralPaper(
    notation="77/QĐ-TTg", issued_on=timezone.localdate(), issuer="Thủ tướng Chính phủ"
)


def test_award_is_revoked_by_a_numbered_decision_and_leaves_every_table(cast: Cast) -> None:
    first, second = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    paper = revoke(cast, [first])
    assert {row.state for row in again(first)} == {"revoked"}
    assert again(second)[0].state == "awarded"
    values = paper.versions.get().values
    assert values["danh_sach_ca_nhan"][0]["ten"] == first.nominee.name
    assert len(values["danh_sach_ca_nhan"]) == 1
    assert values["quyet_dinh"]["so_ky_hieu"] == first.decision_item.decision.notation
    assert values["truong_hop"].startswith("điểm a khoản 2 Điều 93 Luật Thi đua")
    assert paper.register_entry
    kept = Revocation.objects.get()
    assert (kept.notation, kept.money) == (paper.register_entry.notation, first.decision_item.bonus)
    assert kept.due_on is None
    assert "thời hạn thu hồi" in kept.due_words
    assert not WorkItem.objects.filter(nomination=first, closed_at__isnull=True).exists()
    beware = {line.item.nomination_id: line.also for line in money_lines(kept.decision)}
    assert "không chi" in beware[first.pk]
    assert "không chi" not in beware[second.pk]
    event = Event.objects.get(action="nomination.revoked")
    assert event.data["finding"] == REVOCATION.finding


def test_filed_award_can_be_revoked_and_a_filed_refusal_cannot(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, refused = (
        nomination_in(State.AWARDED, cast),
        nomination_in(State.NOT_AWARDED, cast, facts(person("Lê Thị Hồng"))),
    )
    close(cast, [given, refused])
    with pytest.raises(Exception, match="không có gì để hủy bỏ"):
        revoke(cast, again(refused))
    assert again(refused)[0].state == "closed"
    revoke(cast, again(given))
    assert again(given)[0].state == "revoked"
    # the control: without the guard, what was never given is moved as if it had been
    monkeypatch.setitem(GUARDS, "was_awarded", lambda _row: None)
    with pytest.raises(Nomination.decision_item.RelatedObjectDoesNotExist):
        revoke(cast, again(refused))


def test_only_who_gave_it_takes_it_back(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    for login in ("thao", "hung", "nga", "binh", "dung"):
        with pytest.raises(AccessDeniedError):
            revoking.revoke_awards(actor=cast[login], items=asked(row), facts=REVOCATION)
    assert Event.objects.filter(action="access.denied").count() == 5
    with pytest.raises(Exception, match="không do cấp trên quyết định"):
        revoking.record_revocation(
            actor=cast["nga"], items=asked(row), facts=REVOCATION, paper=PAPER
        )
    assert again(row)[0].state == "awarded"
    assert not Revocation.objects.exists()


def test_award_of_the_centre_is_recorded_as_revoked_by_it(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast, facts(authority=PRIME_MINISTER))
    with pytest.raises(Exception, match="không hủy bỏ được"):
        revoke(cast, [row])
    [kept] = revoking.record_revocation(
        actor=cast["nga"], items=asked(row), facts=REVOCATION, paper=PAPER
    )
    assert again(row)[0].state == "revoked"
    assert (kept.notation, kept.issuer, kept.document) == ("77/QĐ-TTg", "Thủ tướng Chính phủ", None)


def test_centre_revokes_on_the_day_of_the_award_at_the_soonest(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast, facts(authority=PRIME_MINISTER))
    given = row.decision_item.decision.issued_on
    early = replace(PAPER, issued_on=given - timedelta(days=1))
    with pytest.raises(ValueFormatError, match="không thể trước quyết định tặng"):
        revoking.record_revocation(
            actor=cast["nga"], items=asked(row), facts=REVOCATION, paper=early
        )
    assert again(row)[0].state == "awarded"
    assert not Revocation.objects.exists()
    same_day = replace(PAPER, issued_on=given)
    revoking.record_revocation(
        actor=cast["nga"], items=asked(row), facts=REVOCATION, paper=same_day
    )
    assert again(row)[0].state == "revoked"


def test_one_paper_revokes_from_one_decision(cast: Cast) -> None:
    first = nomination_in(State.AWARDED, cast)
    second = nomination_in(State.AWARDED, cast, facts(person("Lê Thị Hồng")))
    with pytest.raises(SeveralDecisionsError):
        revoke(cast, [first, second])
    assert {row.state for row in again(first, second)} == {"awarded"}


@pytest.mark.parametrize("name", ["reason", "finding", "to", "carried_out_by"])
def test_paper_without_what_it_prints_is_not_made(cast: Cast, name: str) -> None:
    row = nomination_in(State.AWARDED, cast)
    given = {field: getattr(REVOCATION, field) for field in REVOCATION.__slots__}
    with pytest.raises(ValueMissingError):
        revoking.revoke_awards(
            actor=cast["duc"],
            items=asked(row),
            facts=revoking.RevocationFacts(**{**given, name: " "}),
        )
    assert again(row)[0].state == "awarded"


def test_days_to_give_back_come_from_a_checked_clock(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    regime = Regime.objects.create(
        key="kiem-thu", name="Chế độ kiểm thử", valid_from="2022-01-01", mark=Mark.SEEN
    )
    row.dossier.regime = regime
    row.dossier.save(update_fields=["regime"])
    clock = Clock.objects.create(
        regime=regime, key=revoking.RETURN_OF_ITEMS, name="Thu hồi", length=15,
        unit="calendar_days", mark=Mark.SECONDARY, clause="Điều 58",
    )  # fmt: skip
    today = timezone.localdate()
    day, words = revoking.return_day(law_of([row]), row, today)
    assert day is None
    assert "chưa đối chiếu" in words
    Clock.objects.filter(pk=clock.pk).update(mark=Mark.SEEN)
    paper = revoke(cast, [row])
    assert Revocation.objects.get().due_on == today + timedelta(days=15)
    assert paper.versions.get().values["han"] == (today + timedelta(days=15)).isoformat()


def test_what_came_back_is_noted_once_for_each_and_by_its_keeper(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    today = timezone.localdate()

    def note(login: str = "thao", version: int | None = None, **days: object) -> Revocation:
        given = {"money_on": None, "items_on": None, **days}
        [now] = again(row)
        return revoking.note_return(
            actor=cast[login],
            nomination_id=row.pk,
            expected_version=now.version if version is None else version,
            **given,  # type: ignore[arg-type]
        )

    with pytest.raises(NotRevokedError):
        note()
    revoke(cast, [row])
    with pytest.raises(AccessDeniedError):
        note("lan", items_on=today)
    with pytest.raises(ValueFormatError):
        note(items_on=today + timedelta(days=1))
    assert not Revocation.objects.get().settled
    kept = note(items_on=today)
    assert kept.items_back_on == today
    with pytest.raises(NominationChangedError):
        note(version=again(row)[0].version - 1, items_on=None)
    assert Event.objects.filter(action="award.returned").count() == 1


def test_page_tells_what_is_to_come_back_and_offers_to_note_it(cast: Cast) -> None:
    row = nomination_in(State.REVOKED, cast)
    client = Client()
    client.force_login(cast.users["thao"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/nominations/{row.pk}/")
    text = page.content.decode()
    assert str(Ground.FRAUD.label) in text
    assert "chưa nhận lại" in text
    assert [one["act"].name for one in page.context["acts"]] == ["note_return"]
    day = f"{timezone.localdate():%d/%m/%Y}"
    item = f"{row.pk}:{again(row)[0].version}"
    answer = client.post("/acts/note_return/", {"item": item, "items_on": day, "money_on": day})
    assert answer.status_code == 302
    assert Revocation.objects.get().settled


def test_form_revokes_from_the_page(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    client = Client()
    client.force_login(cast.users["duc"], "django.contrib.auth.backends.ModelBackend")
    offered = client.get(f"/nominations/{row.pk}/").context["acts"]
    assert {one["act"].name for one in offered} == {"revoke", "correct", "reissue"}
    given = {name: getattr(REVOCATION, name) for name in REVOCATION.__slots__}
    answer = client.post(
        "/acts/revoke/", {**given, "ground": "a", "item": f"{row.pk}:{row.version}"}
    )
    assert answer.status_code == 302
    assert again(row)[0].state == "revoked"
