"""What was made once of a content, so that nothing is made twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import StoredFile


class MadePdf(models.Model):
    """A PDF and the hash of all that it follows from (documents.made): made again, the same bytes.

    converter  the build of LibreOffice that made it; "" where none was needed
    """

    recipe = models.CharField(primary_key=True, max_length=64, editable=False)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="made_by")
    pages = models.PositiveIntegerField(_("số trang"))
    converter = models.TextField(blank=True)
    made_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("bản PDF đã tạo")
        verbose_name_plural = _("bản PDF đã tạo")
        constraints = [
            models.CheckConstraint(
                condition=Q(recipe__regex=r"^[0-9a-f]{64}$"), name="made_pdf_recipe_shape"
            ),
        ]

    def __str__(self) -> str:
        """Return the beginning of the recipe and the PDF, for logs."""
        return f"{self.recipe[:12]} → {self.pdf_id[:12]}"
