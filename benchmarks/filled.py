"""A province's rows in bulk: one round walked by the services, and then copied in SQL.

The services would take hours, and are not what is measured here. Each row copied is one that they
wrote, with other keys, units, states and days, so that no column can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone

from audit.models import Event
from campaigns.models import AwardItem, Occasion
from documents.models import DocumentVersion
from organisations.models import Unit, UnitName
from tests.cast import Cast
from tests.factories import again, draft, prepare, propose
from workflow.models import Nomination, Nominee, Notice, PaperLink, WorkItem
from workflow.services.telling import tell
from workflow.states import HOLDERS, State

UNITS, OCCASIONS, OPEN_OCCASIONS, IN_DOSSIER = 500, 25, 5, 40
ENDED = (State.CLOSED, State.INELIGIBLE, State.NOT_PASSED, State.WITHDRAWN)
DESKS = {
    "appraisal": "so-tttt", "board": "hd-tdkt", "decision": "ubnd-tinh", "central": "ban-tdkt",
}  # fmt: skip

COPY = """
INSERT INTO {table}
SELECT made.*
FROM (SELECT to_jsonb(old) - %(changed)s::text[] AS columns FROM {table} old WHERE {key} = %(one)s) one, {source},
LATERAL jsonb_populate_record(NULL::{table}, one.columns || jsonb_build_object({changes})) made
"""
NUMBERS = "generate_series(0, %(count)s - 1) n"


@dataclass(frozen=True)
class Size:
    """How many nominations there are, and how many of them are under way."""

    nominations: int

    @property
    def open(self) -> int:
        """Return how many are under way: those of the last occasions."""
        return self.nominations * OPEN_OCCASIONS // OCCASIONS

    @property
    def of_occasion(self) -> int:
        """Return how many there are on one occasion."""
        return self.nominations // OCCASIONS


def key(kind: str, number: str) -> str:
    """Return the SQL of the key of one of the copies."""
    return f"md5('{kind}-' || ({number}))::uuid"


def copy(one: models.Model, source: str, changes: dict[str, str], **given: Any) -> None:
    """Write copies of a row, one for each of the source, changed as the SQL says."""
    table = type(one)._meta.db_table
    name = type(one)._meta.pk.attname
    words = ", ".join(f"'{column}', {sql}" for column, sql in changes.items())
    text = COPY.format(table=table, key=name, changes=words, source=source)
    with connection.cursor() as cursor:
        cursor.execute(text, {"one": one.pk, "changed": list(changes), **given})


def counted(model: type[models.Model]) -> str:
    """Return the SQL of the next number of a table whose rows are counted."""
    return f"nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"


def fill(cast: Cast, nominations: int) -> Size:
    """Write a province: units, occasions, dossiers, nominations, their work, papers and trail."""
    size = Size(nominations)
    rows = draft(cast)
    prepare(cast, rows)
    rows = again(*rows)
    propose(cast, rows)
    tell(timezone.now())
    (first,) = again(*rows)
    _places(cast, first)
    _dossiers(first)
    _nominations(first, size)
    _work(cast, first)
    _papers(first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return size


def _places(cast: Cast, first: Nomination) -> None:
    root = cast.units["ubnd-tinh"]
    known = cast.units["so-y-te"]
    copy(
        Unit.objects.get(pk=known.pk), NUMBERS,
        {"id": key("unit", "n"), "code": "'u' || n", "path": f"'{root.path}u' || n || '/'"},
        count=UNITS,
    )  # fmt: skip
    copy(
        UnitName.objects.get(unit=known), NUMBERS,
        {"id": counted(UnitName), "unit_id": key("unit", "n"), "name": "'Đơn vị số ' || n"},
        count=UNITS,
    )  # fmt: skip
    copy(
        Occasion.objects.get(pk=first.dossier.occasion_id), NUMBERS,
        {"id": key("occasion", "n"), "key": "'dot-' || n", "title": "'Đợt xét thứ ' || n"},
        count=OCCASIONS,
    )  # fmt: skip
    copy(
        AwardItem.objects.get(pk=first.award_item_id), NUMBERS,
        {"id": key("award", "n"), "occasion_id": key("occasion", "n"), "key": "'muc-' || n"},
        count=OCCASIONS,
    )  # fmt: skip


DOSSIER = f"n / {UNITS} || '-' || n % {UNITS}"
"""Dossier n: occasion, then unit."""
AGO = f"now() - ({OCCASIONS} - n / %(per)s) * interval '30 days'"
"""When the occasion of the n-th was; each lasts a month."""


def _dossiers(first: Nomination) -> None:
    day = f"to_jsonb({AGO} + n % {UNITS} * interval '1 hour')"
    copy(
        first.dossier, NUMBERS,
        {
            "id": key("dossier", DOSSIER.replace("%", "%%")),
            "code": "'HS-' || lpad(n::text, 6, '0')",
            "occasion_id": key("occasion", f"n / {UNITS}"),
            "unit_id": key("unit", f"n %% {UNITS}"),
            "created_at": day.replace("n %", "n %%"),
            "received_at": day.replace("n %", "n %%"),
        },
        count=UNITS * OCCASIONS, per=UNITS,
    )  # fmt: skip


def _nominations(first: Nomination, size: Size) -> None:
    given: dict[str, Any] = {"count": size.nominations, "per": size.of_occasion}
    copy(
        Nominee.objects.get(pk=first.nominee_id), NUMBERS,
        {
            "id": key("nominee", "n"), "identity": "'n|' || n",
            "name": "'Nguyễn Thị ' || substr(md5(n::text), 1, 6) || ' Ánh ' || n",
            "user_id": "NULL",
            "proposed_by_id": key("unit", f"n %% {UNITS}"),
        },
        **given,
    )  # fmt: skip
    held = [state for state in HOLDERS if state not in (State.RETURNED, State.HELD)]
    ended = f"(%(ended)s::text[])[1 + n / {UNITS} %% {len(ENDED)}]"
    going = f"(%(held)s::text[])[1 + n / {UNITS} %% {len(held)}]"
    copy(
        first, NUMBERS,
        {
            "id": key("nomination", "n"),
            "nominee_id": key("nominee", "n"),
            "dossier_id": key("dossier", f"n / %(per)s || '-' || n %% {UNITS}"),
            "award_item_id": key("award", "n / %(per)s"),
            "state": f"CASE WHEN n < %(closed)s THEN {ended} ELSE {going} END",
            "created_at": f"to_jsonb({AGO})",
            "changed_at": f"to_jsonb({AGO} + random() * interval '30 days')",
        },
        closed=size.nominations - size.open,
        ended=[str(state) for state in ENDED], held=[str(state) for state in held], **given,
    )  # fmt: skip


def _work(cast: Cast, first: Nomination) -> None:
    """Write the work: an open piece for each that is under way, two closed ones for all."""
    one = WorkItem.objects.filter(nomination=first, closed_at__isnull=True).get()
    states = list(HOLDERS)
    given: dict[str, Any] = {
        "states": [str(state) for state in states],
        "roles": [str(HOLDERS[state].role) for state in states],
        "paths": [
            cast.units[DESKS[desk]].path if (desk := HOLDERS[state].desk) in DESKS else None
            for state in states
        ],
    }
    held = """
        (SELECT n.id, n.dossier_id, n.created_at, h.state, h.role, coalesce(h.path, u.path) AS path, turn,
            (random() * 60)::int - 20 AS days, random() < 0.8 AS limited
         FROM workflow_nomination n
         JOIN workflow_dossier d ON d.id = n.dossier_id
         JOIN organisations_unit u ON u.id = d.unit_id AND u.code ~ '^u[0-9]+$'
         CROSS JOIN generate_series(0, 2) turn
         JOIN unnest(%(states)s::text[], %(roles)s::text[], %(paths)s::text[])
            h(state, role, path)
            ON h.state = CASE WHEN turn = 0 THEN n.state ELSE 'under_appraisal' END
        ) held
    """
    copy(
        one, held,
        {
            "id": counted(WorkItem), "nomination_id": "held.id", "state": "held.state", "dossier_id": "held.dossier_id",
            "role": "held.role", "unit_path": "held.path",
            "opened_at": "to_jsonb(held.created_at + random() * interval '20 days')",
            "closed_at": "to_jsonb(CASE WHEN turn > 0 THEN "
            "held.created_at + interval '20 days' + random() * interval '10 days' END)",
            "due_on": "CASE WHEN limited THEN current_date + days END",
            "soon_on": "CASE WHEN limited THEN current_date + days - 2 END",
            "due_by": "CASE WHEN limited THEN 'office' ELSE '' END",
            "escalate_on": "NULL", "told_at": "to_jsonb(now())",
        },
        **given,
    )  # fmt: skip


def _papers(first: Nomination) -> None:
    """Write two papers and twenty events for each dossier, and notices for who is measured."""
    link = PaperLink.objects.filter(dossier=first.dossier).order_by("pk").first()
    assert link is not None
    each = f"{NUMBERS}, generate_series(1, 2) turn"
    dossier = key("dossier", DOSSIER.replace("%", "%%"))
    paper, version = key("paper", "turn || '-' || n"), key("version", "turn || '-' || n")
    day = f"to_jsonb({AGO})"
    given: dict[str, Any] = {"count": UNITS * OCCASIONS, "per": UNITS}
    copy(
        link.document, each,
        {
            "id": paper, "created_at": day, "register_entry_id": "NULL",
            "stream": f"'dossier:' || {dossier}",
        },
        **given,
    )  # fmt: skip
    made = DocumentVersion.objects.filter(document=link.document).order_by("number").last()
    assert made is not None
    assert made.template_version is not None
    copy(
        made, each,
        {
            "id": version, "document_id": paper, "requested_at": day, "status": "'done'",
            "docx_id": "%(file)s", "pdf_id": "%(file)s", "values": "'{}'::jsonb", "sources": "'[]'::jsonb",
            "finished_at": day, "idempotency_key": "md5(turn || '-' || n)",
        },
        file=made.template_version.file_id, **given,
    )  # fmt: skip
    copy(
        link, each,
        {"id": counted(PaperLink), "document_id": paper, "dossier_id": dossier}, **given,
    )  # fmt: skip
    event = Event.objects.filter(stream=first.dossier.stream).order_by("seq").last()
    assert event is not None
    copy(
        event, f"{NUMBERS}, generate_series(1, 20) turn",
        {
            "id": key("event", "turn || '-' || n"), "stream": f"'dossier:' || {dossier}",
            "seq": "turn", "at": f"to_jsonb({AGO} + turn * interval '1 day')", "key": "''",
        },
        **given,
    )  # fmt: skip


def notices(user_id: int, one: Notice, count: int) -> None:
    """Write so many notices of one person, copies of one that the services made."""
    copy(
        one, NUMBERS,
        {
            "id": counted(Notice), "user_id": "%(user)s",
            "dossier_id": key("dossier", DOSSIER.replace("%", "%%")),
            "made_at": f"to_jsonb({AGO})", "mailed_at": f"to_jsonb({AGO})",
            "read_at": f"to_jsonb(CASE WHEN n < %(count)s - 200 THEN {AGO} END)",
        },
        count=count, per=UNITS, user=user_id,
    )  # fmt: skip
