"""Whether the papers of a dossier agree: the same people, names, forms and votes in each.

Papers are compared as they were frozen, place by place, by the nominations that their sources
name; so a name that was mended in between is seen, and two people of one name are not mixed up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion, EntryStatus
from workflow.models import Dossier, PaperLink
from workflow.papers.reports import TEMPLATES
from workflow.papers.sources import Part, source_of, value_at
from workflow.proof.wording import LABELS, said

LETTER, MINUTES, DECISION = "to_trinh_don_vi", "bien_ban_don_vi", "quyet_dinh"
APPRAISAL, DEPARTMENT, COUNCIL = "bao_cao_tham_dinh", "to_trinh_so", "to_trinh_hoi_dong"
CENTRAL, PRESIDENTS = "to_trinh_trung_uong", "to_trinh_chu_tich_nuoc"
SESSION, COUNT = "bien_ban_hoi_dong", "bien_ban_kiem_phieu"
NOTICE, CERTIFICATES = "thong_bao_ket_qua", "bang_khen"
SETS: Final = (
    LETTER, MINUTES, APPRAISAL, DEPARTMENT, SESSION, COUNT, COUNCIL, CENTRAL,
    PRESIDENTS, DECISION, NOTICE, CERTIFICATES,
)  # fmt: skip
"""Papers with a list, in the order of the way."""
REPORTS: Final = tuple(TEMPLATES.values())
CITED: Final = {LETTER: ("bien_ban", MINUTES), DEPARTMENT: ("bao_cao_tham_dinh", APPRAISAL)}
"""Papers that rest on one other: the field that cites it, and its template. Their lists are one."""
GROUNDS: Final = {
    SESSION: (DEPARTMENT,),
    COUNT: (SESSION,),
    COUNCIL: (SESSION, DEPARTMENT),
    CENTRAL: (COUNCIL,),
    PRESIDENTS: (COUNCIL,),
    DECISION: (COUNCIL, MINUTES),
    NOTICE: (DECISION,),
    CERTIFICATES: (DECISION,),
}
"""Papers whose names must all stand in those below them; of several, the first that are there."""
COMPARED: Final = ("ten", "ngay_sinh", "hinh_thuc")
VOTES: Final = ("phieu_dong_y", "phieu_khong_dong_y")

LISTED: Final = frozenset(
    {
        Part.NAMED, Part.PROPOSED, Part.VOTED, Part.COUNTED, Part.WITH_FORM, Part.CERTIFIED,
        Part.INELIGIBLE,
    }
)  # fmt: skip
"""Parts of a paper that are one row of a list."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Statement:
    """What one paper says: of each nomination by its key, eligible or refused."""

    document_id: UUID
    title: str
    key: str
    notation: str = ""
    cites: str = ""
    named: Mapping[str, Row] = field(default_factory=dict)
    refused: Mapping[str, Row] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Row]:
        """Return everybody it names, whatever it says of them."""
        return {**self.named, **self.refused}

    def cites_paper(self, other: Statement) -> bool:
        """Return whether this paper rests on the other one."""
        cited = CITED.get(self.key)
        return cited is not None and other.key == cited[1] and other.notation == self.cites


@dataclass(frozen=True)
class Mismatch:
    """One thing that two papers say differently: of whom, what, here, there, and where that is.

    nomination  its key: names may be what differs
    """

    about: str
    label: str
    here: str
    there: str
    where: str
    nomination: str = field(default="", compare=False)


@dataclass(frozen=True)
class Agreement:
    """A paper beside the others of its dossiers; no mismatch means that they agree."""

    mine: Statement | None
    others: Sequence[Statement]
    mismatches: Sequence[Mismatch]


def agreement_of(document: Document) -> Agreement:
    """Return how a paper stands to the others that name the same nominees.

    The newest version of each counts; papers whose number was voided, and those made before
    sources were kept, do not. Four queries, whatever the dossiers hold.
    """
    if document.template_key not in (*SETS, *REPORTS):
        return Agreement(None, (), ())
    mine = _statement_of(document)
    if mine is None or not mine.all:
        return Agreement(None, (), ())
    dossiers = PaperLink.objects.filter(document=document).values("dossier")
    near = _newest().filter(document__links__dossier__in=dossiers).exclude(document=document)
    sets = [one for one in _sets(near) if one.all.keys() & mine.all.keys()]
    reports = list(_reports(near, mine.all)) if mine.key in SETS else []
    return Agreement(mine, [*sets, *reports], list(mismatches(mine, sets, reports)))


def statements_in(dossier: Dossier, about: Collection[str]) -> list[Statement]:
    """Return what the papers of a dossier say of nominations in it, those with lists first.

    about  their keys: what a paper says of others, who lie elsewhere, is left out. Two queries.
    """
    near = _newest().filter(document__links__dossier=dossier)
    sets = sorted((_only(one, about) for one in _sets(near)), key=lambda one: SETS.index(one.key))
    return [*(one for one in sets if one.all), *_reports(near, about)]


def _only(one: Statement, about: Collection[str]) -> Statement:
    def kept(rows: Mapping[str, Row]) -> dict[str, Row]:
        return {key: row for key, row in rows.items() if key in about}

    return replace(one, named=kept(one.named), refused=kept(one.refused))


