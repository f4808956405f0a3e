"""Whether a nominee is the person behind an account: what was said, by whom, on which grounds."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.nominees import Nominee


class Identification(models.Model):
    """One answer to “is this nominee the user of that name?”; the latest on both counts.

    Added to, never rewritten. What counts now stands on the nominee (`user`, `not_users`), where
    whoever asks reads it without a further query.
    """

    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="identifications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="identified_as_nominee"
    )
    same = models.BooleanField(_("đúng là người này"))
    reason = models.CharField(_("căn cứ xác định"), max_length=500)
    said_at = models.DateTimeField(_("xác định lúc"))
    said_by = models.CharField(_("người xác định"), max_length=120)
    said_role = models.CharField(_("vai trò"), max_length=24)

    class Meta:
        verbose_name = _("xác định người trùng tên")
        verbose_name_plural = _("xác định người trùng tên")
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        """Return the answer, for logs."""
        return f"{self.nominee_id}:{self.user_id}:{self.same}"
