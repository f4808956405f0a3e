"""Public notice before the council meets: what was put up, where, and who objected."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from documents.models import Document
from organisations.models import Unit
from workflow.consulting_states import NoticeState, ObjectionOutcome
from workflow.models.dossiers import Nomination


class PublicNotice(models.Model):
    """One list put up for everybody to read (NĐ 152/2025/NĐ-CP, Điều 44.2).

    `ends_on` is the last day on which opinions are taken; `rule` how long the law asks for, in
    words, "" where no checked text says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="notices")
    desk = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    channel = models.CharField(_("nơi đăng"), max_length=250)
    contact = models.CharField(_("nơi nhận ý kiến"), max_length=250)
    starts_on = models.DateField(_("ngày đăng"))
    ends_on = models.DateField(_("ngày cuối nhận ý kiến"))
    rule = models.CharField(_("quy định về thời gian"), max_length=500, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=NoticeState, default=NoticeState.RUNNING
    )
    version = models.PositiveIntegerField(default=1)
    posted_at = models.DateTimeField(_("lập lúc"))
    posted_by = models.CharField(_("người lập"), max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do gỡ"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("đợt công khai")
        verbose_name_plural = _("các đợt công khai")
        ordering = ["posted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="notice_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="notice_lasts_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="running") ^ Q(settled_at__isnull=False),
                name="notice_settled_is_not_running",
            ),
        ]

    def __str__(self) -> str:
        """Return the channel, for logs."""
        return self.channel

    @property
    def subject(self) -> str:
        """Return what the audit log calls this notice."""
        return f"notice:{self.pk}"


class NoticeItem(models.Model):
    """One nomination on one notice."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="notice_items")

    class Meta:
        verbose_name = _("đề nghị được công khai")
        verbose_name_plural = _("các đề nghị được công khai")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "nomination"], name="notice_item_once"),
        ]

    def __str__(self) -> str:
        """Return the nomination's key, for logs."""
        return str(self.nomination_id)


class Objection(models.Model):
    """What somebody wrote in about a notice, how it was looked into, and what was found.

    `sender` is for those who look into it: it stands in no event and on no paper. Without a
    nomination it is about the whole list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="objections")
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    received_on = models.DateField(_("ngày nhận"))
    sender = models.CharField(_("người gửi"), max_length=250, blank=True)
    what = models.CharField(_("nội dung"), max_length=2000)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.CharField(_("người ghi"), max_length=120)
    verification = models.CharField(_("cách xác minh"), max_length=2000, blank=True)
    outcome = models.CharField(_("kết luận"), max_length=10, choices=ObjectionOutcome, blank=True)
    settled_at = models.DateTimeField(_("kết luận lúc"), null=True, blank=True)
    settled_by = models.CharField(_("người kết luận"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("ý kiến phản ánh")
        verbose_name_plural = _("các ý kiến phản ánh")
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | (~Q(outcome="") & ~Q(verification="") & Q(settled_at__isnull=False)),
                name="objection_settled_says_how",
            ),
        ]

    def __str__(self) -> str:
        """Return the outcome, for logs."""
        return self.outcome
