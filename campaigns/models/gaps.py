"""What no source says, so that it is asked for by name and never invented."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MissingFact(models.Model):
    """One fact that the product needs and its sources do not give.

    `campaign` is empty when the fact belongs to the law and not to one plan.
    `asked_of` is the body that could say it, where the source names one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.CASCADE, null=True, blank=True, related_name="missing_facts"
    )
    key = models.SlugField(_("mã"), max_length=120)
    text = models.TextField(_("còn thiếu"))
    asked_of = models.CharField(_("hỏi cơ quan"), max_length=250, blank=True)
    clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    refs = models.JSONField(_("dòng nguồn"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("thông tin còn thiếu")
        verbose_name_plural = _("thông tin còn thiếu")
        ordering = ["campaign_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="missing_fact_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(campaign__isnull=True), name="missing_law_fact_once"
            ),
        ]

    def __str__(self) -> str:
        """Return what is missing."""
        return self.text
