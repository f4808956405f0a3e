"""Finished dossiers handed to the archive: the list they are on, and whether it took them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from documents.models import Document
from organisations.models import Unit
from workflow.models.dossiers import Dossier


class TransferState(models.TextChoices):
    """Where a list stands; written by services.archiving alone."""

    DRAWN_UP = "drawn_up", _("Đã lập mục lục, chờ giao nhận")
    RECEIVED = "received", _("Lưu trữ đã nhận")
    CANCELLED = "cancelled", _("Đã hủy")


class ArchiveTransfer(models.Model):
    """Dossiers of one movement that one body hands over together (NĐ 30/2020/NĐ-CP, Điều 30).

    contents, record  the two papers, each made out twice; receiver_*  as typed, "" where the
    archive's person is not known yet; boxes, metres, condition  as counted on paper
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="archive_transfers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="archive_transfers")
    state = models.CharField(
        _("trạng thái"), max_length=9, choices=TransferState, default=TransferState.DRAWN_UP
    )
    version = models.PositiveIntegerField(default=1)
    contents = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    receiver_body = models.CharField(_("bên nhận"), max_length=250)
    receiver_name = models.CharField(_("người nhận"), max_length=120, blank=True)
    receiver_position = models.CharField(_("chức vụ người nhận"), max_length=200, blank=True)
    drawn_up_at = models.DateTimeField(_("lập lúc"))
    drawn_up_by = models.CharField(_("người lập"), max_length=120)
    received_on = models.DateField(_("ngày giao nhận"), null=True, blank=True)
    reason = models.CharField(_("lý do hủy"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("mục lục nộp lưu")
        verbose_name_plural = _("mục lục nộp lưu")
        ordering = ["-drawn_up_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TransferState.values), name="transfer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="received", received_on__isnull=False)
                | (~Q(state="received") & Q(received_on__isnull=True)),
                name="transfer_received_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(reason="") | ~Q(state="cancelled"),
                name="transfer_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return the key, for logs."""
        return str(self.pk)

    @property
    def subject(self) -> str:
        """Return what its papers and events are about."""
        return f"archive:{self.pk}"


class ArchivedDossier(models.Model):
    """One line of a list; `live` until the list is cancelled, and live once at most.

    first_day, last_day  when its first paper and its last work were; sheets  as counted, or None
    """

    transfer = models.ForeignKey(ArchiveTransfer, models.CASCADE, related_name="lines")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="archivings")
    place = models.PositiveSmallIntegerField()
    first_day = models.DateField(_("ngày đầu"))
    last_day = models.DateField(_("ngày cuối"))
    sheets = models.PositiveIntegerField(_("số tờ"), null=True, blank=True)
    live = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("hồ sơ nộp lưu")
        verbose_name_plural = _("hồ sơ nộp lưu")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "place"], name="archived_place_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(live=True), name="dossier_archived_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="archived_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        """Return the dossier's key, for logs."""
        return str(self.dossier_id)
