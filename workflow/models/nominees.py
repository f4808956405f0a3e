"""Nominees: the persons, collectives and households that are proposed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Kind
from organisations.models import Unit


class Nominee(models.Model):
    """One person, collective or household; the one source of a name on every paper.

    `identity` is what makes two rows the same nominee (see services.nominees.identity_of), so
    that importing a list twice makes no twins. `user` is the person behind the account, where
    somebody said so, and `not_users` the keys of namesakes who were told apart
    (services.identifying).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identity = models.CharField(max_length=500, unique=True)
    kind = models.CharField(_("loại đối tượng"), max_length=12, choices=Kind)
    name = models.CharField(_("tên"), max_length=250)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    gender = models.CharField(
        _("giới tính"), max_length=6, blank=True, choices=[("male", _("Nam")), ("female", _("Nữ"))]
    )
    position = models.CharField(_("chức vụ"), max_length=250, blank=True)
    workplace = models.CharField(_("đơn vị công tác"), max_length=250, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True)
    proposed_by = models.ForeignKey(Unit, models.PROTECT, related_name="nominees")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="as_nominee")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="as_nominee"
    )
    not_users = models.JSONField(_("không phải các tài khoản"), default=list, blank=True)

    class Meta:
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")
        indexes = [models.Index(fields=["name"], name="nominee_by_name")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="nominee_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="individual") | Q(birth_date__isnull=True, gender=""),
                name="nominee_only_people_are_born",
            ),
        ]

    def __str__(self) -> str:
        """Return the name as it is printed."""
        return self.name
