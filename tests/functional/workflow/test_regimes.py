"""A dossier is judged by the law of the day it was received; only a named person changes that."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db.models import ProtectedError

from audit.errors import Refusal
from audit.models import Event
from audit.services import SYSTEM
from campaigns.errors import CampaignFactInUseError
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import Regime
from campaigns.services import load_campaign
from tests.cast import Cast
from tests.factories import asked, facts, nomination_in, nominations_in, person, receive
from tests.judging import load_regimes
from tests.rows import fingerprint
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_dossiers import (
    DossierChangedError,
    DossierNotReceivedError,
    RegimeUnchangedError,
    RegimeUnknownError,
)
from workflow.errors_drafting import ValueMissingError
from workflow.models import Dossier, Nomination
from workflow.services.appraisal import receive_nominations
from workflow.services.regimes import change_regime
from workflow.states import State

REGIMES = (SHIPPED / "regimes.yaml").read_text("utf-8")
LAST_EVENING = "2025-06-30T23:30:00+07:00"
FIRST_HOUR = "2025-07-01T00:30:00+07:00"
"""Both on 30 June in Greenwich."""
NO_LAW_YET = "2027-03-01T08:00:00+07:00"


@pytest.fixture
def law(cast: Cast) -> None:
    load_regimes()


def dossier_of(row: Nomination) -> Dossier:
    return Dossier.objects.select_related("regime").get(pk=row.dossier_id)


def regime_of(row: Nomination) -> str:
    regime = dossier_of(row).regime
    return regime.key if regime else ""


def received_at(moment: str, cast: Cast) -> Nomination:
    with time_machine.travel(moment):
        return nomination_in(State.UNDER_APPRAISAL, cast)


@pytest.mark.parametrize(
    ("moment", "key"), [(LAST_EVENING, "nd-98-2023"), (FIRST_HOUR, "nd-152-2025")]
)
def test_first_receipt_pins_the_regime_of_the_local_day(
    cast: Cast, law: None, moment: str, key: str
) -> None:
    row = received_at(moment, cast)
    assert regime_of(row) == key
    event = Event.objects.get(action="nomination.received")
    assert event.data["regime"] == key
    assert "missing" not in event.data


def test_later_receipts_leave_the_pin_and_say_it(cast: Cast, law: None) -> None:
    with time_machine.travel(LAST_EVENING):
        first, second = nominations_in(State.PROPOSED, cast, facts(), facts(person("Lê Thị Hồng")))
        receive(cast, [first])
    with time_machine.travel(FIRST_HOUR):
        receive(cast, [second])
    assert regime_of(second) == "nd-98-2023"
    events = Event.objects.filter(action="nomination.received").order_by("seq")
    assert [event.data["regime"] for event in events] == ["nd-98-2023", "nd-98-2023"]


def test_a_day_without_regime_is_named_and_the_dossier_goes_on(cast: Cast, law: None) -> None:
    row = received_at(NO_LAW_YET, cast)
    assert (regime_of(row), row.state) == ("", State.UNDER_APPRAISAL)
    event = Event.objects.get(action="nomination.received")
    assert event.data["regime"] == ""
    assert event.data["missing"] == ["chế độ khen thưởng có hiệu lực ngày 01/03/2027"]


def test_receiving_what_is_not_there_is_refused_as_before(cast: Cast, law: None) -> None:
    row = nomination_in(State.PROPOSED, cast)
    [item] = asked(row)
    Nomination.objects.filter(pk=row.pk).update(version=row.version + 1)
    result = receive_nominations(actor=cast["tuan"], items=[item])
    assert (result.moved, [str(r.code) for r in result.refused.values()]) == (
        [], ["NOMINATION_CHANGED"],
    )  # fmt: skip
    assert (regime_of(row), dossier_of(row).received_at) == ("", None)


def change(cast: Cast, dossier: Dossier, by: str = "phuong", **changes: Any) -> Dossier:
    given: dict[str, Any] = {
        "dossier_id": dossier.pk,
        "expected_version": dossier.version,
        "regime_key": "nd-98-2023",
        "reason": "  Hồ sơ gửi trước  01/7/2025 ",
        **changes,
    }
    return change_regime(actor=cast[by], **given)


def test_head_of_the_department_changes_the_pin_with_a_reason(cast: Cast, law: None) -> None:
    dossier = dossier_of(received_at(FIRST_HOUR, cast))
    changed = change(cast, dossier)
    assert changed.version == dossier.version + 1
    dossier.refresh_from_db()
    assert dossier.regime == Regime.objects.get(key="nd-98-2023")
    event = Event.objects.get(action="dossier.regime_changed")
    assert (event.stream, event.name, event.role) == (
        dossier.stream, "Võ Thị Hà Phương", "department_head",
    )  # fmt: skip
    assert (event.before, event.after) == ({"regime": "nd-152-2025"}, {"regime": "nd-98-2023"})
    assert event.data == {"code": dossier.code, "reason": "Hồ sơ gửi trước 01/7/2025"}


def test_a_dossier_received_on_a_day_without_regime_can_be_given_one(cast: Cast, law: None) -> None:
    dossier = dossier_of(received_at(NO_LAW_YET, cast))
    change(cast, dossier, regime_key="luat-06-2026")
    assert Event.objects.get(action="dossier.regime_changed").before == {"regime": ""}


@pytest.mark.parametrize("by", ["lan", "hung", "tuan", "thao", "duc", "son", "dung"])
def test_nobody_else_changes_the_pin(cast: Cast, law: None, by: str) -> None:
    dossier = dossier_of(received_at(FIRST_HOUR, cast))
    with pytest.raises(AccessDeniedError):
        change(cast, dossier, by)
    dossier.refresh_from_db()
    assert dossier.regime == Regime.objects.get(key="nd-152-2025")
    assert Event.objects.filter(action="access.denied").count() == 1
    change(cast, dossier)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"expected_version": 7}, DossierChangedError),
        ({"regime_key": "nd-1-1999"}, RegimeUnknownError),
        ({"regime_key": "nd-152-2025"}, RegimeUnchangedError),
        ({"reason": "  "}, ValueMissingError),
        ({"dossier_id": "00000000-0000-4000-8000-000000000000"}, NotFoundError),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_writes_nothing(
    cast: Cast, law: None, changes: dict[str, Any], refusal: type[Refusal]
) -> None:
    dossier = dossier_of(received_at(FIRST_HOUR, cast))
    before = fingerprint()
    with pytest.raises(refusal) as refused:
        change(cast, dossier, **changes)
    assert refused.value.what
    assert fingerprint() == before


def test_before_its_receipt_a_dossier_has_no_regime_to_change(cast: Cast, law: None) -> None:
    dossier = dossier_of(nomination_in(State.PROPOSED, cast))
    with pytest.raises(DossierNotReceivedError, match="Chưa đổi được chế độ"):
        change(cast, dossier)


def test_a_regime_with_dossiers_is_not_removed_by_a_file(cast: Cast, law: None) -> None:
    received_at(FIRST_HOUR, cast)
    start, end = REGIMES.index("- key: nd-152-2025"), REGIMES.index("- key: luat-06-2026")
    rest = "".join(
        line for line in REGIMES[end:].splitlines(keepends=True) if "  like: " not in line
    )
    with pytest.raises(CampaignFactInUseError, match="regime:nd-152-2025"):
        load_campaign(who=SYSTEM, source=REGIMES[:start] + rest)
    assert Regime.objects.get(key="nd-152-2025").multiples.exists()
    with pytest.raises(ProtectedError):
        Regime.objects.get(key="nd-152-2025").delete()
