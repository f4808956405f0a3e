"""The short report on one movement: asked for by the unit that proposes, made once and anew."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from documents.models import Document
from documents.services.requests import remake_document
from organisations.actors import Actor
from workflow.authority import Act, roles_of
from workflow.engine import check_version
from workflow.errors_after import NominationEndedError
from workflow.models import Nomination
from workflow.papers.requests import request, sources_of
from workflow.papers.topic import TOPIC, topic_report
from workflow.services.acting import act
from workflow.services.loading import issuer_for, lock_nomination, require_unit_role
from workflow.services.revoking import refuse_own
from workflow.states import FINAL_STATES, Desk

WRITERS: Final = roles_of(Act.WRITE_REPORT)


@act
def request_topic_report(*, actor: Actor, nomination_id: UUID, expected_version: int) -> Document:
    """Ask for the short report of one nominee, or for its next version where there is one.

    By the unit's clerk or head, not on himself; signed by the head. It stands beside the report
    that the law asks for and takes the place of none. Raises NotFoundError,
    NominationChangedError, AccessDeniedError, NominationEndedError, SignerMissingError.
    """
    at, what = timezone.now(), _("Lập báo cáo chuyên đề")
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    unit = nomination.dossier.unit
    mandate = require_unit_role(actor=actor, unit=unit, roles=WRITERS, act=what)
    refuse_own(actor, nomination, what)
    if nomination.state in FINAL_STATES:
        raise NominationEndedError(nomination.nominee.name, nomination.get_state_display())
    who = actor.who(mandate)
    by = issuer_for(unit, Desk.UNIT, timezone.localdate(at))
    paper = topic_report(nomination, by)
    document = topic_paper(nomination)
    if document is None:
        document = request(by=by, who=who, at=at, paper=paper)
    else:
        remake_document(
            who=who,
            at=at,
            document_id=document.pk,
            values=paper.values,
            must_contain=paper.must_show,
            sources=sources_of(by, paper),
        )
    entry = Entry(
        stream=nomination.dossier.stream,
        action="nomination.reported",
        subject=nomination.subject,
        data={"nominee": nomination.nominee.name},
    )
    record(who=who, at=at, entry=entry)
    return document


def topic_paper(nomination: Nomination) -> Document | None:
    """Return the short report of a nomination, if one was asked for."""
    return Document.objects.filter(template_key=TOPIC, links__nomination=nomination).first()
