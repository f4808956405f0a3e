"""The preflight says what the papers say: against today's data, and against one another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from campaigns.models import LeftTo, Provision, SetCount
from documents.models import Document
from documents.queries import current_version
from tests.cast import Cast
from tests.factories import facts, nomination_in, nominations_in, person
from tests.judging import load_regimes
from workflow import preflight
from workflow.models import Dossier, Nomination
from workflow.preflight import Check, Light
from workflow.sections import Recipient
from workflow.sending import copies_of, copy_for
from workflow.services.remaking import remake_paper
from workflow.set_counts import SetsAsked, set_check, set_counts, sets_of
from workflow.states import State

pytestmark = pytest.mark.django_db
MENDED = "Nguyễn Thị Ngọc Anh"


def lines(row: Nomination, recipient: Recipient, words: str) -> list[Check]:
    found = copy_for(row.dossier, recipient)
    assert found is not None
    return [check for check in found.checks if words in check.why]


def mend(row: Nomination) -> None:
    row.nominee.name = MENDED
    row.nominee.save()


def test_a_stale_paper_is_red_for_every_recipient_who_gets_it(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    assert lines(row, Recipient.BOARD, "Dữ liệu đã đổi") == []
    mend(row)
    mine = lines(row, Recipient.APPRAISAL, "Dữ liệu đã đổi")
    assert len(mine) == 4
    assert len(lines(row, Recipient.BOARD, "Dữ liệu đã đổi")) == 6
    assert {check.light for check in mine} == {Light.LACKING}
    assert f"Tên: “Nguyễn Thị Ngọc Ánh”, nay “{MENDED}”" in mine[0].why
    assert "Tạo bản mới theo dữ liệu hiện nay" in mine[0].todo
    assert mine[0].url.startswith("/documents/")


def test_papers_that_disagree_are_told_once_for_each_pair(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    mend(row)
    letter = Document.objects.get(template_key="to_trinh_don_vi")
    assert lines(row, Recipient.APPRAISAL, "Không khớp") == []
    version = current_version(letter)
    remake_paper(actor=cast["lan"], document_id=letter.pk, expected_version_id=version.pk)
    [line] = lines(row, Recipient.APPRAISAL, "Không khớp")
    assert (line.light, line.what) == (Light.LACKING, letter.title)
    assert line.why.count(f"“{MENDED}”") == 2  # the minutes, and the report
    assert line.url == f"/documents/{letter.pk}/#agreement"
    assert "ký lại" in line.todo


def test_a_paper_that_was_signed_and_sent_holds_nothing_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = nomination_in(State.PROPOSED, cast)
    mend(row)
    letter = Document.objects.get(template_key="to_trinh_don_vi")
    version = current_version(letter)
    remake_paper(actor=cast["lan"], document_id=letter.pk, expected_version_id=version.pk)
    monkeypatch.setattr(preflight, "_is_sent", lambda _paper: True)
    told = [
        *lines(row, Recipient.APPRAISAL, "Dữ liệu đã đổi"),
        *lines(row, Recipient.APPRAISAL, "Không khớp"),
    ]
    assert {check.light for check in told} == {Light.ASKED}
    assert all("đính chính" in check.todo for check in told)


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_a_dossier_costs_the_same_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    given = [facts(), facts(person("Lê Thị Hồng")), facts(person("Bùi Văn Y"))][:count]
    rows = nominations_in(State.BEFORE_CHAIRMAN, cast, *given)
    dossier = Dossier.objects.select_related("occasion__campaign", "unit").get(
        pk=rows[0].dossier_id
    )
    with django_assert_num_queries(22):
        assert len(copies_of(dossier)) == 4


def test_the_law_goes_before_the_plan_where_it_names_a_number(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    form, dossier = row.award_item.form, row.dossier
    SetCount.objects.all().delete()
    dossier.received_at = datetime(2025, 8, 20, 8, tzinfo=UTC)
    assert set_counts(dossier, [row]) == [SetsAsked(form.name)]
    assert set_check(SetsAsked(form.name)).light is Light.ASKED
    load_regimes()
    [left] = set_counts(dossier, [row])
    assert (left.number, left.value) == (None, "")
    assert "NĐ 152/2025/NĐ-CP, Điều 6.2.b-e" in set_check(left).why
    SetCount.objects.create(
        campaign=dossier.occasion.campaign, award=form.name, form=form, sets=3, text="03 bộ."
    )
    [planned] = set_counts(dossier, [row])
    assert (planned.number, planned.value) == (3, "03 bộ")
    provision = Provision.objects.get(regime__key="nd-152-2025", topic="sets", key="bk_tinh")
    assert provision.left_to == LeftTo.PROVINCE
    provision.number = 1
    provision.save()
    [asked] = set_counts(dossier, [row])
    assert asked.number == 1
    assert set_check(asked).light is Light.GOOD


def test_a_dossier_goes_in_as_many_sets_as_one_of_its_forms_asks_for() -> None:
    one, three, unknown = SetsAsked("A", 1, "01 bộ"), SetsAsked("B", 3, "03 bộ"), SetsAsked("C")
    assert sets_of([one, three]) == 3
    assert sets_of([one, unknown]) is None
    assert sets_of([]) is None
