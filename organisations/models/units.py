"""Units in a dated tree: what a body was called, and under whom, on a given day."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UnitType(models.TextChoices):
    """Kinds of body; the campaign's subject kinds are chosen from these."""

    GOVERNMENT = "government", _("Cơ quan trung ương")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân tỉnh")
    COUNCIL = "council", _("Hội đồng Thi đua - Khen thưởng")
    DEPARTMENT = "department", _("Sở, ban, ngành, Mặt trận, đoàn thể")
    DISTRICT = "district", _("Ủy ban nhân dân huyện, thành phố")
    COMMUNE = "commune", _("Ủy ban nhân dân cấp xã")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    HEALTH = "health", _("Cơ sở y tế")
    SCHOOL = "school", _("Trường học")
    HOUSEHOLD = "household", _("Hộ gia đình")


class Unit(models.Model):
    """A body that proposes, appraises, decides or is nominated.

    `path` is the materialised chain of codes from the root, each ended by "/": everything
    below a unit is `path LIKE unit.path || '%'`, which is how scope is asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("mã đơn vị"), max_length=40, unique=True)
    type = models.CharField(_("loại đơn vị"), max_length=24, choices=UnitType)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=400, unique=True)
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    valid_from = models.DateField(_("hoạt động từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=UnitType.values), name="unit_type_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Return the code; the printed name depends on the day (see queries.unit_facts_on)."""
        return self.code


class UnitName(models.Model):
    """What a unit was called in a period; periods of one unit do not overlap."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(_("tên đầy đủ"), max_length=250)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    symbol = models.CharField(_("ký hiệu văn bản"), max_length=30, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("tên đơn vị")
        verbose_name_plural = _("tên đơn vị")
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_one_start"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="unit_name_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_name_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return self.name
