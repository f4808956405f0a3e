"""What stands on an example regulation says so on every page and paper; what is real never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign
from documents.models import Document, DocumentKind
from documents.reading import docx_text
from documents.rendering import render_docx
from tests import provinces
from tests.cast import Cast
from tests.factories import DECISION, again, asked, count, draft, meeting, nomination_in
from tests.files import docx_of
from workflow.models import GapKind, Nomination
from workflow.papers.marks import EXAMPLE
from workflow.services import appraisal, closing, drafting, proposing, returns, unit_deciding
from workflow.states import State

BAND = "PHONG TRÀO MẪU"


def awarded(cast: Cast) -> Nomination:
    """Return a nomination of the Bắc Kạn example, decided in the unit."""
    campaign = provinces.load(cast, "bk-cds-2022-2025")
    row = draft(cast, provinces.facts(campaign, "giay_khen"))[0]
    drafting.prepare_nominations(actor=cast["lan"], items=asked(row))
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[count(row)]
    )
    unit_deciding.award_in_unit(
        actor=cast["hung"],
        dossier_id=row.dossier_id,
        versions={row.pk: again(row)[0].version},
        facts=DECISION,
    )
    closing.put_together(actor=cast["lan"], dossier_id=row.dossier_id)
    return again(row)[0]


def papers(row: Nomination) -> list[Document]:
    return list(Document.objects.filter(links__dossier=row.dossier))


def pages(row: Nomination) -> list[str]:
    dossier, generated = row.dossier, papers(row)[0]
    return [
        reverse("nomination", args=[row.pk]),
        reverse("dossier", args=[dossier.pk]),
        reverse("document", args=[generated.pk]),
        f"{reverse('act', args=['close'])}?item={row.pk}:{row.version}",
    ]


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    def of(login: str) -> Client:
        client = Client()
        client.force_login(cast.users[login])
        return client

    return of


def test_every_paper_of_an_example_is_marked(cast: Cast) -> None:
    found = papers(awarded(cast))
    marks = {
        paper.versions.get().values["cover"]["mark"]
        if paper.kind == DocumentKind.ASSEMBLED
        else paper.mark
        for paper in found
    }
    assert len(found) == 5
    assert marks == {EXAMPLE}


def test_no_paper_of_a_real_campaign_is_marked(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    closing.put_together(actor=cast["thao"], dossier_id=row.dossier_id)
    found = papers(row)
    assert len(found) >= 7
    assert {paper.mark for paper in found} == {""}
    [cover] = [p.versions.get().values["cover"] for p in found if p.kind == DocumentKind.ASSEMBLED]
    assert cover["mark"] == ""


def test_paper_made_again_keeps_its_mark(cast: Cast) -> None:
    campaign = provinces.load(cast, "bk-cds-2022-2025")
    row = draft(cast, provinces.facts(campaign, "bk_tinh"))[0]
    drafting.prepare_nominations(actor=cast["lan"], items=asked(row))
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=row.dossier_id, facts=meeting(), counts=[count(row)]
    )
    proposing.propose_dossier(
        actor=cast["hung"],
        dossier_id=row.dossier_id,
        versions={row.pk: again(row)[0].version},
    )

    appraisal.receive_nominations(actor=cast["tuan"], items=asked(*again(row)))
    returns.return_nomination(
        actor=cast["tuan"],
        nomination_id=row.pk,
        expected_version=again(row)[0].version,
        gaps=[returns.GapFacts("Báo cáo", "Bổ sung", "", GapKind.FIELD, "achievement")],
        due_on=meeting().ended_at.date().replace(year=2099),
    )
    returns.resubmit_nomination(
        actor=cast["lan"],
        nomination_id=row.pk,
        expected_version=again(row)[0].version,
        answers={1: "Đã bổ sung"},
        changes={"achievement": "Viết lại."},
    )
    report = Document.objects.get(links__nomination=row, template_key="bao_cao_ca_nhan")
    assert report.versions.count() == 2
    assert report.mark == EXAMPLE


def test_mark_stands_at_the_foot_of_the_word_file_and_only_there() -> None:

    template = docx_of("{{ so }}")
    plain = docx_text(render_docx(template, {"so": "x"}))
    marked = docx_text(render_docx(template, {"so": "x"}, mark=EXAMPLE))
    assert EXAMPLE not in plain
    assert marked.count(EXAMPLE) == 3, "first, even and all other pages"
    assert render_docx(template, {"so": "x"}, mark=EXAMPLE) == render_docx(
        template, {"so": "x"}, mark=EXAMPLE
    )


def test_every_page_of_an_example_has_its_band(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    row = awarded(cast)
    client = browser("lan")
    for url in pages(row):
        text = client.get(url).content.decode()
        assert text.count('class="example-band"') == 1, url
        assert BAND in text or EXAMPLE in text, url
    for name in ("inbox", "dossiers", "nomination_draft"):
        assert BAND in client.get(reverse(name)).content.decode(), name


def test_no_page_of_a_real_campaign_has_a_band(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    row = nomination_in(State.AWARDED, cast)
    client = browser("thao")
    for url in [*pages(row), reverse("inbox"), reverse("dossiers")]:
        assert "example-band" not in client.get(url).content.decode(), url
    Campaign.objects.filter(pk=cast.campaign.pk).update(is_example=True)
    assert "example-band" in client.get(pages(row)[0]).content.decode()
