"""What people are told: notices on the screen, letters by e-mail, and how each wants them."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import User
from workflow.models.councils import CouncilSession
from workflow.models.dossiers import Dossier
from workflow.states import State


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    ARRIVED = "arrived", _("Việc mới")
    ASSIGNED = "assigned", _("Được giao xử lý")
    SOON = "soon", _("Sắp đến hạn")
    TODAY = "today", _("Đến hạn hôm nay")
    LATE = "late", _("Quá hạn")
    ESCALATED = "escalated", _("Cấp dưới để quá hạn")
    SUGGESTED = "suggested", _("Đề xuất hình thức khác")
    ANSWERED = "answered", _("Đơn vị trả lời đề xuất")
    CONVENED = "convened", _("Triệu tập họp Hội đồng")
    HANDING = "handing", _("Đang phát phiếu kín")
    VOTING = "voting", _("Đang bỏ phiếu kín")
    TO_COUNT = "to_count", _("Cần kiểm phiếu")


class Manner(models.TextChoices):
    """How a notice is mailed. On the screen it always stands."""

    AT_ONCE = "at_once", _("Gửi ngay")
    DAILY = "daily", _("Gộp một thư mỗi ngày")
    NEVER = "never", _("Không gửi")


class Notice(models.Model):
    """What one person was told on a day about one step of one dossier, or of one session.

    state   the step of a dossier; "" for a session of a council
    count   of how many nominations; it grows while more come on the same day
    manner  how it is mailed, as the person had it when it was made
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(_("loại"), max_length=12, choices=NoticeKind)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    session = models.ForeignKey(
        CouncilSession, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    state = models.CharField(_("bước"), max_length=20, choices=State, blank=True)
    count = models.PositiveIntegerField(_("số đề nghị"))
    on = models.DateField(_("ngày"))
    made_at = models.DateTimeField(_("lúc"))
    manner = models.CharField(_("gửi thư"), max_length=8, choices=Manner)
    read_at = models.DateTimeField(_("đã đọc lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("đã lập thư lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "dossier", "state", "on"], name="notice_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "session", "on"],
                condition=Q(session__isnull=False),
                name="notice_of_session_once_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(dossier__isnull=False, session__isnull=True) & ~Q(state=""))
                | Q(dossier__isnull=True, session__isnull=False, state=""),
                name="notice_of_dossier_or_session",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="notice_counts"),
        ]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_of_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["user", "made_at"],
                condition=Q(mailed_at__isnull=True, read_at__isnull=True, manner="daily"),
                name="notice_for_digest",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about, for logs."""
        return f"{self.kind}:{self.dossier_id or self.session_id}"

    @property
    def code(self) -> str:
        """Return the code of what it is about, as people quote it."""
        if self.session is not None:
            return self.session.code
        return self.dossier.code if self.dossier else ""


class NoticeChoice(models.Model):
    """How one person wants one kind of notice mailed; without a row, as default_manner says."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(_("loại"), max_length=12, choices=NoticeKind)
    manner = models.CharField(_("gửi thư"), max_length=8, choices=Manner)

    class Meta:
        verbose_name = _("cách nhận thông báo")
        verbose_name_plural = _("cách nhận thông báo")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once"),
        ]

    def __str__(self) -> str:
        """Return the choice, for logs."""
        return f"{self.kind}: {self.manner}"


PRESSING: Final = frozenset({NoticeKind.HANDING, NoticeKind.VOTING, NoticeKind.TO_COUNT})
"""What is over before the letter of the next day."""


def default_manner(kind: NoticeKind) -> Manner:
    """Return how a kind is mailed to whoever has not said otherwise."""
    return Manner.AT_ONCE if kind in PRESSING else Manner.DAILY


class MailStatus(models.TextChoices):
    """Where a letter is."""

    QUEUED = "queued", _("Chờ gửi")
    HELD = "held", _("Đang giữ")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Gửi không được")


class Mail(models.Model):
    """A letter on its way out, or that went; its text is what leaves, to the letter.

    next_at   when it is tried (again)
    attempts  how often it was tried since it was queued
    note      why it is held or could not be sent, in words
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="mails")
    address = models.EmailField(_("địa chỉ"))
    subject = models.CharField(_("tiêu đề"), max_length=200)
    body = models.TextField(_("nội dung"))
    status = models.CharField(_("tình trạng"), max_length=6, choices=MailStatus)
    note = models.CharField(_("ghi chú"), max_length=250, blank=True)
    attempts = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    made_at = models.DateTimeField(_("lập lúc"))
    next_at = models.DateTimeField(_("gửi từ"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư")
        verbose_name_plural = _("thư")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="queued"), name="mail_waiting"),
            models.Index(fields=["status", "-made_at"], name="mail_by_status"),
        ]

    def __str__(self) -> str:
        """Return the subject, for logs."""
        return self.subject


class Heartbeat(models.Model):
    """When a job that runs again and again last ran; its row is the lock that keeps it alone."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField(_("chạy lúc"))

    class Meta:
        verbose_name = _("lần chạy gần nhất")
        verbose_name_plural = _("lần chạy gần nhất")

    def __str__(self) -> str:
        """Return the job."""
        return self.name
