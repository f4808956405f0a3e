"""Files as they lie in the store: content, never a name."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a stored file is, decided by its content when it came in."""

    DOCX = "docx", _("Word (.docx)")
    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel (.xlsx)")
    JPEG = "jpg", _("Ảnh JPEG")
    PNG = "png", _("Ảnh PNG")


class StoredFile(models.Model):
    """One content in the store, named by its SHA-256; rows point at it and never share a name.

    The row is written after the bytes are safely on disk (documents.store.put), so a row whose
    file is missing is damage, while a file without a row is only a leftover of an act undone.
    """

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"))
    kind = models.CharField(_("loại tệp"), max_length=4, choices=FileKind)
    created_at = models.DateTimeField(_("lưu lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("tệp đã lưu")
        verbose_name_plural = _("tệp đã lưu")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_hash_shape"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values), name="stored_file_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the beginning of the hash, enough to find the file."""
        return f"{self.sha256[:12]}.{self.kind}"
