"""What a person may act as: grants, and delegations from one person to another."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models.people import User
from organisations.models.units import Unit


class Role(models.TextChoices):
    """The offices of the process; what each may do stands in workflow/permissions.py."""

    UNIT_CLERK = "unit_clerk", _("Chuyên viên đơn vị")
    UNIT_HEAD = "unit_head", _("Thủ trưởng đơn vị")
    APPRAISER = "appraiser", _("Chuyên viên thẩm định")
    DEPARTMENT_HEAD = "department_head", _("Lãnh đạo cơ quan thường trực phong trào")
    BOARD_SECRETARY = "board_secretary", _("Thư ký Hội đồng")
    BOARD_HEAD = "board_head", _("Lãnh đạo Hội đồng")
    COUNCIL_MEMBER = "council_member", _("Thành viên Hội đồng")
    CHAIRMAN = "chairman", _("Chủ tịch UBND tỉnh")
    CENTRAL_OFFICER = "central_officer", _("Cán bộ theo dõi cấp trung ương")
    DOCUMENT_CLERK = "document_clerk", _("Văn thư")
    AUDITOR = "auditor", _("Kiểm tra, giám sát")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class Grant(models.Model):
    """A role that a person holds at a unit, in a period. Ended by a date, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(_("vai trò"), max_length=24, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="grants_given"
    )

    class Meta:
        verbose_name = _("phân quyền")
        verbose_name_plural = _("phân quyền")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "valid_from"], name="grant_once"
            ),
        ]

    def __str__(self) -> str:
        """Return role and unit, for logs."""
        return f"{self.role}@{self.unit_id}"


class SigningForm(models.TextChoices):
    """How a paper says that somebody signs for another (NĐ 30/2020/NĐ-CP, Điều 13.2 and 13.3)."""

    BY_AUTHORITY = "TUQ", _("Thừa ủy quyền (TUQ.)")
    BY_ORDER = "TL", _("Thừa lệnh (TL.)")


class Delegation(models.Model):
    """A written authority by which one person acts for another, limited in time.

    NĐ 30/2020/NĐ-CP, Điều 13: authority to sign is given in writing, for a time, and is not
    passed on; so a delegation can only be made from a grant, never from a delegation. An order to
    sign (thừa lệnh) stands in the working or records regulation, which is then the document.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="delegations")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="delegations_received")
    form = models.CharField(
        _("hình thức ký thay"),
        max_length=3,
        choices=SigningForm,
        default=SigningForm.BY_AUTHORITY,
    )
    document_number = models.CharField(_("số văn bản ủy quyền"), max_length=60)
    document_date = models.DateField(_("ngày văn bản ủy quyền"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("ủy quyền")
        verbose_name_plural = _("ủy quyền")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="delegation_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        """Return the document's number, which is what people ask for."""
        return self.document_number
