"""What a regime says besides money: sets, papers and their numbers, clocks, votes, who pays."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.regimes import BonusForm, Regime
from campaigns.models.stated import Stated, once


class Topic(models.TextChoices):
    """What a provision is about; its `key` says of what within the topic."""

    SETS = "sets", _("Số bộ hồ sơ")
    CHANNEL = "channel", _("Kênh gửi cấp trên")
    COMPONENT = "component", _("Thành phần hồ sơ")
    FORM_NUMBER = "form_number", _("Mẫu số")
    PAYER = "payer", _("Nơi chi tiền thưởng")
    SEVERAL = "several", _("Nhiều mức thưởng một lúc")
    CUTOFF = "cutoff", _("Mốc thời gian")
    TRANSITION = "transition", _("Chuyển tiếp")
    ROUNDING = "rounding", _("Làm tròn tiền thưởng")
    FULL_TEXT = "full_text", _("Toàn văn")


OFFICE_TOPICS: Final = (Topic.ROUNDING, Topic.FULL_TEXT)
"""Topics of which a file speaks in the regime itself, so that only offices add provisions."""


class LeftTo(models.TextChoices):
    """Who settles what the regime's own text leaves open."""

    NOBODY = "", _("—")
    PROVINCE = "province", _("do tỉnh quy định")
    UNIT = "unit", _("do đơn vị quy định")


class Provision(Stated):
    """One saying of a regime: a number, a text, or both; both empty where no source says.

    `key` is the form of award for SETS and COMPONENT, the paper for FORM_NUMBER, the deciding
    authority for PAYER. ROUNDING and FULL_TEXT are only entered by offices: of loaded regimes
    Regime itself says both. `name` is what the key is called on screen.
    """

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="provisions")
    topic = models.CharField(_("chủ đề"), max_length=12, choices=Topic)
    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên"), max_length=200, blank=True)
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    text = models.CharField(_("nội dung"), max_length=1000, blank=True)
    left_to = models.CharField(_("ai quy định"), max_length=10, choices=LeftTo, blank=True)

    class Meta:
        verbose_name = _("quy định của chế độ")
        verbose_name_plural = _("quy định của chế độ")
        ordering = ["regime_id", "topic", "position"]
        constraints = [*once("provision", "regime", "topic", "key")]

    def __str__(self) -> str:
        """Return the keys, for events."""
        return f"{self.regime.key}/{self.topic}/{self.key}"


class Unit(models.TextChoices):
    """In which days a clock counts."""

    WORKING = "working_days", _("ngày làm việc")
    CALENDAR = "calendar_days", _("ngày")


class OnSupplement(models.TextChoices):
    """What a request for supplement does to a clock; empty where no source says."""

    STOPS = "stops", _("tạm ngừng tính trong thời gian chờ bổ sung")
    RESTARTS = "restarts", _("tính lại từ ngày đủ hồ sơ")


class Clock(Stated):
    """How long a step may, or for a notice must at least, take.

    forms       keys of the forms of award it is for; empty: every form
    award_kind  the kind of award it is for (“công trạng”); empty: every kind
    """

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="clocks")
    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("việc"), max_length=200)
    length = models.PositiveSmallIntegerField(_("thời hạn"), null=True, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=13, choices=Unit, blank=True)
    at_least = models.BooleanField(_("ít nhất"), default=False)
    starts = models.CharField(_("tính từ"), max_length=200, blank=True)
    on_supplement = models.CharField(
        _("khi yêu cầu bổ sung"), max_length=8, choices=OnSupplement, blank=True
    )
    forms = models.JSONField(_("áp dụng cho"), default=list, blank=True)
    award_kind = models.CharField(_("loại khen thưởng"), max_length=60, blank=True)
    text = models.CharField(_("nội dung"), max_length=500, blank=True)
    left_to = models.CharField(_("ai quy định"), max_length=10, choices=LeftTo, blank=True)

    class Meta:
        verbose_name = _("thời hạn")
        verbose_name_plural = _("thời hạn")
        ordering = ["regime_id", "position"]
        constraints = [
            *once("clock", "regime", "key"),
            models.CheckConstraint(
                condition=Q(length__isnull=True, unit="") | Q(length__gte=1, unit__in=Unit.values),
                name="clock_length_has_unit",
            ),
        ]

    def __str__(self) -> str:
        """Return the keys, for events."""
        return f"{self.regime.key}/{self.key}"


class Council(models.TextChoices):
    """Whose vote a threshold is about."""

    PROVINCE = "province", _("Hội đồng cấp tỉnh")
    CENTRE = "centre", _("Hội đồng Trung ương")


class Denominator(models.TextChoices):
    """Of whom a ratio is taken."""

    ALL_MEMBERS = "all_members", _("tổng số thành viên")
    PRESENT = "present", _("số thành viên có mặt")
    VALID_BALLOTS = "valid_ballots", _("số phiếu hợp lệ")


class Threshold(Stated):
    """What a council's vote on one form of award needs; each part empty where no source says.

    Ratios are in percent. `pass_ratio` needs its `denominator`.
    """

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="thresholds")
    form = models.ForeignKey(BonusForm, models.PROTECT, related_name="thresholds")
    council = models.CharField(_("hội đồng"), max_length=10, choices=Council)
    quorum = models.CharField(_("điều kiện họp"), max_length=60, blank=True)
    presence = models.DecimalField(
        _("tỷ lệ dự họp tối thiểu (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    secret = models.BooleanField(_("bỏ phiếu kín"), null=True, blank=True)
    pass_ratio = models.DecimalField(
        _("tỷ lệ đồng ý tối thiểu (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    denominator = models.CharField(_("tính trên"), max_length=13, choices=Denominator, blank=True)
    absent_by_writing = models.BooleanField(
        _("thành viên vắng mặt cho ý kiến bằng văn bản"), null=True, blank=True
    )
    tie_rule = models.CharField(_("khi số phiếu ngang nhau"), max_length=200, blank=True)
    text = models.CharField(_("nội dung"), max_length=500, blank=True)
    left_to = models.CharField(_("ai quy định"), max_length=10, choices=LeftTo, blank=True)

    class Meta:
        verbose_name = _("tỷ lệ phiếu")
        verbose_name_plural = _("tỷ lệ phiếu")
        ordering = ["regime_id", "position"]
        constraints = [
            *once("threshold", "regime", "form", "council"),
            models.CheckConstraint(
                condition=Q(pass_ratio__isnull=True, denominator="")
                | Q(pass_ratio__gt=0, pass_ratio__lte=100, denominator__in=Denominator.values),
                name="threshold_ratio_has_denominator",
            ),
            models.CheckConstraint(
                condition=Q(presence__isnull=True) | Q(presence__gt=0, presence__lte=100),
                name="threshold_presence_real",
            ),
        ]

    def __str__(self) -> str:
        """Return the keys, for events."""
        return f"{self.regime.key}/{self.form.key}/{self.council}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: off though a weekday, or worked though a weekend.

    An office fills these in, year by year, from the announcement that it names; no calendar
    comes with the product.
    """

    day = models.DateField(_("ngày"), unique=True)
    is_off = models.BooleanField(_("nghỉ"))
    name = models.CharField(_("tên"), max_length=120)
    source = models.CharField(_("văn bản"), max_length=250)
    entered_by = models.CharField(_("người nhập"), max_length=120)
    entered_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering = ["day"]

    def __str__(self) -> str:
        """Return the day, for events."""
        return self.day.isoformat()
