"""Which dossiers and nominations a paper belongs to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from workflow.models.dossiers import Dossier, Nomination


class PaperLink(models.Model):
    """A paper in a dossier; with a nomination, it is about that one alone.

    One paper may lie in many dossiers: a tờ trình of the council names nominees of many units.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="papers"
    )

    class Meta:
        verbose_name = _("giấy tờ trong hồ sơ")
        verbose_name_plural = _("giấy tờ trong hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "dossier", "nomination"], name="paper_linked_once"
            ),
            models.UniqueConstraint(
                fields=["document", "dossier"],
                condition=Q(nomination__isnull=True),
                name="paper_linked_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        """Return the document's key, for logs."""
        return str(self.document_id)
