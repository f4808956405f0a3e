"""Certificates: numbered in the golden book once each, handed out, given anew."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from documents.models import Document, RegisterEntry
from documents.queries import current_version
from organisations.actors import Actor
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    again,
    asked,
    facts,
    nomination_in,
    nominations_in,
    person,
    revoke,
)
from workflow.errors import AccessDeniedError, NominationChangedError, NothingChosenError
from workflow.errors_after import DecidedElsewhereError, NoCertificateError, NotGivenYetError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Decision, Nomination, Nominee, ReissueReason
from workflow.proof.stale import stale_among
from workflow.services.certificates import (
    HandOver,
    enter_golden_book,
    hand_over_certificates,
    reissue_certificate,
)
from workflow.states import State

TODAY = timezone.localdate()


def enter(actor: Actor, row: Nomination) -> list[str]:
    [now] = again(row)
    items = enter_golden_book(actor=actor, decision_id=now.decision_item.decision_id)
    return [item.golden_number for item in items]


def printed() -> dict[str, str]:
    paper = Document.objects.filter(template_key="bang_khen").order_by("created_at")[0]
    rows = current_version(paper).values["danh_sach"]
    return {row["ten"]: row["so_vao_so"] for row in rows}


def hand(actor: Actor, *rows: Nomination, to: str = "Lê Văn Nhận", **days: Any) -> None:
    facts = HandOver(to=to, on=days.get("on", TODAY))
    hand_over_certificates(actor=actor, items=asked(*rows), facts=facts)


def test_golden_book_runs_in_the_order_of_the_list_and_on_the_certificates(cast: Cast) -> None:
    rows = nominations_in(
        State.AWARDED, cast, facts(person("Trần Văn Đường")), facts(person("Lê Thị Ánh"))
    )
    assert enter(cast["thao"], rows[0]) == ["01/SV", "02/SV"]
    assert printed() == {"Lê Thị Ánh": "01/SV", "Trần Văn Đường": "02/SV"}
    assert RegisterEntry.objects.filter(series="SV").count() == 2
    with pytest.raises(NothingChosenError):
        enter(cast["thao"], rows[0])
    assert Event.objects.filter(action="certificate.entered").count() == 2
    paper = Document.objects.get(template_key="bang_khen")
    assert stale_among([current_version(paper)]) == {}


def test_only_the_keeper_enters_and_a_revoked_one_gets_no_number(cast: Cast) -> None:
    first, second = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    for login in ("lan", "duc", "van", "nga"):
        with pytest.raises(AccessDeniedError):
            enter(cast[login], first)
    revoke(cast, [second])
    assert enter(cast["thao"], first) == ["01/SV"]
    assert printed() == {first.nominee.name: "01/SV"}


def test_nobody_enters_a_list_that_names_himself(cast: Cast) -> None:
    first, second = nominations_in(State.AWARDED, cast, facts(), facts(person("Vũ Thị Yến")))
    Nominee.objects.filter(pk=second.nominee_id).update(user=cast.users["thao"])
    with pytest.raises(AccessDeniedError, match="Vào sổ vàng"):
        enter(cast["thao"], first)
    Nominee.objects.filter(pk=second.nominee_id).update(user=None)  # the control
    assert enter(cast["thao"], first) == ["01/SV", "02/SV"]


def test_decision_of_the_centre_has_no_certificates_here_but_is_handed_out(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast, facts(authority=PRIME_MINISTER))
    with pytest.raises(NoCertificateError):
        enter(cast["thao"], row)
    with pytest.raises(DecidedElsewhereError):
        anew(cast, row)
    hand(cast["thao"], row)
    assert again(row)[0].decision_item.handed_to == "Lê Văn Nhận"


def test_handing_out_is_noted_for_all_chosen_or_for_none(cast: Cast) -> None:
    rows = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    hand(cast["thao"], *rows)
    items = [row.decision_item for row in again(*rows)]
    assert {(item.handed_to, item.handed_on, item.handed_by) for item in items} == {
        ("Lê Văn Nhận", TODAY, "Bùi Phương Thảo")
    }
    with pytest.raises(NominationChangedError):
        hand(cast["thao"], *rows, to="Người khác")
    early = nomination_in(State.BEFORE_CHAIRMAN, cast, facts(person("Võ Thị Sáu")))
    with pytest.raises(NotGivenYetError):
        hand(cast["thao"], again(rows[0])[0], early, to="Người khác")
    assert again(rows[0])[0].decision_item.handed_to == "Lê Văn Nhận"
    with pytest.raises(ValueMissingError):
        hand(cast["thao"], again(rows[0])[0], to=" ")
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(ValueFormatError):
            hand(cast["thao"], again(rows[0])[0], on=day)
    with pytest.raises(AccessDeniedError):
        hand(cast["lan"], again(rows[0])[0])
    assert Event.objects.filter(action="certificate.handed_over").count() == 2


def anew(cast: Cast, row: Nomination, by: str = "duc", reason: str = "Mất khi chuyển nhà") -> Any:
    return reissue_certificate(
        actor=cast[by],
        nomination_id=row.pk,
        expected_version=again(row)[0].version,
        why=ReissueReason.LOST,
        reason=reason,
    )


def test_certificate_is_given_anew_under_the_same_decision_and_number(cast: Cast) -> None:
    rows = nominations_in(State.AWARDED, cast, facts(), facts(person("Lê Thị Hồng")))
    enter(cast["thao"], rows[0])
    kept = anew(cast, rows[0])
    values = kept.document.versions.get().values
    [line] = values["danh_sach"]
    assert line["ten"] == rows[0].nominee.name
    assert line["so_vao_so"] == again(rows[0])[0].decision_item.golden_number != ""
    assert values["quyet_dinh"]["so_ky_hieu"] == Decision.objects.get().notation
    assert "cấp lại" in kept.document.title
    with pytest.raises(ValueMissingError):
        anew(cast, rows[0], reason="")
    with pytest.raises(AccessDeniedError):
        anew(cast, rows[0], by="thao")


def test_pages_number_hand_out_and_give_the_ceremonys_list(cast: Cast) -> None:
    rows = nominations_in(State.AWARDED, cast, facts(person("=1+1 Ánh")), facts())
    client = Client()
    client.force_login(cast.users["thao"], "django.contrib.auth.backends.ModelBackend")
    decision = Decision.objects.get().pk
    page = f"/decisions/{decision}/certificates/"
    assert "Vào sổ vàng 2 bằng" in client.get(page).content.decode()
    assert client.post(f"/decisions/{decision}/golden-book/").status_code == 302
    assert "02/SV" in client.get(page).content.decode()
    chosen = [f"{row.pk}:{again(row)[0].version}" for row in rows]
    form = {"item": chosen, "to": "Lê Văn Nhận", "on": f"{TODAY:%d/%m/%Y}"}
    assert client.post("/acts/hand_over/", form).status_code == 302
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/decisions/{decision}/ceremony.xlsx").content)
    )
    lines = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert [line[4] for line in lines] == ["01/SV", "02/SV"]
    assert {line[5] for line in lines} == {"Lê Văn Nhận"}
    assert any("=1+1" in str(line[1]) for line in lines)
    text = client.get(f"/nominations/{rows[0].pk}/").content.decode()
    assert "đã trao cho Lê Văn Nhận" in text
    reader = Client()
    reader.force_login(cast.users["lan"], "django.contrib.auth.backends.ModelBackend")
    assert "Vào sổ vàng" not in reader.get(page).content.decode()


def test_reissue_from_the_page(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    client = Client()
    client.force_login(cast.users["duc"], "django.contrib.auth.backends.ModelBackend")
    form = {"item": f"{row.pk}:{row.version}", "why": "damaged", "reason": "Bị ố"}
    assert client.post("/acts/reissue/", form).status_code == 302
    assert "Bị ố" in client.get(f"/nominations/{row.pk}/").content.decode()
