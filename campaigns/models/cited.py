"""What every fact taken from a plan carries: where it stands in the paper."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cited(models.Model):
    """A fact of one campaign with the place it was read.

    `clause` is the paper's own heading ("Mục IV.2.b"), which is what a person quotes;
    `refs` are "source:line" marks, which is what a checker follows; `derived` holds the
    readings of whoever transcribed the paper and never a fact of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    refs = models.JSONField(_("dòng nguồn"), default=list, blank=True)
    derived = models.JSONField(_("cách hiểu"), default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["campaign_id", "position"]
