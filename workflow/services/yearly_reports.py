"""Reports on a movement: of a year, halfway, and at its end; asked for by the department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from campaigns.models import Campaign
from documents.models import Document, RegisterEntry
from documents.services import PaperSpec, request_document
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueFormatError
from workflow.figure_errors import NoVerifiedFiguresError
from workflow.figure_states import SheetState
from workflow.figure_tables import GroupTable, group_tables
from workflow.models import YearlyReport
from workflow.papers.letterhead import Issuer
from workflow.papers.marks import mark_for
from workflow.papers.period import REPORTS, PeriodFacts, period_values
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
    at, asked = timezone.now(), _reporting(actor, campaign_id, _("Lập báo cáo năm"))
    campaign = asked.campaign
    tables = group_tables(campaign, year)
    if not _any_verified(tables):
        raise NoVerifiedFiguresError(year)
    by, title = asked.issuer(at), f"{TITLE} năm {year}"
    entry = number(by=by, who=asked.who, at=at, key="bao_cao_nam", subject=title)
    facts = ReportFacts(campaign, year, frozenset(charted), _sentences(proposals))
    paper = _Paper("bao_cao_nam", title, year, report_values(by, entry, facts, tables))
    document = _request(asked, by, entry, paper, at)
    _tell(asked, entry, year, {"groups": sorted(facts.charted)}, at)
    return document


@act
def request_period_report(
    *,
    actor: Actor,
    campaign_id: UUID,
    key: str,
    last: int,
    first: int | None = None,
    written: Mapping[str, Sequence[str]] | None = None,
) -> Document:
    """Ask for the report halfway through a movement, or at its end, numbered as the yearly one.

    key      bao_cao_so_ket or bao_cao_tong_ket
    first, last  the years it tells of, within the movement's own; from its first where not said
    written  paragraphs by section (papers.period.WRITTEN); what is not written is dotted

    It tells what is known now: figures verified later, awards given later are not in it. Raises
    NotFoundError, AccessDeniedError, DeskEmptyError, SignerMissingError, ValueFormatError.
    """
    if key not in REPORTS:
        raise NotFoundError
    at, asked = timezone.now(), _reporting(actor, campaign_id, _("Lập báo cáo sơ kết, tổng kết"))
    campaign = asked.campaign
    since = campaign.period_from if first is None else first
    if not campaign.period_from <= since <= last <= campaign.period_to:
        raise ValueFormatError(
            _("Năm báo cáo"),
            _("Các năm phải theo thứ tự, từ %(first)d đến %(last)d.")
            % {"first": campaign.period_from, "last": campaign.period_to},
        )
    said = {name: _sentences(texts) for name, texts in (written or {}).items()}
    facts = PeriodFacts(key, campaign, since, last, said)
    by, title = asked.issuer(at), f"{facts.title} {facts.span}"
    entry = number(by=by, who=asked.who, at=at, key=key, subject=title)
    tables = {year: group_tables(campaign, year) for year in range(since, last + 1)}
    paper = _Paper(key, title, last, period_values(by, entry, facts, tables))
    document = _request(asked, by, entry, paper, at)
    _tell(asked, entry, last, {"kind": key, "first": since}, at)
    return document


@dataclass(frozen=True, slots=True)
class _Reporting:
    """Who asks for a report on which movement."""

    campaign: Campaign
    who: Who

    def issuer(self, at: datetime) -> Issuer:
        """Return the department that reports, with its head."""
        unit = require_desk_unit(self.campaign, Desk.APPRAISAL)
        return issuer_for(unit, Desk.APPRAISAL, timezone.localdate(at))


@dataclass(frozen=True, slots=True)
class _Paper:
    """A report: its template, its title, the year under which it is kept, its values."""

    key: str
    title: str
    year: int
    values: dict[str, Any]


def _reporting(actor: Actor, campaign_id: UUID, what: str) -> _Reporting:
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFoundError
    mandate = require_desk_role(
        actor=actor, campaign_id=campaign_id, desk=Desk.APPRAISAL, roles=CALLERS, act=what
    )
    return _Reporting(campaign, actor.who(mandate))


def _any_verified(tables: Sequence[GroupTable]) -> bool:
    return any(row.sheet.state == SheetState.VERIFIED for table in tables for row in table.rows)


def _sentences(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what was typed, line by line, without empty ones and full stops at the end."""
    return tuple(filter(None, (tidy(text).rstrip(".") for text in texts)))


def _request(
    asked: _Reporting, by: Issuer, entry: RegisterEntry, paper: _Paper, at: datetime
) -> Document:
    """Ask for the paper, to be signed by the department's head, and keep it with its year."""
    campaign = asked.campaign
    frame = frame_sources(by, paper.values, Frame(campaign=str(campaign.pk)))
    document = request_document(
        who=asked.who,
        at=at,
        spec=PaperSpec(
            template_key=paper.key,
            title=f"{paper.title}, số {entry.notation}",
            values=paper.values,
            must_contain=(entry.notation,),
            stream=f"figures:{campaign.key}",
            subject=f"campaign:{campaign.pk}",
            register_entry=entry,
            signer_user_id=by.signer.user_id,
            seal_unit_id=by.unit.pk,
            body_id=by.unit.pk,
            mark=mark_for(campaign),
            sources=[one.kept(paper.values) for one in frame],
        ),
    )
    YearlyReport.objects.create(
        document=document, campaign=campaign, year=paper.year, requested_at=at
    )
    return document


def _tell(
    asked: _Reporting, entry: RegisterEntry, year: int, more: dict[str, Any], at: datetime
) -> None:
    told = Entry(
        stream=f"figures:{asked.campaign.key}",
        action="figures.reported",
        subject=f"campaign:{asked.campaign.pk}",
        data={"year": year, "notation": entry.notation, **more},
    )
    record(who=asked.who, entry=told, at=at)
