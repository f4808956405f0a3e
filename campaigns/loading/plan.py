"""Rows of the plan as a paper."""

from collections.abc import Iterator

from campaigns.loading.rows import Wanted, cited, texts
from campaigns.models import (
    Anomaly,
    Body,
    LegalBasis,
    MissingFact,
    PlanDocument,
    PlanStatement,
    PriorityField,
    Recipient,
    StatementKind,
    TextDifference,
)
from campaigns.schema.agreement import fields_of
from campaigns.schema.spec import Record
from campaigns.spelling import slug

_MISSING_KEY_LENGTH = 110


def plan_rows(facts: Record) -> Iterator[Wanted]:
    """Yield the rows for documents, bases, bodies, statements, recipients, errors and gaps."""
    yield from _documents(facts)
    for position, basis in enumerate(facts.get("legal_bases") or [], 1):
        names = ("n", "text", "number", "date", "issuer")
        values = {name: basis.get(name) for name in names}
        yield cited(LegalBasis, (str(basis["n"]),), position, basis, **values)
    for position, body in enumerate(facts.get("bodies") or [], 1):
        values = {"key": body["key"], "name": body["name"], "role": body.get("role")}
        yield cited(Body, (body["key"],), position, body, **values, unit_name=body.get("unit"))
    yield from _statements(facts)
    for n, field in enumerate(fields_of(facts), 1):
        yield cited(PriorityField, (field["key"],), n, field, key=field["key"], name=field["name"])
    for n, line in enumerate(facts.get("recipients") or [], 1):
        yield cited(Recipient, (str(n),), n, line, n=n, text=line["text"])
    for n, seen in enumerate(facts.get("draft_vs_issued") or [], 1):
        values = {name: seen.get(name) for name in ("kind", "draft", "issued", "result")}
        yield cited(TextDifference, (str(n),), n, seen, **values)
    for n, odd in enumerate(facts.get("anomalies") or [], 1):
        values = {name: odd[name] for name in ("key", "text", "problem")}
        yield cited(Anomaly, (odd["key"],), n, odd, **values, found_in=odd.get("in"))
    yield from _gaps(facts)


def _documents(facts: Record) -> Iterator[Wanted]:
    names = (
        "role", "type", "number", "symbol", "date", "effective", "year", "issuer", "field",
        "place", "complete",
    )  # fmt: skip
    documents = list(facts.get("documents") or [])
    for position, document in enumerate(documents, 1):
        signer = document.get("signer") or {}
        values = {name: document.get(name) for name in names}
        values |= {f"signer_{name}": signer.get(name) for name in ("authority", "position", "name")}
        about = document | {"refs": [*document["refs"], *signer.get("refs", [])]}
        yield cited(PlanDocument, (document["role"],), position, about, **values)
    if source := facts.get("source"):
        values = {name: source.get(name) for name in ("headline", "updated", "agency", "author")}
        values |= {"role": "source", "type": source["kind"], "complete": None}
        yield cited(PlanDocument, ("source",), len(documents) + 1, source, **values)


def _statements(facts: Record) -> Iterator[Wanted]:
    said = _sentences(facts)
    for kind in StatementKind:
        for n, (fact, text) in enumerate(said.get(kind, []), 1):
            yield cited(PlanStatement, (kind, str(n)), n, fact, kind=kind, n=n, text=text)


def _sentences(facts: Record) -> dict[StatementKind, list[tuple[Record, str]]]:
    fields, subjects = facts.get("priority_fields") or {}, facts.get("subjects") or {}
    contents = sorted(facts.get("emulation_contents") or [], key=lambda item: int(item["n"]))
    return {
        StatementKind.PURPOSE: [(item, item["text"]) for item in facts.get("purpose") or []],
        StatementKind.GOAL: _said(facts.get("general_goal"), "text", "percent_statement"),
        StatementKind.CONTENT: [
            (item, item.get("text") or item.get("gist") or "") for item in contents
        ],
        StatementKind.PRIORITY: _said(fields, "others"),
        StatementKind.COLLECTIVE_SHORT: _said(subjects, "collective_short_name"),
        StatementKind.SUBJECT_CONDITION: _said(subjects.get("individual_condition")),
        StatementKind.STANDING_AGENCY: _said(facts, "standing_agency"),
        StatementKind.COUNCIL: _said(facts, "council"),
        StatementKind.TIME_LIMITS: _said(facts, "procedure_time_limits"),
        StatementKind.FUNDING: _said(facts.get("funding")),
        StatementKind.RESULT_USE: _said(facts.get("result_use")),
        StatementKind.CRITERIA_PLACE: _said(facts.get("criteria"), "located_at", "text"),
        StatementKind.MILESTONE_NOTE: _said(facts.get("milestones")),
        StatementKind.DOSSIER_PRACTICE: _said(facts.get("dossier"), "who_prepares", "action"),
    }


def _said(fact: object, *names: str) -> list[tuple[Record, str]]:
    """Return what a form says under the names (else "text"); nothing for a list of forms."""
    if not isinstance(fact, dict):
        return []
    about = fact | {"derived": {}} if names else fact
    return [(about, fact[name]) for name in names or ("text",) if fact.get(name)]


def _gaps(facts: Record) -> Iterator[Wanted]:
    gaps = [
        (gap, gap.get("key") or slug(gap["text"]), gap["text"], gap.get("asked_of"))
        for gap in facts.get("not_in_source") or []
    ]
    gaps += [
        (norm, f"norm_{n}", norm["what"], norm.get("by"))
        for n, norm in enumerate(facts.get("pending_norms") or [], 1)
        if norm.get("value") is None
    ]
    seen: set[str] = set()
    for position, (fact, key, text, asked_of) in enumerate(gaps, 1):
        name = key[:_MISSING_KEY_LENGTH] or str(position)
        if name in seen:
            name = f"{name}_{position}"
        seen.add(name)
        values = {"key": name, "text": text, "asked_of": asked_of, "position": position}
        values |= {"clause": fact["clause"], "refs": fact["refs"]}
        yield Wanted(MissingFact, (name,), fact["line"], texts(MissingFact, values))
