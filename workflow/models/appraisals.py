"""Findings of the appraising department, requests for supplement, and holds."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.dossiers import Nomination


class Appraisal(models.Model):
    """One finding on one nomination; a new round makes a new row."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="appraisals")
    eligible = models.BooleanField(_("đủ điều kiện"))
    reason = models.TextField(_("nhận xét"))
    clause = models.CharField(_("căn cứ"), max_length=250)
    appraised_at = models.DateTimeField(_("thẩm định lúc"))
    appraised_by = models.CharField(_("người thẩm định"), max_length=120)

    class Meta:
        verbose_name = _("kết quả thẩm định")
        verbose_name_plural = _("kết quả thẩm định")
        ordering = ["appraised_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible=True) | ~Q(reason=""), name="appraisal_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        """Return the finding, for logs."""
        return f"{self.nomination_id}: {self.eligible}"


class SupplementRequest(models.Model):
    """A return with itemised gaps and a deadline (NĐ 152/2025 Điều 35.4.a: in writing)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="supplements")
    from_state = models.CharField(max_length=20)
    requested_at = models.DateTimeField(_("yêu cầu lúc"))
    requested_by = models.CharField(_("người yêu cầu"), max_length=120)
    due_on = models.DateField(_("hạn bổ sung"))
    answered_at = models.DateTimeField(_("bổ sung lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("yêu cầu bổ sung")
        verbose_name_plural = _("yêu cầu bổ sung")
        ordering = ["requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(answered_at__isnull=True),
                name="supplement_one_open",
            ),
        ]

    def __str__(self) -> str:
        """Return the deadline, for logs."""
        return self.due_on.isoformat()


class GapKind(models.TextChoices):
    """What a gap is about, which is all that the unit may then change."""

    PAPER = "paper", _("Giấy tờ")
    FIELD = "field", _("Thông tin của đề nghị")
    CRITERION = "criterion", _("Tiêu chuẩn")
    CLAUSE = "clause", _("Điều khoản")


class Gap(models.Model):
    """One thing that is missing or wrong: which paper or field, what to do, by which clause.

    `target` is the field of the nomination that a FIELD asks for, and the key of the rule that a
    CRITERION does; "" otherwise.
    """

    request = models.ForeignKey(SupplementRequest, models.CASCADE, related_name="gaps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("loại"), max_length=10, choices=GapKind, default=GapKind.PAPER)
    target = models.CharField(max_length=120, blank=True)
    part = models.CharField(_("giấy tờ, nội dung"), max_length=200)
    what = models.CharField(_("cần bổ sung"), max_length=500)
    clause = models.CharField(_("căn cứ"), max_length=250, blank=True)
    answer = models.CharField(_("đã bổ sung"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("nội dung bổ sung")
        verbose_name_plural = _("nội dung bổ sung")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="gap_position_once"),
            models.CheckConstraint(condition=Q(kind__in=GapKind.values), name="gap_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["field", "criterion"]) | ~Q(target=""),
                name="gap_names_what_it_opens",
            ),
        ]

    def __str__(self) -> str:
        """Return the part that is asked for."""
        return self.part


class Hold(models.Model):
    """Why a nomination waits, and when that is looked at again (NĐ 152/2025 Điều 4.4)."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="holds")
    reason = models.CharField(_("lý do"), max_length=500)
    review_on = models.DateField(_("ngày xem lại"))
    held_at = models.DateTimeField(_("tạm dừng lúc"))
    held_by = models.CharField(_("người tạm dừng"), max_length=120)
    resumed_at = models.DateTimeField(_("tiếp tục lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("tạm dừng")
        verbose_name_plural = _("tạm dừng")
        ordering = ["held_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(resumed_at__isnull=True),
                name="hold_one_open",
            ),
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
