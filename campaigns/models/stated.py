"""What every fact of the law says of itself: where it was read, and how well it is known."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    """How well a fact is known; only what was read in its own text is relied upon.

    OFFICE is never in a file: an administrator who has the text has entered it (services.office).
    """

    SEEN = "S", _("Đã đọc văn bản")
    SECONDARY = "S2", _("Mới thấy ở nguồn thứ cấp")
    RECALLED = "R", _("Theo trí nhớ, chưa kiểm chứng")
    NONE = "none", _("Nguồn không ghi")
    OFFICE = "office", _("Cơ quan nhập")


RELIED_UPON: Final = frozenset({Mark.SEEN.value, Mark.OFFICE.value})
"""Marks of facts by which decisions may be taken and money printed."""
FILE_MARKS: Final = tuple(mark.value for mark in Mark if mark != Mark.OFFICE)

FROM_FILE: Final = Q(entered_at__isnull=True)
BY_OFFICE: Final = Q(entered_at__isnull=False)


class Stated(models.Model):
    """A fact with clause, mark and source.

    A fact that an office entered stands beside the loaded one, and loading never touches it:
    `entered_at` and `entered_by` say when and by whom, and `mark` is OFFICE.
    """

    clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    mark = models.CharField(_("mức tin cậy"), max_length=6, choices=Mark)
    source = models.CharField(_("nguồn"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    entered_by = models.CharField(_("người nhập"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("nhập lúc"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def relied_upon(self) -> bool:
        """Return whether decisions may rest on it."""
        return self.mark in RELIED_UPON


def once(name: str, *fields: str) -> list[models.BaseConstraint]:
    """Return the constraints of a fact's name: once from files, and once by the office."""
    return [
        models.UniqueConstraint(fields=fields, condition=FROM_FILE, name=f"{name}_once"),
        models.UniqueConstraint(fields=fields, condition=BY_OFFICE, name=f"{name}_office_once"),
        models.CheckConstraint(
            condition=Q(mark="office") ^ Q(entered_at__isnull=True), name=f"{name}_office_marked"
        ),
    ]
