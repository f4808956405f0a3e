"""Decisions: the province's own, and those of the centre as they are recorded."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from documents.models import Document
from workflow.models.dossiers import Nomination


class Decision(models.Model):
    """A decision to award, with its number and day; `document` is the paper itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="decisions")
    authority = models.CharField(_("cấp quyết định"), max_length=24)
    notation = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày ban hành"))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=250)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="decisions"
    )

    class Meta:
        verbose_name = _("quyết định")
        verbose_name_plural = _("quyết định")
        ordering = ["issued_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "notation", "issued_on"], name="decision_recorded_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the notation that papers quote."""
        return self.notation


class DecisionItem(models.Model):
    """One nomination that a decision names.

    `bonus` is in đồng, as decided; empty where a fact was missing. `bonus_basis` is what it rests
    on: regime, multiple, base_pay, arithmetic, clause, or else the names of what is missing; and
    payer, payer_clause where a checked text says who pays. `golden_number` is the line of the golden
    book; `handed_to` whoever took the certificate, on which day, and who gave it out.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="decision_item")
    awarded = models.BooleanField(_("được khen"), default=True)
    bonus = models.PositiveBigIntegerField(_("tiền thưởng (đồng)"), null=True, blank=True)
    bonus_basis = models.JSONField(_("cách tính tiền thưởng"), default=dict, blank=True)
    golden_number = models.CharField(_("số vào sổ vàng"), max_length=60, blank=True)
    handed_to = models.CharField(_("người nhận bằng"), max_length=120, blank=True)
    handed_on = models.DateField(_("ngày trao"), null=True, blank=True)
    handed_by = models.CharField(_("người trao"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("đề nghị trong quyết định")
        verbose_name_plural = _("đề nghị trong quyết định")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True, handed_to="", handed_by="")
                | (Q(handed_on__isnull=False) & ~Q(handed_to="") & ~Q(handed_by="")),
                name="certificate_handed_wholly",
            ),
        ]

    def __str__(self) -> str:
        """Return the nomination's key, for logs."""
        return str(self.nomination_id)
