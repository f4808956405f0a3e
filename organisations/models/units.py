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
    EMULATION_GROUP = "emulation_group", _("Khối, Cụm thi đua")


class Unit(models.Model):
    """A body that proposes, appraises, decides or is nominated.

    `path` is the materialised chain of codes from the root, each ended by "/": everything
    below a unit is `path LIKE unit.path || '%'`, which is how scope is asked for. `parent` and
    `path` say where the unit stands now; where it stood on a day, its name of that day says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("mã đơn vị"), max_length=40, unique=True)
    type = models.CharField(_("loại đơn vị"), max_length=24, choices=UnitType)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=400, unique=True)
    valid_from = models.DateField(_("hoạt động từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    end_basis = models.CharField(_("căn cứ kết thúc"), max_length=300, blank=True)
    successors = models.ManyToManyField(
        "self", through="Succession", symmetrical=False, related_name="predecessors"
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


class Succession(models.Model):
    """One unit that took over from another; a merged unit has several before it, a split one after.

    Which of several took over a given piece of work, no row says: a person chooses.
    """

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_named_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_not_of_itself"
            ),
        ]

    def __str__(self) -> str:
        """Return both keys, for logs."""
        return f"{self.predecessor_id} → {self.successor_id}"


class UnitName(models.Model):
    """What a unit was called, and where and under whom it stood, in a period.

    Periods of one unit do not overlap. `basis` is the document that made it so, as given.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(_("tên đầy đủ"), max_length=250)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    symbol = models.CharField(_("ký hiệu văn bản"), max_length=30, blank=True)
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
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


class GroupMember(models.Model):
    """A unit's membership of an emulation group (khối, cụm thi đua) in a period.

    A group stands beside the tree: its members keep their own parents, and it proposes for them
    without being above them.
    """

    group = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("thành viên Khối, Cụm thi đua")
        verbose_name_plural = _("thành viên Khối, Cụm thi đua")
        ordering = ["group", "member"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member", "valid_from"], name="group_member_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="group_member_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        """Return who is in which group, for logs."""
        return f"{self.member_id}@{self.group_id}"
