"""Where each placeholder of a paper came from: the source field, who entered it, and when.

Told as far as the log gives it: the acts that enter data name the nomination, and an edit keeps
its main fields before and after; for the other fields the last act that could have entered them
is told. What was made by the software on the day is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from documents.models import Document, DocumentVersion
from workflow.models import Vote
from workflow.papers.sources import IN_ROWS, Part, Source, source_of
from workflow.proof.stale import Kept, kept_of
from workflow.proof.wording import Leaf, field_at, leaves, said

TELLING: Final = (
    "nomination.drafted", "nomination.edited", "nomination.found_ineligible",
    "nomination.passed", "nomination.not_passed", "nomination.resubmitted", "meeting.recorded",
)  # fmt: skip
"""Acts that write what papers print of a nomination."""
KEPT_BY_EDITS: Final = {
    "ten": "nominee",
    "hinh_thuc": "form",
    "tom_tat": "summary",
    "thanh_tich": "achievement",
}
"""Fields of papers whose former value an edit keeps, by the name it has there."""
BY_VOTE: Final = frozenset(
    {"phieu_dong_y", "phieu_khong_dong_y", "so_thanh_vien", "ty_le", "ket_qua"}
)
BY_PLAN: Final = frozenset({"hinh_thuc", "dieu_khoan"})
BY_FINDING: Final = frozenset({"ly_do", "dieu_khoan"})

ORIGINS: Final[dict[str, Promise]] = {
    "co_quan_chu_quan": _("Danh mục đơn vị, tên của ngày ban hành"),
    "co_quan_ban_hanh": _("Danh mục đơn vị, tên của ngày ban hành"),
    "ten_co_quan": _("Danh mục đơn vị, tên của ngày ban hành"),
    "dia_danh": _("Danh mục đơn vị, địa danh của ngày ban hành"),
    "so_ky_hieu": _("Sổ đăng ký văn bản đi"),
    "ngay_ban_hanh": _("Ngày thực hiện việc"),
    "can_cu": _("Căn cứ pháp lý và kế hoạch phong trào đã nạp"),
    "chu_ky": _("Người ký, chức vụ và ủy quyền trong ngày"),
    "xac_nhan_cap_trinh": _("Người ký, chức vụ và ủy quyền trong ngày"),
    "kinh_gui": _("Cơ quan được phân công trong phong trào"),
    "cap_quyet_dinh": _("Hình thức khen trong kế hoạch phong trào"),
}
"""Sources of fields that no nomination is read for; others are made from the list itself."""
NOMINEE = _("Đề nghị: đối tượng")
NOMINATION = _("Đề nghị: nội dung")
PLAN = _("Kế hoạch phong trào: hình thức khen")
SESSION = _("Biên bản họp: phiên họp")
VOTE = _("Biên bản họp: kết quả biểu quyết")
FINDING = _("Kết quả thẩm định")
MADE = _("Do phần mềm lập khi tạo văn bản")
_NOMINEE_FIELDS = frozenset(
    {"danh_xung", "ten", "chu_ho", "ngay_sinh", "gioi_tinh", "chuc_vu", "don_vi", "dia_chi", "loai"}
)
_SHARED: Final = {
    Part.MOVEMENT: _("Phong trào: tên"),
    Part.OCCASION: _("Phong trào: đợt xét"),
    Part.SIGNER: _("Người dùng: họ và tên"),
    Part.FORM: PLAN,
}
_OF_PAPER: Final = {
    Part.GAPS: _("Yêu cầu bổ sung của người trả hồ sơ"),
    Part.OVERRULED: _("Chấp thuận khác kết quả đối chiếu"),
    Part.CONVENED: _("Triệu tập phiên họp"),
    Part.ASKED: _("Nội dung lấy ý kiến cơ quan khác"),
    Part.POSTED: _("Công khai danh sách và ý kiến nhận được"),
    Part.REGISTERED: _("Đăng ký thi đua của đơn vị"),
    Part.CONTENTS: _("Giấy tờ trong hồ sơ"),
    Part.FILED: _("Hồ sơ nộp lưu"),
    Part.TOPIC: NOMINATION,
    Part.MONEY: _("Chế độ khen thưởng và mức lương cơ sở của ngày quyết định"),
}


@dataclass(frozen=True)
class Origin:
    """One placeholder: what it is, its value, its source, and who entered that, when.

    at is None, and who "", where the log names nobody
    """

    path: str
    label: str
    value: str
    source: str
    who: str
    at: datetime | None


@dataclass(frozen=True)
class Group:
    """The placeholders of one row of a list; of the paper itself where `title` is ""."""

    title: str
    origins: Sequence[Origin]


def provenance_of(document: Document, version: DocumentVersion) -> list[Group]:
    """Return where each value of a version came from, lists row by row; five queries.

    A version made before sources were kept gives its values with what is known of each by name.
    """
    kept = kept_of(version)
    sources = {source.at: source for source in map(source_of, kept.sources)}
    log = _log(document, version, sources.values())
    top: list[Origin] = []
    rows: list[Group] = []
    for leaf in leaves(kept.fields, kept.values, ""):
        first = sources.get(f"{leaf.path}.0")
        if first is not None and first.part in IN_ROWS:
            rows += _rows(leaf, kept, sources, log)
        else:
            top.append(_origin(leaf, _above(leaf.path, sources), log))
    return [Group("", top), *rows]


def _above(path: str, sources: Mapping[str, Source]) -> Source | None:
    """Return the source of a place, or of the nearest place that holds it."""
    while path:
        if path in sources:
            return sources[path]
        path = path.rpartition(".")[0]
    return None


def _rows(leaf: Leaf, kept: Kept, sources: Mapping[str, Source], log: _Log) -> Iterator[Group]:
    fields = (field_at(kept.fields, leaf.path) or {}).get("fields", ())
    for place, row in enumerate(leaf.value):
        here = f"{leaf.path}.{place}"
        origins = [_origin(one, sources.get(here), log) for one in leaves(fields, row, here)]
        yield Group(f"{place + 1}. {row['ten']}", origins)


def _origin(leaf: Leaf, source: Source | None, log: _Log) -> Origin:
    name = leaf.path.rpartition(".")[2]
    label, entered = log.of(name, leaf.path.partition(".")[0], source)
    who = entered.name if entered else ""
    return Origin(
        leaf.path, leaf.label, said(leaf.value), str(label), who, entered.at if entered else None
    )


@dataclass(frozen=True)
class _Entered:
    """Who entered something, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class _Log:
    """What the log says about the rows of one paper: events by subject, oldest first.

    remade  when versions were asked for: an answer to a return that rewrote the achievement made
            the report anew in the same moment
    """

    events: Mapping[str, Sequence[Event]]
    meetings: Mapping[str, str]
    number: Event | None
    asked: _Entered
    remade: frozenset[datetime]

    def of(
        self, name: str, top: str, source: Source | None
    ) -> tuple[str | Promise, _Entered | None]:
        """Return the source field of a placeholder, and who entered it where the log says so."""
        if source is None:
            taken = self.number if top == "so_ky_hieu" else None
            return ORIGINS.get(top, MADE), _Entered(taken.name, taken.at) if taken else self.asked
        if source.part in _SHARED:
            return _SHARED[source.part], None
        if source.part is Part.SESSION:
            return SESSION, self._recorded(source.meeting) or self.asked
        if source.part not in IN_ROWS:
            return _OF_PAPER.get(source.part) or ORIGINS.get(top, MADE), self.asked
        return self._of_row(name, source)

    def _of_row(self, name: str, source: Source) -> tuple[str | Promise, _Entered | None]:
        """Return where a field of a list's row, or of a report, came from."""
        if name in BY_VOTE and source.vote:
            return VOTE, self._counted(source)
        if name in BY_FINDING and source.part is Part.INELIGIBLE:
            return FINDING, self._last(source, ("nomination.found_ineligible",))
        if name in BY_PLAN:
            return PLAN, self._entered(name, source) if name == "hinh_thuc" else None
        label = NOMINEE if name in _NOMINEE_FIELDS else NOMINATION
        return label, self._entered(name, source)

    def _entered(self, name: str, source: Source) -> _Entered | None:
        """Return the last act that gave a field of the nomination the value it had then."""
        found = None
        for event in self.events.get(f"nomination:{source.nomination}", ()):
            key = KEPT_BY_EDITS.get(name)
            told = key is None or event.before.get(key) != event.after.get(key)
            if (
                event.action == "nomination.drafted"
                or (event.action == "nomination.edited" and told)
                or (name == "thanh_tich" and event.at in self.remade)
            ):
                found = event
        return _Entered(found.name, found.at) if found else None

    def _counted(self, source: Source) -> _Entered | None:
        """Return who wrote the count down: the unit's clerk, or the council's secretary."""
        return self._recorded(self.meetings.get(source.vote, "")) or self._last(
            source, ("nomination.passed", "nomination.not_passed")
        )

    def _recorded(self, meeting: str) -> _Entered | None:
        """Return who wrote a session down last."""
        events = self.events.get(f"meeting:{meeting}", ())
        return _Entered(events[-1].name, events[-1].at) if events else None

    def _last(self, source: Source, actions: Sequence[str]) -> _Entered | None:
        events = self.events.get(f"nomination:{source.nomination}", ())
        found = [event for event in events if event.action in actions]
        return _Entered(found[-1].name, found[-1].at) if found else None


