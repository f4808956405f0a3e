"""Importing a list: all of it or nothing, twice without twins, never into what is closed."""

from __future__ import annotations

import pytest

from campaigns.errors import CampaignClosedError, OccasionClosedError
from campaigns.models import Campaign, Occasion, Status
from tests.cast import Cast
from tests.workbooks import line, nominee_list
from workflow.errors import AccessDeniedError
from workflow.errors_drafting import ForeignNomineeError
from workflow.errors_imports import ImportProblemsError
from workflow.models import Nomination, Nominee
from workflow.services.drafting import Drafted, draft_nominations
from workflow.services.importing import Upload, import_list

TWO = nominee_list([line(), line("Trần Văn Hai")])


def send(cast: Cast, content: bytes, login: str = "lan", occasion: str = "final_2025") -> Drafted:
    return import_list(
        actor=cast[login],
        unit_id=cast.units["tp-rach-gia"].pk,
        occasion_id=cast.occasion(occasion).pk,
        upload=Upload("danh-sach.xlsx", content),
    )


def test_import_list_twice_makes_no_twins(cast: Cast) -> None:
    assert len(send(cast, TWO).made) == 2
    again = send(cast, nominee_list([line("TRẦN VĂN  HAI"), line("Lê Thị Ba"), line()]))
    assert [row.nominee.name for row in again.made] == ["Lê Thị Ba"]
    assert len(again.known) == 2
    assert Nominee.objects.count() == Nomination.objects.count() == 3


def test_import_list_one_bad_line_writes_nothing(cast: Cast) -> None:
    with pytest.raises(ImportProblemsError) as refused:
        send(cast, nominee_list([line(), line("Trần Văn Hai", born="31/02/1980")]))
    assert refused.value.problems == ["Dòng 6, cột “Ngày sinh”: “31/02/1980” không phải ngày."]
    assert not Nomination.objects.exists()


def test_import_list_closed_occasion_is_told_before_the_lines(cast: Cast) -> None:
    with pytest.raises(OccasionClosedError):
        send(cast, TWO, occasion="interim_2023")
    Occasion.objects.filter(key="final_2025").update(status=Status.CLOSED)
    with pytest.raises(OccasionClosedError):
        send(cast, TWO)


def test_import_list_closed_campaign_is_told(cast: Cast) -> None:
    Campaign.objects.update(status=Status.CLOSED)
    with pytest.raises(CampaignClosedError):
        send(cast, TWO)


def test_import_list_clerk_of_another_unit_is_denied(cast: Cast) -> None:
    with pytest.raises(AccessDeniedError):
        send(cast, TWO, login="mai")
    assert not Nomination.objects.exists()


def test_draft_nominations_another_unit_as_nominee_is_refused(cast: Cast) -> None:
    from campaigns.models import Kind
    from tests.factories import facts
    from workflow.services.nominees import NomineeFacts

    other = cast.units["so-y-te"]
    nominee = NomineeFacts(kind=Kind.COLLECTIVE, name="Sở Y tế", unit_id=other.pk)
    with pytest.raises(ForeignNomineeError):
        draft_nominations(
            actor=cast["lan"], unit_id=cast.units["tp-rach-gia"].pk, facts=[facts(nominee)]
        )
