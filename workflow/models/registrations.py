"""Registrations for a movement (đăng ký thi đua): who registers what, and the round they go in."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import AwardForm, Campaign, SubjectKind
from documents.models import Document
from organisations.models import Unit
from workflow.registration_states import RegistrationState


class RegistrationRound(models.Model):
    """When units register for a movement: for all of it, or for one of its years.

    `due_on` is empty where neither the plan nor the office names a day. `addressee` is the body
    that the office chose where the plan names several; empty until it chooses.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="registration_rounds")
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    due_on = models.DateField(_("hạn đăng ký"), null=True, blank=True)
    due_basis = models.CharField(_("căn cứ của hạn"), max_length=250, blank=True)
    addressee = models.CharField(_("nơi nhận đăng ký"), max_length=250, blank=True)
    is_open = models.BooleanField(_("đang mở"), default=True)
    opened_at = models.DateTimeField(_("mở lúc"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("đợt đăng ký thi đua")
        verbose_name_plural = _("đợt đăng ký thi đua")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "year"], name="registration_round_once"),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(year__isnull=True),
                name="registration_round_whole_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the movement, and the year where it is for one."""
        return f"{self.campaign} ({self.year})" if self.year else str(self.campaign)

    @property
    def stream(self) -> str:
        """Return the name of this round's chain in the audit log."""
        return f"registration_round:{self.pk}"


class RegistrationSummary(models.Model):
    """The letter by which the standing agency sums registrations up and sends them on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(RegistrationRound, models.PROTECT, related_name="summaries")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="registration_summaries")
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by = models.CharField(_("người gửi"), max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, related_name="registration_summaries")

    class Meta:
        verbose_name = _("tổng hợp đăng ký thi đua")
        verbose_name_plural = _("tổng hợp đăng ký thi đua")
        ordering = ["sent_at"]

    def __str__(self) -> str:
        """Return when it was sent, for logs."""
        return self.sent_at.isoformat()


class Registration(models.Model):
    """What one unit registers in one round.

    `state` and `version` are written by services.registering.move_registration and its edits
    alone. `late_by` counts the days after the round's due date, as they were when it was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(RegistrationRound, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations")
    state = models.CharField(
        _("trạng thái"),
        max_length=12,
        choices=RegistrationState,
        default=RegistrationState.DRAFT,
    )
    pledge = models.TextField(_("nội dung thi đua"), blank=True)
    plan = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="registrations_planned"
    )
    paper = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="registrations_printed"
    )
    summary = models.ForeignKey(
        RegistrationSummary, models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    submitted_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    late_by = models.PositiveIntegerField(_("muộn (ngày)"), default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("lập lúc"))
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("đăng ký thi đua")
        verbose_name_plural = _("đăng ký thi đua")
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                condition=~Q(state="withdrawn"),
                name="registration_one_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="registration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="registration_sent_has_day",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1) & Q(changed_at__gte=F("created_at")),
                name="registration_goes_forward",
            ),
        ]

    def __str__(self) -> str:
        """Return the unit's key, for logs."""
        return str(self.unit_id)

    @property
    def stream(self) -> str:
        """Return the name of this registration's chain in the audit log."""
        return f"registration:{self.pk}"


class RegistrationLine(models.Model):
    """One collective, person or household that is registered, and what it aims at."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    subject_kind = models.ForeignKey(SubjectKind, models.PROTECT, related_name="registered")
    name = models.CharField(_("tên"), max_length=250)
    target = models.CharField(_("chỉ tiêu, nội dung phấn đấu"), max_length=1000, blank=True)
    form = models.ForeignKey(
        AwardForm, models.PROTECT, null=True, blank=True, related_name="registered"
    )

    class Meta:
        verbose_name = _("đối tượng đăng ký")
        verbose_name_plural = _("đối tượng đăng ký")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "position"], name="registration_line_position_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the name as it is printed."""
        return self.name


class RegistrationGap(models.Model):
    """One thing that the standing agency asks to complete; answered when it is sent again."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="gaps")
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    asked_by = models.CharField(_("người yêu cầu"), max_length=120)
    position = models.PositiveSmallIntegerField()
    part = models.CharField(_("giấy tờ, nội dung"), max_length=200)
    what = models.CharField(_("cần hoàn thiện"), max_length=500)
    answer = models.CharField(_("đã hoàn thiện"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("nội dung cần hoàn thiện")
        verbose_name_plural = _("nội dung cần hoàn thiện")
        ordering = ["asked_at", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "asked_at", "position"], name="registration_gap_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the part that is asked for."""
        return self.part
