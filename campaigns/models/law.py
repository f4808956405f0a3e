"""The law that papers cite, with the days on which it may be cited."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LegalGround(models.Model):
    """One "Căn cứ" as a paper prints it, and the period in which it is in force.

    Laws are cited without number and issuing body, other texts with type, number, date,
    body and title (NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.a). `valid_to` is the last day; empty
    means no end is known. `applies_to` names the paper families that print it.
    """

    key = models.SlugField(_("mã"), max_length=60, unique=True)
    text = models.TextField(_("căn cứ"))
    applies_to = models.JSONField(_("dùng cho"), default=list)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=250)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("căn cứ pháp lý")
        verbose_name_plural = _("căn cứ pháp lý")
        ordering = ["position", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="legal_ground_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Return the citation."""
        return self.text
