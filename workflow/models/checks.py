"""The addresses printed on papers, by which anybody may ask how far a dossier has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.dossiers import Dossier, Nomination

SHAPE = r"^[A-Za-z0-9_-]{22}$"


class PublicCheck(models.Model):
    """One address of the public page: of a dossier, or of one nomination in it.

    token  128 random bits, never reckoned from anything: who has not seen the paper cannot
           find the page. It stays the same for as long as the dossier is kept, so that putting
           a dossier together again gives the same pages.
    """

    token = models.CharField(primary_key=True, max_length=22, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="public_checks")
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="public_checks"
    )
    created_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        verbose_name = _("địa chỉ kiểm tra")
        verbose_name_plural = _("địa chỉ kiểm tra")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "nomination"], name="public_check_once_for_each"
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(nomination__isnull=True),
                name="public_check_once_for_all",
            ),
            models.CheckConstraint(
                condition=Q(("token__regex", SHAPE)), name="public_check_token_shape"
            ),
        ]

    def __str__(self) -> str:
        """Return the dossier's key, for logs: the token is a secret of the paper."""
        return str(self.dossier_id)
