"""What was made once of a content, so that nothing is made twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import StoredFile


class MadeFile(models.Model):
    """A file and the hash of all that it follows from (documents.made): made again, the same bytes.

    pages      of a PDF; 0 of a .docx
    converter  the build of LibreOffice that made it; "" where none was needed
    """

    recipe = models.CharField(primary_key=True, max_length=64, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="made_by")
    pages = models.PositiveIntegerField(_("số trang"), default=0)
    converter = models.TextField(blank=True)
    made_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("tệp đã tạo")
        verbose_name_plural = _("tệp đã tạo")
        constraints = [
            models.CheckConstraint(
                condition=Q(recipe__regex=r"^[0-9a-f]{64}$"), name="made_file_recipe_shape"
            ),
        ]

    def __str__(self) -> str:
        """Return the beginning of the recipe and the file, for logs."""
        return f"{self.recipe[:12]} → {self.file_id[:12]}"
