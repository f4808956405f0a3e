"""What can be won, when, and who decides it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Status
from campaigns.models.cited import Cited
from campaigns.models.subjects import SubjectKind


class Level(models.TextChoices):
    """At whose level an award stands."""

    UNIT = "unit", _("Cơ quan, đơn vị")
    PROVINCE = "province", _("Cấp tỉnh")
    PRIME_MINISTER = "prime_minister", _("Thủ tướng Chính phủ")
    PRESIDENT = "president", _("Chủ tịch nước")


class Decider(models.TextChoices):
    """Who decides an award; the route of a nomination follows from it."""

    UNIT_HEAD = "unit_head", _("Thủ trưởng cơ quan, đơn vị")
    PROVINCIAL_CHAIRMAN = "provincial_chairman", _("Chủ tịch Ủy ban nhân dân tỉnh")
    PRIME_MINISTER = "prime_minister", _("Thủ tướng Chính phủ")
    PRESIDENT = "president", _("Chủ tịch nước")


class AwardForm(Cited):
    """A form of award (hình thức khen thưởng) that the campaign gives."""

    key = models.SlugField(_("mã"), max_length=80)
    name = models.CharField(_("tên đầy đủ"), max_length=250)
    short_name = models.CharField(_("tên ngắn"), max_length=120, blank=True)
    names = models.JSONField(_("cách gọi khác"), default=list, blank=True)
    level = models.CharField(_("cấp"), max_length=16, choices=Level)
    decider = models.CharField(_("người quyết định"), max_length=20, choices=Decider)

    class Meta(Cited.Meta):
        verbose_name = _("hình thức khen thưởng")
        verbose_name_plural = _("hình thức khen thưởng")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="award_form_key_once"),
            models.CheckConstraint(
                condition=Q(level=Level.UNIT, decider=Decider.UNIT_HEAD)
                | Q(level=Level.PROVINCE, decider=Decider.PROVINCIAL_CHAIRMAN)
                | Q(level=Level.PRIME_MINISTER, decider=Decider.PRIME_MINISTER)
                | Q(level=Level.PRESIDENT, decider=Decider.PRESIDENT),
                name="award_form_level_fits_decider",
            ),
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return self.name


class OccasionKind(models.TextChoices):
    """When in the movement the judging takes place."""

    ANNUAL = "annual", _("Hằng năm")
    INTERIM = "interim", _("Sơ kết")
    FINAL = "final", _("Tổng kết")
    OTHER = "other", _("Theo phong trào")


class Occasion(Cited):
    """One judging (đợt xét). Loaded closed; an office opens it when it wants nominations."""

    key = models.SlugField(_("mã"), max_length=60)
    title = models.CharField(_("tên đợt xét"), max_length=250)
    kind = models.CharField(_("loại"), max_length=8, choices=OccasionKind)
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    status = models.CharField(_("trạng thái"), max_length=8, choices=Status, default=Status.CLOSED)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Cited.Meta):
        verbose_name = _("đợt xét")
        verbose_name_plural = _("đợt xét")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="occasion_key_once"),
            models.CheckConstraint(
                condition=Q(kind__in=OccasionKind.values), name="occasion_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="occasion_status_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the title as the plan prints it."""
        return self.title


class AwardItem(Cited):
    """One line of the award matrix: on this occasion, this form, to these, under this rule.

    The norm's amount and the reading of the threshold stay empty where the plan does not
    give them; nothing may compute with an empty one.
    """

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="items")
    form = models.ForeignKey(AwardForm, models.PROTECT, related_name="items")
    key = models.SlugField(_("mã"), max_length=80)
    label = models.CharField(_("phân biệt"), max_length=120, blank=True)
    names = models.JSONField(_("cách gọi khác"), default=list, blank=True)
    rule = models.TextField(_("quy định"))
    alternative = models.TextField(_("trường hợp khác"), blank=True)
    conditions = models.JSONField(_("điều kiện"), default=list, blank=True)
    norm_set_by = models.CharField(_("định mức do"), max_length=250, blank=True)
    norm_amount = models.DecimalField(
        _("định mức (đồng)"), max_digits=15, decimal_places=0, null=True, blank=True
    )
    threshold_op = models.CharField(_("so sánh"), max_length=2, blank=True)
    threshold_value = models.DecimalField(
        _("ngưỡng"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    threshold_unit = models.CharField(_("đơn vị tính"), max_length=12, blank=True)
    threshold_of = models.CharField(_("so với"), max_length=250, blank=True)
    threshold_reading = models.CharField(_("cách hiểu ngưỡng đã chọn"), max_length=12, blank=True)
    threshold_readings = models.JSONField(_("các cách hiểu ngưỡng"), default=list, blank=True)
    subjects = models.ManyToManyField(SubjectKind, related_name="award_items")

    class Meta(Cited.Meta):
        verbose_name = _("mục khen thưởng")
        verbose_name_plural = _("mục khen thưởng")
        constraints = [
            models.UniqueConstraint(fields=["occasion", "key"], name="award_item_key_once"),
            models.CheckConstraint(
                condition=Q(threshold_op="", threshold_value__isnull=True)
                | Q(threshold_op__in=[">", ">="], threshold_value__isnull=False),
                name="award_item_threshold_whole",
            ),
            models.CheckConstraint(
                condition=Q(norm_amount__isnull=True) | Q(norm_amount__gt=0),
                name="award_item_norm_positive",
            ),
        ]

    def __str__(self) -> str:
        """Return the form's name, with what tells it apart where the form occurs twice."""
        return f"{self.form.name} ({self.label})" if self.label else self.form.name
