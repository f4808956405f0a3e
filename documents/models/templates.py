"""Published templates: which .docx a paper was made from, byte for byte."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import StoredFile


class TemplateStatus(models.TextChoices):
    """A version is a draft first, published once, and retired when the next one is."""

    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đang dùng")
    RETIRED = "retired", _("Đã thôi dùng")
    DISCARDED = "discarded", _("Đã bỏ")


class TemplateVersion(models.Model):
    """One state of one template; papers already made keep pointing at theirs.

    fields                            the list beside the .docx: name, meaning, example, required
    drafted_by, published_by, retired_by  plain values of the person (audit Who), as they were
    note                              what the person who drafted it says it changes
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("mã mẫu"), max_length=60)
    title = models.TextField(_("tên mẫu"))
    number = models.PositiveIntegerField(_("lần"))
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="template_versions")
    fields = models.JSONField(_("các trường"))
    status = models.CharField(
        _("trạng thái"), max_length=10, choices=TemplateStatus, default=TemplateStatus.DRAFT
    )
    note = models.TextField(_("nội dung sửa đổi"), blank=True)
    drafted_at = models.DateTimeField(_("lập lúc"), null=True, blank=True)
    drafted_by = models.JSONField(_("người lập"), default=dict, blank=True)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)
    published_by = models.JSONField(_("người công bố"), default=dict, blank=True)

    retired_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)
    retired_by = models.JSONField(_("người cho thôi dùng"), default=dict, blank=True)

    class Meta:
        verbose_name = _("mẫu văn bản")
        verbose_name_plural = _("mẫu văn bản")
        ordering = ["key", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=TemplateStatus.values), name="template_status_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="template_number_from_one"),
            models.CheckConstraint(
                condition=Q(status__in=(TemplateStatus.DRAFT, TemplateStatus.DISCARDED))
                | Q(published_at__isnull=False),
                name="template_published_has_time",
            ),
            models.UniqueConstraint(fields=["key", "number"], name="template_number_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(status=TemplateStatus.PUBLISHED),
                name="template_one_published",
            ),
        ]

    def __str__(self) -> str:
        """Return key and number, for logs."""
        return f"{self.key} #{self.number}"
