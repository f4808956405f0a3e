"""Acts on many by one paper for a set: each group that one paper can name goes whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Subquery

from audit.errors import Refusal
from organisations.actors import Actor
from workflow.engine import examine
from workflow.errors import LetterMissingError, MeetingMissingError
from workflow.models import Dossier, Nomination, Stage, SubmissionItem
from workflow.papers.province import DecisionFacts
from workflow.services.acting import steps_of
from workflow.services.appraisal import submit_to_board
from workflow.services.board import submit_to_chairman
from workflow.services.bulk_kinds import ON_THEIR_MERITS, Data, Items, Kind, Perform
from workflow.services.central import CentralPaper, Scan, record_result
from workflow.services.deciding import decide_awards, decline_awards, send_up
from workflow.services.proposing import latest_vote, propose_dossier
from workflow.services.returns import withdraw_nominations
from workflow.services.unit_deciding import award_in_unit, decline_in_unit
from workflow.states import MOVES, Move, Way

Refused = Mapping[UUID, Refusal]
Look = Callable[[Actor, Items, Data, datetime], Refused]
SCAN: Final = "scan"
"""Under which name a central.Scan goes along; it is not kept with what was typed."""
_LETTER = SubmissionItem.objects.filter(
    nomination=OuterRef("pk"),
    submission__stage=Stage.TO_CHAIRMAN,
    submission__document__register_entry__isnull=False,
).order_by("-submission__submitted_at")
_ONE_LETTER = ("dossier__occasion_id", "dossier__authority")


def _by(*names: str) -> Callable[[Sequence[UUID]], Mapping[UUID, Hashable]]:
    """Return what groups nominations by the values of these columns; by none, all are one group."""

    def group(keys: Sequence[UUID]) -> Mapping[UUID, Hashable]:
        rows = Nomination.objects.filter(pk__in=keys).order_by()
        letters = rows.annotate(letter=Subquery(_LETTER.values("submission__document")[:1]))
        found = letters if "letter" in names else rows
        return {key: tuple(values) for key, *values in found.values_list("pk", *names)}

    return group


def _look(*moves: str) -> Look:
    """Return what looks at each by the first of the moves that is made on its way."""

    def look(actor: Actor, items: Items, _data: Data, at: datetime) -> Refused:
        ways = dict(
            Nomination.objects.filter(pk__in=[item.nomination_id for item in items])
            .order_by()
            .values_list("pk", "flow_version")
        )
        refused: dict[UUID, Refusal] = {}
        for move in map(MOVES.__getitem__, moves):
            mine = [item for item in items if _move_on(ways.get(item.nomination_id), moves) is move]
            refused |= examine(actor=actor, move=move, items=mine, at=at)
        return refused

    return look


def _move_on(way: int | None, moves: Sequence[str]) -> Move:
    on_it = (MOVES[name] for name in moves if way is not None and Way(way) in MOVES[name].ways)
    return next(on_it, MOVES[moves[0]])


def _look_at_proposals(actor: Actor, items: Items, data: Data, at: datetime) -> Refused:
    """Ask also whether the unit has met on each."""
    refused = dict(_look("propose")(actor, items, data, at))
    going = [item.nomination_id for item in items if item.nomination_id not in refused]
    lying: dict[UUID, dict[UUID, str]] = {}
    rows = Nomination.objects.filter(pk__in=going).order_by()
    for dossier_id, key, name in rows.values_list("dossier_id", "pk", "nominee__name"):
        lying.setdefault(dossier_id, {})[key] = name
    for dossier in Dossier.objects.select_related("unit").filter(pk__in=lying):
        mine = lying[dossier.pk]
        _meeting, passed = latest_vote(dossier, mine)
        refused |= {key: MeetingMissingError([mine[key]]) for key in mine if key not in passed}
    return refused


def _look_at_decisions(actor: Actor, items: Items, data: Data, at: datetime) -> Refused:
    """Ask also for the council's letter, which the decision has to cite."""
    refused = dict(_look("decide")(actor, items, data, at))
    going = [item.nomination_id for item in items if item.nomination_id not in refused]
    letters = _by("letter")(going)
    return refused | {key: LetterMissingError() for key in going if letters[key] == (None,)}


