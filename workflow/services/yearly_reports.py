"""The yearly report: asked for by the department, made in the background like other papers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.models import Campaign
from documents.models import Document
from documents.services import PaperSpec, request_document
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.figure_errors import NoVerifiedFiguresError
from workflow.figure_states import SheetState
from workflow.figure_tables import group_tables
from workflow.models import YearlyReport
from workflow.papers.marks import mark_for
from workflow.papers.requests import Frame, frame_sources, number
from workflow.papers.yearly import TITLE, ReportFacts, report_values
from workflow.services.acting import act
from workflow.services.figure_calls import CALLERS
from workflow.services.loading import issuer_for, require_desk_role, require_desk_unit
from workflow.services.nominees import tidy
from workflow.states import Desk


@act
def request_yearly_report(
    *,
    actor: Actor,
    campaign_id: UUID,
    year: int,
    charted: Sequence[str] = (),
    proposals: Sequence[str] = (),
) -> Document:
    """Ask for the report of a year, numbered and to be signed by the department's head.

    charted  keys of the groups of criteria whose units' charts are to be printed

    What is verified later is not in it: a second report takes a second number. Raises
    NotFoundError, AccessDeniedError, DeskEmptyError, SignerMissingError, and
    NoVerifiedFiguresError while no sheet of the year is verified.
    """
    at = timezone.now()
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFoundError
    mandate = require_desk_role(
        actor=actor,
        campaign_id=campaign_id,
        desk=Desk.APPRAISAL,
        roles=CALLERS,
        act=_("Lập báo cáo năm"),
    )
    tables = group_tables(campaign, year)
    states = {row.sheet.state for table in tables for row in table.rows}
    if SheetState.VERIFIED not in states:
        raise NoVerifiedFiguresError(year)
    on = timezone.localdate(at)
    by = issuer_for(require_desk_unit(campaign, Desk.APPRAISAL), Desk.APPRAISAL, on)
    who, title = actor.who(mandate), f"{TITLE} năm {year}"
    entry = number(by=by, who=who, at=at, key="bao_cao_nam", subject=title)
    said = tuple(filter(None, (tidy(text).rstrip(".") for text in proposals)))
    facts = ReportFacts(campaign, year, frozenset(charted), said)
    stream, values = f"figures:{campaign.key}", report_values(by, entry, facts, tables)
    frame = frame_sources(by, values, Frame(campaign=str(campaign.pk)))
    document = request_document(
        who=who,
        at=at,
        spec=PaperSpec(
            template_key="bao_cao_nam",
            title=f"{title}, số {entry.notation}",
            values=values,
            must_contain=(entry.notation,),
            stream=stream,
            subject=f"campaign:{campaign.pk}",
            register_entry=entry,
            signer_user_id=by.signer.user_id,
            seal_unit_id=by.unit.pk,
            body_id=by.unit.pk,
            mark=mark_for(campaign),
            sources=[one.kept(values) for one in frame],
        ),
    )
    YearlyReport.objects.create(document=document, campaign=campaign, year=year, requested_at=at)
    told = Entry(
        stream=stream,
        action="figures.reported",
        subject=f"campaign:{campaign.pk}",
        data={"year": year, "notation": entry.notation, "groups": sorted(facts.charted)},
    )
    record(who=who, entry=told, at=at)
    return document
