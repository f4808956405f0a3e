"""Submissions: the letters by which a stage passes a set of nominations on."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from documents.models import Document
from organisations.models import Unit
from workflow.models.dossiers import Nomination


class Stage(models.TextChoices):
    """From whom to whom a set goes."""

    TO_DEPARTMENT = "to_department", _("Đơn vị trình cơ quan thường trực")
    TO_BOARD = "to_board", _("Cơ quan thường trực trình Hội đồng")
    TO_CHAIRMAN = "to_chairman", _("Hội đồng trình Chủ tịch UBND tỉnh")
    TO_CENTRAL = "to_central", _("Tỉnh trình cấp trên")


class Submission(models.Model):
    """One letter with the set it passes on; `document` is the tờ trình that says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(_("chặng"), max_length=16, choices=Stage)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="submissions")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="submissions_sent")
    authority = models.CharField(_("cấp quyết định"), max_length=24, blank=True)
    submitted_at = models.DateTimeField(_("trình lúc"))
    submitted_by = models.CharField(_("người trình"), max_length=120)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="submissions"
    )

    class Meta:
        verbose_name = _("văn bản trình")
        verbose_name_plural = _("văn bản trình")
        ordering = ["submitted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="submission_stage_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the stage, for logs."""
        return self.stage


class SubmissionItem(models.Model):
    """One nomination in one submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="submission_items")

    class Meta:
        verbose_name = _("đề nghị trong văn bản trình")
        verbose_name_plural = _("đề nghị trong văn bản trình")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "nomination"], name="submission_item_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the nomination's key, for logs."""
        return str(self.nomination_id)