def _versions(items: Items) -> dict[str, Any]:
    return {
        "versions": {item.nomination_id: item.expected_version for item in items},
        "note": items[0].data,
    }


def _dossier_of(items: Items) -> UUID:
    rows = Nomination.objects.filter(pk=items[0].nomination_id)
    return rows.values_list("dossier_id", flat=True).get()


def _decision_facts(data: Data) -> DecisionFacts:
    return DecisionFacts(
        achievement=data["achievement"],
        funding=data["funding"],
        carried_out_by=data["carried_out_by"],
    )


def _propose(actor: Actor, items: Items, _data: Data, _at: datetime) -> object:
    dossier_id = _dossier_of(items)
    return steps_of(propose_dossier)(actor=actor, dossier_id=dossier_id, **_versions(items))


def _award_in_unit(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
    return steps_of(award_in_unit)(
        actor=actor,
        dossier_id=_dossier_of(items),
        facts=_decision_facts(data),
        **_versions(items),
    )


def _decline_in_unit(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
    return steps_of(decline_in_unit)(actor=actor, items=items, reason=data["reason"])


def _submit_to_board(actor: Actor, items: Items, _data: Data, _at: datetime) -> object:
    return steps_of(submit_to_board)(actor=actor, items=items)


def _submit_to_chairman(actor: Actor, items: Items, _data: Data, _at: datetime) -> object:
    return steps_of(submit_to_chairman)(actor=actor, items=items)


def _decide(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
    return steps_of(decide_awards)(actor=actor, items=items, facts=_decision_facts(data))


def _decline(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
    return steps_of(decline_awards)(actor=actor, items=items, reason=data["reason"])


def _send_up(actor: Actor, items: Items, _data: Data, _at: datetime) -> object:
    return steps_of(send_up)(actor=actor, items=items)


def _record(*, awarded: bool) -> Perform:
    def perform(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
        scan: Scan | None = data.get(SCAN)
        issued_on = date.fromisoformat(data["issued_on"])
        paper = CentralPaper(data["notation"], issued_on, data["issuer"])
        return steps_of(record_result)(
            actor=actor, items=items, awarded=awarded, paper=paper, scan=scan
        )

    return perform


def _withdraw(actor: Actor, items: Items, data: Data, _at: datetime) -> object:
    return steps_of(withdraw_nominations)(
        actor=actor, items=items, reason=data["reason"], letter=data["letter"]
    )


def _kind(name: str, perform: Perform, *by: str, look: Look | None = None) -> Kind:
    return Kind(name, MOVES[name].label, look or _look(name), perform, _by(*by))


_BY_PAPERS: Final = (
    _kind("propose", _propose, "dossier_id", look=_look_at_proposals),
    _kind("award_in_unit", _award_in_unit, "dossier_id", "award_item__form_id"),
    _kind("decline_in_unit", _decline_in_unit),
    _kind(
        "submit_to_board", _submit_to_board, *_ONE_LETTER, "flow_version",
        look=_look("submit_to_board", "submit_for_second"),
    ),
    _kind("submit_to_chairman", _submit_to_chairman, *_ONE_LETTER),
    _kind(
        "decide", _decide, *_ONE_LETTER, "award_item__form_id", "letter", look=_look_at_decisions
    ),
    _kind("decline", _decline, *_ONE_LETTER),
    _kind("send_up", _send_up, *_ONE_LETTER),
    _kind("record_award", _record(awarded=True)),
    _kind("record_refusal", _record(awarded=False)),
    _kind("withdraw", _withdraw),
)  # fmt: skip

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in (*ON_THEIR_MERITS, *_BY_PAPERS)}
"""Every act on many, by the name of its page."""
