"""Printing several dossiers together: what was asked for, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentVersion, StoredFile
from workflow.models.dossiers import Dossier


class PrintState(models.TextChoices):
    """How far a batch has come."""

    RUNNING = "running", _("Đang làm")
    DONE = "done", _("Đã xong")
    CANCELLED = "cancelled", _("Đã dừng")
    FAILED = "failed", _("Không in được")


class PrintOutcome(models.TextChoices):
    """What became of one dossier of a batch."""

    WAITING = "waiting", _("Chưa xem")
    BOUND = "bound", _("Đã có bản ghép")
    PRINTED = "printed", _("Có trong tệp")
    LEFT_OUT = "left_out", _("Để lại")


class PrintBatch(models.Model):
    """One file to print, of several dossiers for one recipient, as one person asked.

    recipient     whose copies; a key of workflow.sections.Recipient
    sets_else     how many sets where neither law nor plan says; None: such dossiers are left out
    all_or_none   nothing is printed while one of them lacks something
    values        what fixes the file's bytes, plain: workflow.print_batches; empty until done
    laid          how many dossiers have been laid into the file
    why           why it failed, in words; "" else
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="print_batches")
    recipient = models.CharField(_("nơi nhận"), max_length=10)
    double_sided = models.BooleanField(_("in hai mặt"), default=False)
    sets_else = models.PositiveSmallIntegerField(_("số bộ nếu chưa rõ"), null=True, blank=True)
    all_or_none = models.BooleanField(_("chỉ in khi đủ tất cả"), default=False)
    state = models.CharField(
        _("trạng thái"), max_length=9, choices=PrintState, default=PrintState.RUNNING
    )
    count = models.PositiveIntegerField(_("số hồ sơ"))
    laid = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    why = models.TextField(_("lý do"), blank=True)
    values = models.JSONField(default=dict)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="print_batches"
    )
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần in nhiều hồ sơ")
        verbose_name_plural = _("lần in nhiều hồ sơ")
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PrintState.values), name="print_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="done", file__isnull=False)
                | (~Q(state="done") & Q(file__isnull=True)),
                name="print_done_has_file",
            ),
            models.CheckConstraint(
                condition=Q(state="running") ^ Q(ended_at__isnull=False), name="print_ended_once"
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(why="") | ~Q(state="failed") & Q(why=""),
                name="print_failed_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["user", "-asked_at"], name="print_of_person")]

    def __str__(self) -> str:
        """Return recipient and count, for logs."""
        return f"{self.recipient}×{self.count}"


class PrintItem(models.Model):
    """One dossier of a batch, in its place.

    version  the merged copy that is printed; sets how many times; asked what law or plan says
    begins   the page of the file on which it begins
    """

    batch = models.ForeignKey(PrintBatch, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="print_items")
    outcome = models.CharField(
        _("kết quả"), max_length=8, choices=PrintOutcome, default=PrintOutcome.WAITING
    )
    why = models.TextField(_("lý do"), blank=True)
    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="print_items"
    )
    sets = models.PositiveSmallIntegerField(_("số bộ"), null=True, blank=True)
    asked = models.PositiveSmallIntegerField(null=True, blank=True)
    begins = models.PositiveIntegerField(_("từ trang"), null=True, blank=True)

    class Meta:
        verbose_name = _("hồ sơ trong lần in")
        verbose_name_plural = _("hồ sơ trong lần in")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="print_item_position_once"),
            models.UniqueConstraint(fields=["batch", "dossier"], name="print_item_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=PrintOutcome.values), name="print_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="left_out") & ~Q(why="") | ~Q(outcome="left_out") & Q(why=""),
                name="print_left_out_has_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return the dossier's key, for logs."""
        return str(self.dossier_id)