def _log(document: Document, version: DocumentVersion, sources: Iterable[Source]) -> _Log:
    """Return what the log says up to the moment the version was asked for."""
    named = list(sources)
    votes = [int(one.vote) for one in named if one.vote]
    pairs = Vote.objects.filter(pk__in=votes).values_list("pk", "meeting")
    meetings = {str(vote): str(meeting) for vote, meeting in pairs}
    subjects = {f"nomination:{one.nomination}" for one in named if one.nomination}
    subjects |= {f"meeting:{key}" for key in meetings.values()}
    lying = document.links.values_list("dossier", flat=True)
    streams = [f"dossier:{key}" for key in lying]
    events: dict[str, list[Event]] = {}
    found = Event.objects.filter(
        stream__in=streams, action__in=TELLING, at__lte=version.requested_at
    )
    for event in found.order_by("at", "seq"):
        if event.subject in subjects:
            events.setdefault(event.subject, []).append(event)
    asked = _Entered(str(document.requested_by.get("name", "")), version.requested_at)
    remade = frozenset(one.requested_at for one in document.versions.all())
    return _Log(events, meetings, _number(document), asked, remade)


def _number(document: Document) -> Event | None:
    """Return the event by which the paper's number was taken; None for a paper without one."""
    entry = document.register_entry
    if entry is None:
        return None
    stream = f"register:{entry.body.code}:{entry.series}:{entry.year}"
    return Event.objects.filter(
        stream=stream, subject=f"number:{entry.pk}", action="number.taken"
    ).first()
