"""Yearly sheets: what a unit reached in a year, and what the department made of it."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, CriteriaGroup, Indicator, ScoreLine
from documents.models import Document
from organisations.models import Unit
from workflow.figure_states import FigureState, SheetState


class FigureSheet(models.Model):
    """What one unit reports for one year of one campaign.

    `group` says which indicators concern it. `sent_by_id` is who answers for the figures: nobody
    checks what he sent himself. `state` and `version` are written by
    services.sheet_moves.move_sheet alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="figure_sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="figure_sheets")
    group = models.ForeignKey(CriteriaGroup, models.PROTECT, related_name="figure_sheets")
    year = models.PositiveSmallIntegerField(_("năm"))
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=SheetState, default=SheetState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField(_("hạn gửi"))
    women_percent = models.DecimalField(
        _("tỷ lệ nữ (%)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    called_at = models.DateTimeField(_("yêu cầu lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="sent_sheets"
    )
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("bảng số liệu năm")
        verbose_name_plural = _("bảng số liệu năm")
        ordering = ["campaign", "unit", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "year"], name="figure_sheet_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values), name="figure_sheet_state_known"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1) & Q(changed_at__gte=F("called_at")),
                name="figure_sheet_goes_forward",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False),
                name="figure_sheet_sent_before_checked",
            ),
            models.CheckConstraint(
                condition=Q(women_percent__isnull=True)
                | Q(women_percent__gte=0, women_percent__lte=100),
                name="figure_sheet_women_is_a_share",
            ),
        ]
        indexes = [models.Index(fields=["state", "campaign"], name="figure_sheet_by_state")]

    def __str__(self) -> str:
        """Return unit and year, for logs."""
        return f"{self.unit_id}:{self.year}"

    @property
    def subject(self) -> str:
        """Return what the audit log calls this sheet."""
        return f"figure_sheet:{self.pk}"


class Figure(models.Model):
    """One line of a sheet: the value of an indicator, or what the unit claims for a score line.

    `value` is what the unit entered and stays when the department counts another: that one is
    `checked_value`. For a score line the value is 1 or 0 (yes, no), a number of cases, or points.
    A line without a value says why in `note`.
    """

    sheet = models.ForeignKey(FigureSheet, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="figures"
    )
    line = models.ForeignKey(
        ScoreLine, models.PROTECT, null=True, blank=True, related_name="figures"
    )
    value = models.DecimalField(
        _("giá trị"), max_digits=15, decimal_places=3, null=True, blank=True
    )
    note = models.CharField(_("ghi chú, nguồn số liệu"), max_length=500, blank=True)
    evidence = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="figures"
    )
    entered_by = models.CharField(_("người nhập"), max_length=120)
    entered_at = models.DateTimeField(_("nhập lúc"))
    state = models.CharField(
        _("kết quả kiểm tra"), max_length=12, choices=FigureState, default=FigureState.ENTERED
    )
    checked_value = models.DecimalField(
        _("giá trị điều chỉnh"), max_digits=15, decimal_places=3, null=True, blank=True
    )
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    checked_by = models.CharField(_("người kiểm tra"), max_length=120, blank=True)
    checked_at = models.DateTimeField(_("kiểm tra lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("số liệu")
        verbose_name_plural = _("số liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "indicator"],
                condition=Q(indicator__isnull=False),
                name="figure_once_per_indicator",
            ),
            models.UniqueConstraint(
                fields=["sheet", "line"],
                condition=Q(line__isnull=False),
                name="figure_once_per_line",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=True) ^ Q(line__isnull=True),
                name="figure_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FigureState.values), name="figure_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="adjusted") | Q(checked_value__isnull=False),
                name="figure_adjusted_has_value",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adjusted", "returned"]) | ~Q(reason=""),
                name="figure_changed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is of, for logs."""
        return f"{self.sheet_id}:{self.indicator_id or self.line_id}"

    @property
    def counted(self) -> Decimal | None:
        """Return the value that counts: what the department found, or None until it did."""
        if self.state == FigureState.ADJUSTED:
            return self.checked_value
        return self.value if self.state == FigureState.ACCEPTED else None


class YearlyReport(models.Model):
    """A paper that tells a year's figures of a campaign; asked for by the department."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="yearly_report")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="yearly_reports")
    year = models.PositiveSmallIntegerField(_("năm"))
    requested_at = models.DateTimeField(_("yêu cầu lúc"))

    class Meta:
        verbose_name = _("báo cáo năm")
        verbose_name_plural = _("báo cáo năm")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        """Return the year, for logs."""
        return f"{self.campaign_id}:{self.year}"
