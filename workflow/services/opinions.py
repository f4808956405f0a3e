"""Opinions of other bodies (hiệp y): asked in parallel, reminded, answered, or lapsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry
from documents.inspection import InspectedFile, Kind
from documents.models import Document
from documents.services.uploads import check_upload, keep_upload
from documents.specs import UploadSpec
from organisations.actors import Actor, Mandate
from organisations.models import Unit, UnitName
from workflow.consulting_states import (
    OPINION_MOVES,
    ConsultingMove,
    OpinionAnswer,
    OpinionState,
)
from workflow.deadlines import opinion_term
from workflow.errors import NotFoundError
from workflow.errors_consulting import AskedAlreadyError, OpinionNotDueError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.law import law_of
from workflow.models import OpinionItem, OpinionReminder, OpinionRequest
from workflow.papers.consulting import opinion_letter
from workflow.papers.letterhead import Issuer
from workflow.services.acting import act
from workflow.services.consulting import (
    Consulted,
    desk_issuer,
    lock_consulted,
    lock_held,
    record_in_dossiers,
    write_move,
)
from workflow.services.nominees import tidy


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body to be asked, a unit of the province or any other, and the office's own last day."""

    name: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """The paper by which a body answered: number and day, and its scan where there is one."""

    notation: str
    issued_on: date
    name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What a body says of one nomination; whoever does not agree says why."""

    answer: OpinionAnswer
    note: str = ""


@act
def ask_opinions(
    *, actor: Actor, versions: Mapping[UUID, int], bodies: Sequence[BodyFacts], question: str
) -> list[OpinionRequest]:
    """Ask several bodies at once about a set of one occasion and authority; a letter to each.

    The last day is the office's own where it gave one, else the regime's where a checked text
    gives it to every nomination of the set, else none. With each letter goes a sheet to answer on.
    Raises ValueMissingError without a body or question, ValueFormatError for a day not in the
    future, AskedAlreadyError, SignerMissingError, and what lock_consulted raises.
    """
    at = timezone.now()
    consulted = lock_consulted(actor, versions, _("Hỏi ý kiến cơ quan khác"))
    question = tidy(question).rstrip(".")
    if not question:
        raise ValueMissingError(_("Nội dung cần cho ý kiến"))
    today = timezone.localdate(at)
    named = _named(bodies, today)
    suggested = _law_day(consulted, today)
    by = desk_issuer(consulted, at)
    asked = []
    for name, facts in named.items():
        _not_asked_yet(name, consulted)
        due_on, rule = suggested
        if facts.due_on is not None and facts.due_on != suggested[0]:
            due_on, rule = facts.due_on, ""
        request = OpinionRequest(
            occasion=consulted.nominations[0].dossier.occasion,
            body=_unit_called(name, today),
            body_name=name,
            question=question,
            due_on=due_on,
            due_rule=rule,
        )
        asked.append(_ask(actor, consulted, request, by, at))
    return asked


def _ask(
    actor: Actor, consulted: Consulted, request: OpinionRequest, by: Issuer, at: datetime
) -> OpinionRequest:
    """Write one request with its lines, its letter and its event."""
    request.desk, request.unit = consulted.desk.value, by.unit
    request.asked_at = request.changed_at = at
    request.asked_by = request.changed_by = actor.name
    request.save(force_insert=True)
    rows, who = consulted.nominations, actor.who(consulted.mandate)
    OpinionItem.objects.bulk_create(OpinionItem(request=request, nomination=row) for row in rows)
    request.letter = opinion_letter(by=by, who=who, at=at, asked=request, nominations=rows)
    request.save(update_fields=["letter"])
    data = {
        "body": request.body_name,
        "what": request.question,
        "answer_by": request.due_on.isoformat() if request.due_on else "",
    }
    entry = Entry("", "opinion.asked", request.subject, data=data)
    record_in_dossiers(who=who, entry=entry, nominations=rows, at=at)
    return request


def _named(bodies: Sequence[BodyFacts], today: date) -> dict[str, BodyFacts]:
    """Return the bodies by the name that the letter says, each once."""
    found: dict[str, BodyFacts] = {}
    for facts in bodies:
        name = tidy(facts.name)
        if not name:
            raise ValueMissingError(_("Cơ quan được hỏi"))
        if facts.due_on is not None and facts.due_on <= today:
            raise ValueFormatError(_("Hạn trả lời"), _("Hạn phải sau ngày hôm nay."))
        found[name] = facts
    if not found:
        raise ValueMissingError(_("Cơ quan được hỏi"))
    return found


def _unit_called(name: str, today: date) -> Unit | None:
    """Return the unit of that very name today; None where the body is kept as none, or as two."""
    named = UnitName.objects.filter(name=name, valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    units = [one.unit for one in named.select_related("unit")[:2]]
    return units[0] if len(units) == 1 else None


def _law_day(consulted: Consulted, today: date) -> tuple[date | None, str]:
    """Return the last day by the regimes of a set, and where it comes from; nothing if one has none."""
    law = law_of(consulted.nominations)
    terms = {
        (one.on, one.words)
        for one in (opinion_term(law, row, today) for row in consulted.nominations)
    }
    return terms.pop() if len(terms) == 1 else (None, "")


def _not_asked_yet(name: str, consulted: Consulted) -> None:
    ids = [row.pk for row in consulted.nominations]
    open_items = OpinionItem.objects.filter(
        nomination__in=ids, request__body_name=name, request__state=OpinionState.WAITING
    )
    names = list(open_items.values_list("nomination__nominee__name", flat=True))
    if names:
        raise AskedAlreadyError(body=name, names=names)


def answer_opinion(
    *,
    actor: Actor,
    request_id: UUID,
    expected_version: int,
    reply: ReplyFacts,
    answers: Mapping[UUID, AnswerFacts],
) -> OpinionRequest:
    """Record what a body answered on each nomination, with its paper; late answers are taken too.

    The scan is inspected before the transaction, so that a refused file leaves a trace and
    nothing else. Raises FileRefusedError, ValueMissingError for a nomination without answer or an
    objection without words, ValueFormatError, and what consulting.lock_held raises.
    """
    scan = None
    if reply.content:
        scan = check_upload(
            who=actor.who(None),
            at=timezone.now(),
            name=reply.name,
            content=reply.content,
            allowed=frozenset({Kind.PDF}),
            subject=f"opinion:{request_id}",
        )
    return _answer(
        actor=actor,
        request_id=request_id,
        expected_version=expected_version,
        reply=reply,
        answers=answers,
        scan=scan,
    )


@act
def _answer(
    *,
    actor: Actor,
    request_id: UUID,
    expected_version: int,
    reply: ReplyFacts,
    answers: Mapping[UUID, AnswerFacts],
    scan: InspectedFile | None,
) -> OpinionRequest:
    at, move = timezone.now(), OPINION_MOVES["answer"]
    request, mandate = lock_held(request_of(request_id), actor, move, expected_version)
    notation = tidy(reply.notation)
    if not notation:
        raise ValueMissingError(_("Số, ký hiệu"))
    if reply.issued_on > timezone.localdate(at):
        raise ValueFormatError(_("Ngày ban hành"), _("Ngày ban hành không thể ở tương lai."))
    items = list(request.items.select_related("nomination__nominee", "nomination__dossier"))
    for item in items:
        _write_answer(item, answers.get(item.nomination_id))
    OpinionItem.objects.bulk_update(items, ["answer", "note"])
    request.reply_notation, request.reply_on = notation, reply.issued_on
    nominations = [item.nomination for item in items]
    if scan is not None:
        request.reply = _keep(scan, reply.content, request, actor, at)
    write_move(request, actor, move, at)
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry(
            "",
            move.event,
            request.subject,
            data={
                "body": request.body_name,
                "notation": notation,
                "issued_on": reply.issued_on.isoformat(),
                "answers": {str(item.nomination_id): item.answer for item in items},
            },
        ),
        nominations=nominations,
        at=at,
    )
    return request


def _write_answer(item: OpinionItem, given: AnswerFacts | None) -> None:
    name = item.nomination.nominee.name
    if given is None:
        raise ValueMissingError(_("Ý kiến về %(name)s") % {"name": name})
    item.answer, item.note = given.answer, tidy(given.note)
    if item.answer != OpinionAnswer.AGREE and not item.note:
        raise ValueMissingError(_("Nội dung ý kiến về %(name)s") % {"name": name})


def _keep(
    scan: InspectedFile, content: bytes, request: OpinionRequest, actor: Actor, at: datetime
) -> Document:
    """Keep the scan; it is read by the desks, not by the unit whose people it speaks of."""
    return keep_upload(
        who=actor.who(None),
        at=at,
        file=scan,
        content=content,
        spec=UploadSpec(
            title=f"{request.reply_notation} ({request.body_name})",
            stream=request.subject,
            subject=request.subject,
        ),
    )


@act
def remind_body(
    *, actor: Actor, request_id: UUID, expected_version: int, how: str
) -> OpinionRequest:
    """Record that a body was reminded, and how. Raises as consulting.lock_held, ValueMissingError."""
    at, move = timezone.now(), OPINION_MOVES["remind"]
    request, mandate = lock_held(request_of(request_id), actor, move, expected_version)
    how = tidy(how)
    if not how:
        raise ValueMissingError(_("Cách nhắc"))
    OpinionReminder.objects.create(request=request, reminded_at=at, reminded_by=actor.name, how=how)
    return _moved(request, actor, mandate, move, {"what": how}, at)


@act
def lapse_opinion(*, actor: Actor, request_id: UUID, expected_version: int) -> OpinionRequest:
    """Record that a body let its last day pass. Raises OpinionNotDueError before that, as lock_held."""
    at, move = timezone.now(), OPINION_MOVES["lapse"]
    request, mandate = lock_held(request_of(request_id), actor, move, expected_version)
    if request.due_on is None or request.due_on >= timezone.localdate(at):
        raise OpinionNotDueError(body=request.body_name, due_on=request.due_on)
    return _moved(request, actor, mandate, move, {}, at)


@act
def cancel_opinion(
    *, actor: Actor, request_id: UUID, expected_version: int, reason: str
) -> OpinionRequest:
    """Ask a body no longer, with a reason. Raises as consulting.lock_held, ValueMissingError."""
    at, move = timezone.now(), OPINION_MOVES["cancel"]
    request, mandate = lock_held(request_of(request_id), actor, move, expected_version)
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    return _moved(request, actor, mandate, move, {"reason": reason}, at)


def _moved(
    request: OpinionRequest,
    actor: Actor,
    mandate: Mandate,
    move: ConsultingMove,
    data: Mapping[str, str],
    at: datetime,
) -> OpinionRequest:
    write_move(request, actor, move, at)
    items = request.items.select_related("nomination__dossier")
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry("", move.event, request.subject, data={"body": request.body_name, **data}),
        nominations=[item.nomination for item in items],
        at=at,
    )
    return request


def request_of(request_id: UUID) -> OpinionRequest:
    """Return a request with what its desk is found by, or raise NotFoundError."""
    found = OpinionRequest.objects.select_related("occasion").filter(pk=request_id).first()
    if found is None:
        raise NotFoundError
    return found
