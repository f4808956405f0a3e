"""Rows of how the round is run: dossier, sets, steps, dates, reports, desks."""

from collections.abc import Iterator

from campaigns.loading.rows import Wanted, cited
from campaigns.models import (
    AwardForm,
    Body,
    Desk,
    DeskName,
    DossierComponent,
    Milestone,
    ProcedureStep,
    ReportingDuty,
    RouteStep,
    SetCount,
)
from campaigns.schema.spec import Record
from campaigns.spelling import words


def conduct_rows(facts: Record, forms: list[Wanted]) -> Iterator[Wanted]:
    """Yield the rows of the round's conduct; `forms` are those of the same file."""
    dossier = facts.get("dossier") or {}
    yield from _components(dossier)
    yield from _sets(dossier, forms)
    for position, step in enumerate(facts.get("procedure") or [], 1):
        names = ("step", "actor", "action", "to", "then", "output", "outcome")
        values = {name: step.get(name) for name in names}
        yield cited(ProcedureStep, (step["step"],), position, step, **values)
    yield from _milestones(facts)
    for position, duty in enumerate(facts.get("reporting") or [], 1):
        values = {name: duty.get(name) for name in ("who", "what", "to", "then", "frequency")}
        values |= {"together_with": duty.get("with")}
        yield cited(ReportingDuty, (str(position),), position, duty, **values)
    yield from _desks(facts)
    yield from _routes(facts)


def _routes(facts: Record) -> Iterator[Wanted]:
    for route in facts.get("route") or []:
        for authority in route["for"]:
            for position, step in enumerate(route["steps"], 1):
                values = {name: step.get(name) for name in ("key", "does", "desk", "then", "words")}
                name = (authority, step["key"])
                yield cited(RouteStep, name, position, step, **values, authority=authority)


def _components(dossier: Record) -> Iterator[Wanted]:
    for position, part in enumerate(dossier.get("components") or [], 1):
        yield cited(
            DossierComponent,
            (part["key"],),
            position,
            part,
            key=part["key"],
            letter=part.get("order"),
            text=part["text"],
            made_by=part.get("by"),
            attachments=part.get("attachments"),
            per_candidate=part.get("per") == "candidate",
        )


def _sets(dossier: Record, forms: list[Wanted]) -> Iterator[Wanted]:
    for position, count in enumerate(dossier.get("sets") or [], 1):
        values = {name: count.get(name) for name in ("award", "sets", "text")}
        row = cited(SetCount, (count["award"],), position, count, **values)
        said = words(count["award"])
        fitting = [form.name for form in forms if said <= words(form.values["name"])]
        row.links["form"] = (AwardForm, fitting[0]) if len(fitting) == 1 else None
        yield row


def _milestones(facts: Record) -> Iterator[Wanted]:
    milestones = facts.get("milestones")
    if not isinstance(milestones, list):
        return
    for position, milestone in enumerate(milestones, 1):
        due = milestone["due"]
        values = {name: milestone.get(name) for name in ("key", "actor", "what", "to")}
        values |= {"due_quarter": due.get("quarter"), "due_year": due["year"]}
        yield cited(Milestone, (milestone["key"],), position, milestone, **values)


def _desks(facts: Record) -> Iterator[Wanted]:
    bodies = {desk["desk"]: (desk["body"], desk["line"]) for desk in facts.get("desks") or []}
    for name in DeskName:
        body, line = bodies.get(name, (None, facts["line"]))
        row = Wanted(Desk, (name,), line, {"desk": str(name)})
        row.links["body"] = (Body, (body,)) if body else None
        yield row
