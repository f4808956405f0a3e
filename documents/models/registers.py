"""The register of outgoing papers (sổ đăng ký văn bản đi)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Unit


class RegisterCounter(models.Model):
    """The last number given of one book; the row that every taker of a number locks."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="register_counters")
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("bộ đếm số văn bản")
        verbose_name_plural = _("bộ đếm số văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "series", "year"], name="register_counter_once"
            ),
        ]

    def __str__(self) -> str:
        """Return book, year and last number, for logs."""
        return f"{self.series}/{self.year}: {self.last_number}"


class EntryStatus(models.TextChoices):
    """A number is taken, or kept for a paper to come; unused it is voided, and never given again."""

    TAKEN = "taken", _("Đã cấp")
    RESERVED = "reserved", _("Giữ số")
    VOIDED = "voided", _("Đã hủy")


class RegisterEntry(models.Model):
    """One line of the register: a number given to one paper.

    The columns beside number, date and subject are those of Nghị định 30/2020/NĐ-CP, Phụ lục
    IV, mục I; what is not known is empty and is printed empty, to be filled by hand. Column 9,
    the receiver's signature, exists on the printed page only.

    source  the office's own document system, where that gave the number; "" where we did
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="register_entries")
    series = models.CharField(_("loại sổ"), max_length=30)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    notation = models.CharField(_("số, ký hiệu văn bản"), max_length=80)
    issued_on = models.DateField(_("ngày tháng văn bản"))
    subject = models.TextField(_("tên loại và trích yếu nội dung văn bản"))
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    recipients = models.TextField(_("nơi nhận văn bản"), blank=True)
    archived_by = models.TextField(_("đơn vị, người nhận bản lưu"), blank=True)
    copies = models.PositiveIntegerField(_("số lượng bản"), null=True, blank=True)
    sent_on = models.DateField(_("ngày chuyển"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    source = models.CharField(_("hệ thống cấp số"), max_length=120, blank=True)
    status = models.CharField(
        _("trạng thái"), max_length=8, choices=EntryStatus, default=EntryStatus.TAKEN
    )
    void_reason = models.TextField(_("lý do hủy"), blank=True)
    voided_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)
    taken_at = models.DateTimeField(_("cấp lúc"))

    class Meta:
        verbose_name = _("dòng sổ đăng ký văn bản đi")
        verbose_name_plural = _("sổ đăng ký văn bản đi")
        ordering = ["body", "series", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "series", "year", "number"], name="register_number_once"
            ),
            # NĐ 30/2020, Điều 15: number and notation of one body are unique in a year.
            models.UniqueConstraint(
                fields=["body", "year", "notation"], name="register_notation_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="register_number_from_one"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[EntryStatus.TAKEN, EntryStatus.RESERVED],
                    voided_at__isnull=True,
                    void_reason="",
                )
                | (Q(status=EntryStatus.VOIDED, voided_at__isnull=False) & ~Q(void_reason="")),
                name="register_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return the notation as it stands on the paper."""
        return self.notation
