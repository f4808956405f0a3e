"""What a campaign said, version by version: published ones stand for ever, one may be a draft."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """Whether a version rules."""

    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đã ban hành")


class Origin(models.TextChoices):
    """How a version came into the product."""

    FILE = "file", _("Nạp từ tệp")
    BROWSER = "browser", _("Soạn trên trang web")


class CampaignVersion(models.Model):
    """One version of a campaign, as the document of its file (campaigns.schema.document).

    `campaign` is empty while the first version of a new campaign is drafted; `key` names it
    already. `number` counts the published versions of a campaign; a draft has none.
    `contents` of a draft may be faulty, and its rows carry a "#" by which they are edited.
    `changes` and `touched` say what a published version changed, and which nominations were
    under way that this concerned. `edits` says who last edited which place of a draft, and when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="versions"
    )
    key = models.CharField(_("mã phong trào"), max_length=60)
    number = models.PositiveIntegerField(_("bản số"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=VersionState)
    origin = models.CharField(_("nguồn"), max_length=8, choices=Origin)
    contents = models.JSONField(_("nội dung"), default=dict)
    based_on = models.PositiveIntegerField(_("lập từ bản số"), null=True, blank=True)
    changes = models.JSONField(_("thay đổi"), default=list, blank=True)
    touched = models.JSONField(_("đề nghị liên quan"), default=list, blank=True)
    note = models.TextField(_("lý do, căn cứ sửa đổi"), blank=True)
    edits = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("lập lúc"))
    created_by = models.CharField(_("người lập"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("sửa lúc"))
    updated_by = models.CharField(_("người sửa"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)
    published_by = models.CharField(_("người ban hành"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("bản của phong trào")
        verbose_name_plural = _("các bản của phong trào")
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="campaign_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state=VersionState.DRAFT), name="campaign_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, number__isnull=True)
                | Q(
                    state=VersionState.PUBLISHED,
                    number__isnull=False,
                    campaign__isnull=False,
                    published_at__isnull=False,
                ),
                name="campaign_version_whole",
            ),
        ]

    def __str__(self) -> str:
        """Return the campaign's key and the number of the version."""
        return f"{self.key} / {self.number or '—'}"
