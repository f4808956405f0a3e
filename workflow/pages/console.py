"""What is stuck, for the administrator: each thing with what to do about it, and where.

Only what lies in dossiers, books and campaigns at or below a unit that he administers. A fixed
number of queries, whatever waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Status
from campaigns.models import Desk as DeskRow
from documents.models import Document, DocumentVersion, EntryStatus, RegisterEntry, VersionStatus
from organisations.actors import Actor
from organisations.models import Grant, Role, UnitName
from organisations.queries import in_force
from workflow.errors import NotFoundError
from workflow.models import Hold, Revocation, WorkItem
from workflow.queries import UNIT_ROLES, readable_documents, visible_dossiers

READERS: Final = frozenset({Role.ADMINISTRATOR.value})
SLOW: Final = timedelta(minutes=30)
"""How long a paper may be under way before it is taken for stuck; most take seconds."""
SHOWN: Final = 50


@dataclass(frozen=True)
class Stuck:
    """One thing that does not move: what, since when, what to do, where; retry is a POST address."""

    what: str
    since: date | datetime | None
    todo: str
    url: str = ""
    retry: str = ""


@dataclass(frozen=True)
class Pile:
    """All of one kind; `count` may be more than are shown."""

    title: str
    empty: str
    count: int
    things: Sequence[Stuck]


def console(actor: Actor) -> list[Pile]:
    """Return what is stuck, by kind. Raises NotFoundError for somebody who administers nothing."""
    mandates = actor.mandates_as(*READERS)
    if not mandates:
        raise NotFoundError
    admin = Actor(actor.user_id, actor.name, actor.position, mandates)
    now = timezone.now()
    today = timezone.localdate(now)
    return [
        _failed(admin),
        _slow(admin, now),
        _ownerless(admin, today),
        _empty_desks(),
        _reserved(admin),
        _held(admin, today),
        _not_returned(admin, today),
    ]


def _pile(title: str, empty: str, rows: Sequence[Stuck], count: int | None = None) -> Pile:
    return Pile(title, empty, len(rows) if count is None else count, rows)


def _failed(admin: Actor) -> Pile:
    rows = _current(admin).filter(status=VersionStatus.FAILED).order_by("-finished_at", "pk")
    things = [
        Stuck(
            what=f"{row.document.title}: {row.error_text or row.error_code}",
            since=row.finished_at,
            todo=_("Xem nguyên nhân rồi tạo lại; nếu do mẫu thì sửa mẫu trước."),
            url=reverse("document", args=[row.document_id]),
            retry=reverse("document_retry", args=[row.document_id]),
        )
        for row in rows[:SHOWN]
    ]
    empty = _("Không có văn bản nào tạo hỏng.")
    return _pile(_("Văn bản không tạo được"), empty, things, rows.count())


def _slow(admin: Actor, now: datetime) -> Pile:
    waiting = (VersionStatus.REQUESTED, VersionStatus.RUNNING)
    rows = _current(admin).filter(status__in=waiting, requested_at__lt=now - SLOW)
    things = [
        Stuck(
            what=f"{row.document.title} ({row.get_stage_display()})",
            since=row.requested_at,
            todo=_("Kiểm tra tiến trình tạo văn bản (qcluster) có đang chạy không."),
            url=reverse("document", args=[row.document_id]),
        )
        for row in rows.order_by("requested_at", "pk")[:SHOWN]
    ]
    empty = _("Không có văn bản nào chờ quá 30 phút.")
    return _pile(_("Văn bản chờ tạo quá lâu"), empty, things, rows.count())


def _current(admin: Actor) -> QuerySet[DocumentVersion]:
    """Return the newest versions of the papers that an administrator may read."""
    newer = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number")
    )
    readable = Document.objects.filter(readable_documents(admin)).order_by().values("pk")
    return (
        DocumentVersion.objects.filter(~Exists(newer), document__in=readable)
        .select_related("document")
        .defer("values", "sources")
    )


def _ownerless(admin: Actor, today: date) -> Pile:
    """Return the tables on which work lies and at which nobody sits today."""
    groups = list(
        WorkItem.objects.filter(
            closed_at__isnull=True,
            nomination__dossier__in=visible_dossiers(admin).order_by().values("pk"),
        )
        .order_by()
        .values("role", "unit_path")
        .annotate(waiting=Count("pk"), oldest=Min("opened_at"))
    )
    held = _seats({group["role"] for group in groups}, today)
    without = [group for group in groups if not _manned(group["role"], group["unit_path"], held)]
    names = _names((group["unit_path"] for group in without), today)
    things = [
        Stuck(
            what=_("%(count)d việc của %(role)s, %(unit)s")
            % {
                "count": group["waiting"],
                "role": Role(group["role"]).label,
                "unit": names.get(group["unit_path"], group["unit_path"]),
            },
            since=group["oldest"],
            todo=_("Giao vai trò này cho một người đang làm việc tại đó, hoặc ủy quyền."),
        )
        for group in sorted(without, key=lambda group: group["oldest"])
    ]
    empty = _("Mọi việc đang chờ đều có người phụ trách.")
    return _pile(_("Việc không có người phụ trách"), empty, things)


def _seats(roles: Iterable[str], today: date) -> set[tuple[str, str]]:
    """Return who sits where today: role and path of the unit of each grant in force."""
    grants = Grant.objects.filter(
        in_force(today), in_force(today, "unit__"), role__in=list(roles), user__is_active=True
    )
    return set(grants.values_list("role", "unit__path"))


def _manned(role: str, path: str, held: set[tuple[str, str]]) -> bool:
    if role in UNIT_ROLES:
        return (role, path) in held
    return any(one == role and at.startswith(path) for one, at in held)


def _names(paths: Iterable[str], today: date) -> dict[str, str]:
    names = UnitName.objects.filter(unit__path__in=list(paths), valid_from__lte=today)
    return dict(names.order_by("valid_from").values_list("unit__path", "name"))


def _empty_desks() -> Pile:
    under_way = Campaign.objects.filter(status=Status.OPEN, occasion__status=Status.OPEN)
    rows = DeskRow.objects.filter(unit__isnull=True, campaign__in=under_way)
    things = [
        Stuck(
            what=f"{row.get_desk_display()}: {row.campaign.name}",
            since=None,
            todo=_("Phân công cơ quan cho bàn này; trước đó đề nghị không chuyển tới được."),
            url=reverse("campaign_desk", args=[row.campaign.key, row.desk]),
        )
        for row in rows.select_related("campaign").order_by("campaign__name", "pk")
    ]
    empty = _("Mọi bàn xử lý của phong trào đang mở đều đã phân công.")
    return _pile(_("Bàn xử lý chưa phân công"), empty, things)


def _reserved(admin: Actor) -> Pile:
    below = Q(pk__in=[])
    for mandate in admin.mandates:
        below |= Q(body__path__startswith=mandate.unit_path)
    rows = RegisterEntry.objects.filter(below, status=EntryStatus.RESERVED)
    things = [
        Stuck(
            what=f"{row.notation}: {row.subject}",
            since=row.issued_on,
            todo=_("Văn thư ghi văn bản vào số này, hoặc hủy số kèm lý do."),
            url=reverse("register", args=[row.body_id, row.series, row.year]),
        )
        for row in rows.order_by("issued_on", "pk")[:SHOWN]
    ]
    empty = _("Không có số nào giữ mà chưa dùng.")
    return _pile(_("Số văn bản giữ mà chưa dùng"), empty, things, rows.count())


def _held(admin: Actor, today: date) -> Pile:
    rows = Hold.objects.filter(
        resumed_at__isnull=True,
        review_on__lt=today,
        nomination__dossier__in=visible_dossiers(admin).order_by().values("pk"),
    )
    things = [
        Stuck(
            what=f"{row.nominee}: {row.reason}",
            since=row.review_on,
            todo=_("Cơ quan đang giữ xem lại: tiếp tục xét, hoặc hẹn ngày khác."),
            url=reverse("nomination", args=[row.nomination_id]),
        )
        for row in rows.annotate(nominee=F("nomination__nominee__name")).order_by(
            "review_on", "pk"
        )[:SHOWN]
    ]
    empty = _("Không có đề nghị nào tạm dừng quá ngày xem lại.")
    return _pile(_("Tạm dừng quá ngày xem lại"), empty, things, rows.count())


def _not_returned(admin: Actor, today: date) -> Pile:
    rows = Revocation.objects.filter(
        Q(money__gt=0, money_back_on__isnull=True) | Q(~Q(items=""), items_back_on__isnull=True),
        due_on__lt=today,
        nomination__dossier__in=visible_dossiers(admin).order_by().values("pk"),
    )
    things = [
        Stuck(
            what=f"{row.nominee}: {row.items or _('tiền thưởng')}",
            since=row.due_on,
            todo=_("Nhắc đối tượng nộp lại, rồi ghi ngày đã nhận."),
            url=reverse("nomination", args=[row.nomination_id]),
        )
        for row in rows.annotate(nominee=F("nomination__nominee__name")).order_by("due_on", "pk")[
            :SHOWN
        ]
    ]
    empty = _("Không có khoản thu hồi nào quá hạn.")
    return _pile(_("Thu hồi quá hạn"), empty, things, rows.count())
