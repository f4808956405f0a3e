"""Where the parts of a paper were taken from: kept beside its frozen values.

A source names a place in the values, the maker that filled it (workflow.proof.present) and the
rows it read. The same maker run again later says what the place would hold now, which is how a
paper is found to be out of date; and the rows lead to who entered the data, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from documents import frozen
from workflow.models import Appraisal, Nomination, Vote
from workflow.papers.lists import LIST_FIELDS, list_order


class Part(StrEnum):
    """What fills a place: each has one maker in workflow.proof.present."""

    NAMED = "named"
    PROPOSED = "proposed"
    VOTED = "voted"
    COUNTED = "counted"
    WITH_FORM = "with_form"
    CERTIFIED = "certified"
    SUMMED_UP = "summed_up"
    INELIGIBLE = "ineligible"
    DECLARED = "declared"
    FORM = "form"
    MOVEMENT = "movement"
    OCCASION = "occasion"
    SIGNER = "signer"
    HEAD = "head"
    NAME = "name"
    GROUNDS = "grounds"
    SESSION = "session"
    GAPS = "gaps"
    OVERRULED = "overruled"
    MONEY = "money"
    REVOKED = "revoked"
    CONVENED = "convened"
    ASKED = "asked"
    POSTED = "posted"
    REGISTERED = "registered"
    CONTENTS = "contents"
    FILED = "filed"
    TOPIC = "topic"


IN_ROWS: Final = frozenset(
    {
        Part.NAMED, Part.PROPOSED, Part.VOTED, Part.COUNTED, Part.WITH_FORM, Part.CERTIFIED,
        Part.SUMMED_UP, Part.INELIGIBLE, Part.DECLARED, Part.REVOKED,
    }
)  # fmt: skip
"""Parts that say something of one nomination: the rest are of the paper."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place of a paper's values and the rows it was filled from, by their keys as text.

    at    the path in the values, "danh_sach_ca_nhan.0"; keys that do not apply are ""
    unit  whose name it is, on the day `on`, "2023-12-05"
    entry, supplement  the line of the register, and the return, that are told of
    campaign  of a paper that is of no one occasion
    session, opinion, notice, registration, dossier  what CONVENED, ASKED, POSTED, REGISTERED,
          CONTENTS and FILED tell of

    MONEY and OVERRULED are made from every nomination that the paper's other sources name.
    """

    at: str
    part: Part
    nomination: str = ""
    vote: str = ""
    appraisal: str = ""
    occasion: str = ""
    user: str = ""
    unit: str = ""
    on: str = ""
    meeting: str = ""
    supplement: str = ""
    entry: str = ""
    campaign: str = ""
    session: str = ""
    opinion: str = ""
    notice: str = ""
    registration: str = ""
    dossier: str = ""

    def kept(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the source as it is kept: plain, with the hash of what stands at its place."""
        named = {name: str(value) for name, value in asdict(self).items() if value}
        return {**named, "sha256": hash_of_value(value_at(values, self.at))}


def source_of(kept: Mapping[str, str]) -> Source:
    """Return a source as it was before it was kept."""
    known = {name: value for name, value in kept.items() if name not in {"sha256", "part"}}
    return Source(part=Part(kept["part"]), **known)


def value_at(values: Any, path: str) -> Any:
    """Return what stands at a path such as "danh_sach_ca_nhan.0.ten"; a place always exists."""
    for step in path.split("."):
        values = values[int(step)] if isinstance(values, list) else values[step]
    return values


def hash_of_value(value: Any) -> str:
    """Return the SHA-256 of one plain value, in the spelling that papers are frozen in."""
    return frozen.hash_of(frozen.freeze({"value": value}))


def list_sources(
    nominations: Iterable[Nomination], part: Part, votes: Mapping[UUID, Vote] | None = None
) -> tuple[Source, ...]:
    """Return a source for each row of papers.lists.lists, in the places that it gave them."""
    sources, places = [], dict.fromkeys(LIST_FIELDS.values(), 0)
    for nomination in sorted(nominations, key=list_order):
        field = LIST_FIELDS[nomination.nominee.kind]  # type: ignore[index]  # a Kind is its value
        vote = (votes or {}).get(nomination.pk)
        sources.append(
            Source(
                at=f"{field}.{places[field]}",
                part=part,
                nomination=str(nomination.pk),
                vote=str(vote.pk) if vote else "",
            )
        )
        places[field] += 1
    return tuple(sources)


def sources_in_order(
    nominations: Iterable[Nomination], part: Part, field: str
) -> tuple[Source, ...]:
    """Return a source for each row of one list of all kinds, in the order of list_order."""
    return tuple(
        Source(at=f"{field}.{place}", part=part, nomination=str(nomination.pk))
        for place, nomination in enumerate(sorted(nominations, key=list_order))
    )


def refused_sources(refused: Iterable[Appraisal]) -> tuple[Source, ...]:
    """Return a source for each row of the list of those found ineligible, in their order."""
    return tuple(
        Source(
            at=f"khong_du_dieu_kien.{place}",
            part=Part.INELIGIBLE,
            nomination=str(row.nomination_id),
            appraisal=str(row.pk),
        )
        for place, row in enumerate(refused)
    )
