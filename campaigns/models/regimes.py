"""The law of a period: which texts rule on which day, and what they make an award worth."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.stated import BY_OFFICE, Mark, Stated, once
from campaigns.models.subjects import Kind
from campaigns.money import Order


class Regime(models.Model):
    """The law, decree and circular in force together over a period.

    `valid_to` is the last day; empty means that no end is known. `texts_asked` names texts that
    nobody has read yet. The rounding stays empty where no source gives it.
    """

    key = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    law = models.TextField(_("luật"))
    decree = models.TextField(_("nghị định"))
    circular = models.TextField(_("thông tư"), blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    mark = models.CharField(_("mức tin cậy"), max_length=6, choices=Mark)
    texts_seen = models.JSONField(_("văn bản đã đọc"), default=list, blank=True)
    texts_asked = models.JSONField(_("văn bản cần tìm"), default=list, blank=True)
    source = models.CharField(_("nguồn"), max_length=250)
    rounding_step = models.PositiveIntegerField(_("làm tròn đến (đồng)"), null=True, blank=True)
    rounding_order = models.CharField(_("thứ tự nhân và làm tròn"), max_length=20, blank=True)
    rounding_clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    rounding_mark = models.CharField(
        _("mức tin cậy"), max_length=6, choices=Mark, default=Mark.NONE
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chế độ khen thưởng")
        verbose_name_plural = _("chế độ khen thưởng")
        ordering = ["position", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="regime_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(rounding_step__isnull=True, rounding_order="")
                | Q(rounding_step__gte=1, rounding_order__in=[order.value for order in Order]),
                name="regime_rounding_whole",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class BonusForm(models.Model):
    """A form of award or a title as the tables of multiples know it, in any campaign."""

    key = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    names = models.JSONField(_("cách gọi khác"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("hình thức, danh hiệu có tiền thưởng")
        verbose_name_plural = _("hình thức, danh hiệu có tiền thưởng")
        ordering = ["position"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class BonusMultiple(Stated):
    """How many times base pay a form gives a kind of nominee; empty where no source says."""

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="multiples")
    form = models.ForeignKey(BonusForm, models.PROTECT, related_name="multiples")
    kind = models.CharField(_("loại đối tượng"), max_length=12, choices=Kind)
    multiple = models.DecimalField(
        _("hệ số"), max_digits=6, decimal_places=3, null=True, blank=True
    )

    class Meta:
        verbose_name = _("hệ số tiền thưởng")
        verbose_name_plural = _("hệ số tiền thưởng")
        ordering = ["regime_id", "position"]
        constraints = [
            *once("bonus_multiple", "regime", "form", "kind"),
            models.CheckConstraint(
                condition=Q(multiple__isnull=True) | Q(multiple__gt=0),
                name="bonus_multiple_positive",
            ),
        ]

    def __str__(self) -> str:
        """Return the keys, for events."""
        return f"{self.regime.key}/{self.form.key}/{self.kind}"


class BasePay(Stated):
    """Base pay (mức lương cơ sở) from a day until the next row's day.

    Without `valid_from` the row says only what `said` says, and answers no question about a day.
    """

    key = models.SlugField(_("mã"), max_length=60, unique=True)
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    said = models.CharField(_("nguồn nói về thời gian"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("mức lương cơ sở")
        verbose_name_plural = _("mức lương cơ sở")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"], condition=BY_OFFICE, name="base_pay_office_once"
            ),
            models.CheckConstraint(
                condition=Q(mark="office") ^ Q(entered_at__isnull=True),
                name="base_pay_office_marked",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="base_pay_positive"),
        ]

    def __str__(self) -> str:
        """Return the key, for events."""
        return self.key
