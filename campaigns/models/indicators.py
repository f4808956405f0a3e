"""The plan's numeric goals, year by year, as printed and as evaluated."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.cited import Cited

OPS = [">", ">="]


class Indicator(Cited):
    """One thing that is measured. `unit` is printed after the value ("%")."""

    key = models.SlugField(_("mã"), max_length=20)
    pillar = models.SlugField(_("mã trụ cột"), max_length=40)
    pillar_name = models.CharField(_("trụ cột"), max_length=120)
    bullet = models.PositiveSmallIntegerField(_("gạch đầu dòng"), null=True, blank=True)
    name = models.TextField(_("chỉ tiêu"))
    unit = models.CharField(_("đơn vị tính"), max_length=20)
    level = models.CharField(_("cấp"), max_length=20, blank=True)
    base = models.CharField(_("so với"), max_length=250, blank=True)
    exception = models.CharField(_("trừ"), max_length=250, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="indicator_key_once"),
        ]

    def __str__(self) -> str:
        """Return what is measured."""
        return self.name


class IndicatorTarget(Cited):
    """The value to reach by the end of a year.

    `comparator` is the printed word, `op` its meaning; `derived_op` replaces `op` where the
    printed one cannot be met ("Trên 100%"), and then a person is warned.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("đến năm"))
    name = models.TextField(_("tên in trong năm này"), blank=True)
    comparator = models.CharField(_("từ so sánh"), max_length=20, blank=True)
    op = models.CharField(_("so sánh"), max_length=2)
    value = models.DecimalField(_("giá trị"), max_digits=9, decimal_places=3)
    derived_op = models.CharField(_("so sánh khi đánh giá"), max_length=2, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("mục tiêu theo năm")
        verbose_name_plural = _("mục tiêu theo năm")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_year_once"),
            models.CheckConstraint(condition=Q(op__in=OPS), name="target_op_known"),
            models.CheckConstraint(
                condition=Q(derived_op__in=["", *OPS]), name="target_derived_op_known"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_value_not_negative"),
        ]

    def __str__(self) -> str:
        """Return the goal as printed, e.g. "tối thiểu 60%"."""
        amount = format(self.value.normalize(), "f")
        return f"{self.comparator} {amount}{self.indicator.unit}".strip()

    @property
    def effective_op(self) -> str:
        """The operator to evaluate with."""
        return self.derived_op or self.op
