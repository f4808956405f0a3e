"""Whether a dossier can go to a recipient: what lacks, what is asked for, and what is in it.

Only reads; the sets come from the dossier's law and its plan, with the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Desk as DeskRow
from documents.models import DocumentKind, EntryStatus, TemplateVersion, VersionStatus
from organisations.queries import names_on
from signatures.models import SignerKind
from workflow.models import Dossier, Nomination, PaperLink
from workflow.pages.papers import Paper, paper_of
from workflow.papers.unit import decider_name
from workflow.preflight import Check, Light, contents_of
from workflow.queries import nominations_in_full, papers_of
from workflow.sections import (
    OUTSIDE,
    REPORTS,
    WORD_TOO,
    Recipient,
    Section,
    needed_by,
    recipients_of,
    section_of,
    sections_for,
)
from workflow.services.checks import PUBLIC_URL
from workflow.set_counts import SetsAsked, set_check, set_counts, sets_of
from workflow.states import FLOW_VERSION, State

DROPPED = frozenset({State.INELIGIBLE, State.NOT_PASSED, State.WITHDRAWN})
"""What no longer goes anywhere: its own papers stay in the file and go to nobody."""
WAITING = {State.RETURNED, State.HELD}


@dataclass(frozen=True)
class Copy:
    """The dossier as it goes to one recipient.

    papers  what is in it, in the order of its sections
    sets    how many sets each form of award asks for, as the law or the plan says
    """

    recipient: Recipient
    name: str
    checks: Sequence[Check]
    papers: Sequence[tuple[Section, Paper, Nomination | None]]
    sets: Sequence[SetsAsked]

    @property
    def ready(self) -> bool:
        """Return whether nothing lacks. What is only asked for does not hold a dossier back."""
        return not self.lacking

    @property
    def number(self) -> int | None:
        """Return how many sets of it are asked for; of what stays in the file, one."""
        return 1 if self.recipient == Recipient.ARCHIVE else sets_of(self.sets)

    @property
    def lacking(self) -> list[str]:
        """Return what the red lines are about."""
        return [check.what for check in self.checks if check.light is Light.LACKING]

    @property
    def sent_in_word(self) -> list[Paper]:
        """Return the papers whose Word file goes along."""
        return [
            paper
            for _section, paper, _one in self.papers
            if paper.document.template_key in WORD_TOO
        ]


def copies_of(dossier: Dossier) -> list[Copy]:
    """Return the dossier for each of its recipients; constant queries whatever it holds."""
    nominations = list(nominations_in_full().filter(dossier=dossier).order_by("created_at", "pk"))
    links = [link for link in papers_of([dossier]) if link.document.kind != DocumentKind.ASSEMBLED]
    way = nominations[0].flow_version if nominations else FLOW_VERSION
    counts = set_counts(dossier, nominations)
    general = [*_general(nominations), *map(set_check, counts)]
    contents = contents_of(dossier, nominations, links)
    titles = dict(TemplateVersion.objects.order_by("published_at").values_list("key", "title"))
    names = _names(dossier)
    return [
        Copy(
            recipient=recipient,
            name=names[recipient],
            checks=[
                *_paper_checks(recipient, dossier, way, links, nominations, titles),
                *contents.checks(sections_for(recipient)),
                *general,
            ],
            papers=_bound(recipient, links),
            sets=counts,
        )
        for recipient in recipients_of(dossier.authority, way)
    ]


def copy_for(dossier: Dossier, recipient: Recipient) -> Copy | None:
    """Return the dossier for one recipient; None where it does not go to him."""
    return next((one for one in copies_of(dossier) if one.recipient == recipient), None)


def _names(dossier: Dossier) -> dict[Recipient, str]:
    """Return what recipients are called; a desk without a unit by what it is."""
    campaign = dossier.occasion.campaign
    desks = DeskRow.objects.filter(campaign=campaign, unit__isnull=False).select_related("unit")
    units = {row.desk: row.unit for row in desks if row.unit}
    called = dict(zip(units, names_on(units.values(), timezone.localdate()), strict=True))
    names = {one: called.get(one.value, str(one.label)) for one in Recipient}
    names[Recipient.DECISION] = decider_name("provincial_chairman", campaign.province)
    names[Recipient.CENTRAL] = decider_name(dossier.authority, campaign.province)
    return names


def _bound(
    recipient: Recipient, links: Iterable[PaperLink]
) -> list[tuple[Section, Paper, Nomination | None]]:
    """Return the papers that go to a recipient, section by section, each once."""
    sections = sections_for(recipient)
    found: dict[object, tuple[Section, Paper, Nomination | None]] = {}
    for link in links:
        if link.document.template_key in OUTSIDE:
            continue
        section = section_of(link.document.template_key)
        gone = link.nomination is not None and link.nomination.state in DROPPED
        if section in sections and not (gone and recipient != Recipient.ARCHIVE):
            paper = paper_of(link.document)
            if paper.version.status != VersionStatus.FAILED:
                found.setdefault(link.document_id, (section, paper, link.nomination))
    return sorted(found.values(), key=lambda one: sections.index(one[0]))


def _paper_checks(
    recipient: Recipient,
    dossier: Dossier,
    way: int,
    links: Sequence[PaperLink],
    nominations: Sequence[Nomination],
    titles: dict[str, str],
) -> Iterator[Check]:
    sections = sections_for(recipient)
    mine = [
        link
        for link in links
        if section_of(link.document.template_key) in sections
        and link.document.template_key not in OUTSIDE
    ]
    there = {link.document.template_key for link in mine}
    for key, act in needed_by(recipient, dossier.authority, way).items():
        if key not in there:
            yield Check(Light.LACKING, titles.get(key, key), _("Chưa có văn bản này."), str(act))
    reported = {link.nomination_id for link in mine if link.document.template_key in REPORTS}
    for row in nominations:
        if row.state not in DROPPED and row.pk not in reported:
            what = _("Báo cáo thành tích của %(name)s") % {"name": row.nominee.name}
            todo = _("Báo cáo được lập khi thủ trưởng đơn vị ký trình đề nghị.")
            url = reverse("nomination", args=[row.pk])
            yield Check(Light.LACKING, what, _("Chưa có văn bản này."), todo, url)
    seen = set()
    for link in mine:
        gone = link.nomination is not None and link.nomination.state in DROPPED
        if link.document_id not in seen and not gone:
            seen.add(link.document_id)
            yield _paper_check(paper_of(link.document))


def _paper_check(paper: Paper) -> Check:
    """Return what is to be said of one paper that is there: the first thing it lacks."""
    document, version = paper.document, paper.version
    url = reverse("document", args=[document.pk])
    signed = {one.kind for one in paper.signatures}
    entry = document.register_entry
    lacks = [
        (
            entry is not None and entry.status == EntryStatus.VOIDED,
            _("Số của văn bản đã hủy."),
            _("Lập lại văn bản với số mới."),
        ),
        (version.status == VersionStatus.FAILED, _("Không tạo được."), _("Bấm “Tạo lại”.")),
        (paper.unfinished, _("Đang tạo."), _("Chờ tạo xong rồi tải lại trang.")),
        (
            document.signer_user_id is not None and SignerKind.PERSON not in signed,
            _("Chưa ký số."),
            _("Người ký: %(name)s.") % {"name": getattr(document.signer_user, "full_name", "")},
        ),
        (
            document.seal_unit_id is not None and SignerKind.SEAL not in signed,
            _("Chưa đóng dấu số."),
            _("Văn thư của cơ quan ban hành đóng dấu."),
        ),
    ]
    for is_so, why, todo in lacks:
        if is_so:
            return Check(Light.LACKING, document.title, why, todo, url)
    return Check(Light.GOOD, document.title, url=url)


def _general(nominations: Sequence[Nomination]) -> Iterator[Check]:
    """Yield what holds the whole dossier back, and what the site lacks."""
    if all(row.state in DROPPED for row in nominations):
        yield Check(Light.LACKING, _("Đề nghị"), _("Hồ sơ không còn đề nghị nào."))
    for row in nominations:
        if row.state in WAITING:
            what = _("Đề nghị của %(name)s") % {"name": row.nominee.name}
            todo = _("Giải quyết xong rồi gửi, hoặc rút đề nghị.")
            state = str(State(row.state).label)
            yield Check(Light.LACKING, what, state, todo, reverse("nomination", args=[row.pk]))
    if not PUBLIC_URL:
        yield Check(
            Light.ASKED,
            _("Mã QR ở chân trang"),
            _("Chưa khai báo địa chỉ công khai của hệ thống, nên không in mã."),
            _("Đề nghị quản trị hệ thống đặt VINHDANH_PUBLIC_URL."),
        )