def disagreements(statements: Sequence[Statement]) -> list[tuple[Statement, list[Mismatch]]]:
    """Return for each paper what it says otherwise than the others; each pair is told once."""
    reports = [one for one in statements if one.key in REPORTS]
    told: set[tuple[frozenset[str], str, str]] = set()
    found = []
    for mine in (one for one in statements if one.key in SETS):
        others = [one for one in statements if one.key in SETS and one is not mine]
        sharing = [one for one in others if one.all.keys() & mine.all.keys()]
        new = []
        for one in mismatches(mine, sharing, reports):
            key = frozenset({mine.title, one.where}), one.nomination, one.label
            if key not in told:
                told.add(key)
                new.append(one)
        if new:
            found.append((mine, new))
    return found


def mismatches(
    mine: Statement, sets: Sequence[Statement], reports: Sequence[Statement]
) -> Iterator[Mismatch]:
    """Yield what the paper says otherwise than papers with lists, and than the reports."""
    for other in (*sets, *reports):
        yield from _said_otherwise(mine, other)
    for other in sets:
        if mine.cites_paper(other) or other.cites_paper(mine):
            yield from _missing(mine.named, other.named, other.title)
            yield from _too_many(mine.named, other.named, other.title)
    yield from _without_ground(mine, sets)
    if reports and mine.key in {LETTER, MINUTES}:
        reported = {key: row for one in reports for key, row in one.named.items()}
        yield from _missing(mine.named, reported, _("Các báo cáo thành tích"))


def _said_otherwise(mine: Statement, other: Statement) -> Iterator[Mismatch]:
    cited = mine.cites_paper(other) or other.cites_paper(mine)
    fields = (*COMPARED, *VOTES) if cited else COMPARED
    theirs = other.all
    for key, row in mine.all.items():
        there = theirs.get(key, {})
        for name in fields:
            if name in row and name in there and row[name] != there[name]:
                yield Mismatch(
                    about=row["ten"],
                    label=str(LABELS[name]),
                    here=said(row[name]),
                    there=said(there[name]),
                    where=other.title,
                    nomination=key,
                )


def _missing(here: Mapping[str, Row], there: Mapping[str, Row], where: str) -> Iterator[Mismatch]:
    for key, row in here.items():
        if key not in there:
            yield Mismatch(row["ten"], _("Danh sách"), _("có tên"), _("không có tên"), where, key)


def _too_many(here: Mapping[str, Row], there: Mapping[str, Row], where: str) -> Iterator[Mismatch]:
    for key, row in there.items():
        if key not in here:
            yield Mismatch(row["ten"], _("Danh sách"), _("không có tên"), _("có tên"), where, key)


def _without_ground(mine: Statement, sets: Sequence[Statement]) -> Iterator[Mismatch]:
    for key in GROUNDS.get(mine.key, ()):
        below = [one for one in sets if one.key == key]
        if below:
            proposed = {name: row for one in below for name, row in one.named.items()}
            yield from _missing(mine.named, proposed, "; ".join(one.title for one in below))
            return


def _newest() -> QuerySet[DocumentVersion]:
    """Return the newest version of each paper whose number stands."""
    newer = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number")
    )
    voided = {"document__register_entry__status": EntryStatus.VOIDED}
    return DocumentVersion.objects.filter(~Exists(newer)).exclude(**voided).exclude(sources=[])


def _statement_of(document: Document) -> Statement | None:
    version = _newest().select_related("document__register_entry").filter(document=document).first()
    return _statement(version) if version else None


def _sets(near: QuerySet[DocumentVersion]) -> Iterator[Statement]:
    rows = near.filter(document__template_key__in=SETS).distinct()
    for version in rows.select_related("document__register_entry").order_by("requested_at", "pk"):
        yield _statement(version)


def _statement(version: DocumentVersion) -> Statement:
    """Return what a version says, from its frozen values, by the sources of their places."""
    document, values = version.document, version.values
    by_part: dict[bool, dict[str, Row]] = {False: {}, True: {}}
    for source in map(source_of, version.sources):
        if source.part is Part.DECLARED:
            row = {**value_at(values, source.at), "hinh_thuc": values["hinh_thuc"]}
            by_part[False][source.nomination] = _row(row)
        elif source.part in LISTED:
            refused = source.part is Part.INELIGIBLE
            by_part[refused][source.nomination] = _row(value_at(values, source.at))
    cited = CITED.get(document.template_key)
    return Statement(
        document_id=document.pk,
        title=document.title,
        key=document.template_key,
        notation=document.register_entry.notation if document.register_entry else "",
        cites=values[cited[0]]["so_ky_hieu"] if cited else "",
        named=by_part[False],
        refused=by_part[True],
    )


def _row(values: Mapping[str, Any]) -> Row:
    return {name: str(values[name]) for name in (*COMPARED, *VOTES) if name in values}


def _reports(near: QuerySet[DocumentVersion], about: Iterable[str]) -> Iterator[Statement]:
    """Yield the reports on these nominees: only what is compared is read, they may be many."""
    rows = near.filter(
        document__template_key__in=REPORTS, document__links__nomination__in=list(about)
    )
    for document, title, key, nomination, *values in rows.values_list(
        "document",
        "document__title",
        "document__template_key",
        "document__links__nomination",
        "values__ke_khai__ten",
        "values__ke_khai__ngay_sinh",
        "values__hinh_thuc",
    ):
        found = {name: one for name, one in zip(COMPARED, values, strict=True) if one is not None}
        yield Statement(document, title, key, named={str(nomination): _row(found)})
