"""Score tables, tie-breaks and quotas: how a plan turns figures into a ranking.

None of the shipped plans has one; other provinces do (docs/figures.md). The arithmetic is in
campaigns.scoring; these rows only hold what a file says.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.awards import AwardForm, Occasion
from campaigns.models.cited import Cited
from campaigns.models.indicators import Indicator
from campaigns.models.subjects import Kind, SubjectKind


class How(models.TextChoices):
    """How the points of a line follow."""

    PROPORTIONAL = "proportional", _("Theo tỷ lệ")
    STEPS = "steps", _("Theo bậc")
    YES_NO = "yes_no", _("Có hoặc không")
    SELF = "self", _("Đơn vị tự chấm")
    DEDUCTION = "deduction", _("Điểm trừ")
    BONUS = "bonus", _("Điểm thưởng")


class Rounding(models.TextChoices):
    """Which way a number that is not whole goes."""

    DOWN = "down", _("làm tròn xuống")
    NEAREST = "nearest", _("làm tròn gần nhất, nửa thì lên")
    UP = "up", _("làm tròn lên")


class TieKey(models.TextChoices):
    """What two with the same total are told apart by."""

    PART = "part", _("điểm của một phần")
    LINE = "line", _("điểm của một tiêu chí")
    WOMEN = "women", _("tỷ lệ nữ")


class ScoreTable(Cited):
    """Criteria with their most points, for some kinds of nominee and some years.

    `total` is what the plan states; loading holds it against the sum of the parts. Points of a
    line are rounded to `places` decimals as `rounding` says.
    """

    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên bảng điểm"), max_length=250)
    total = models.DecimalField(_("tổng điểm"), max_digits=9, decimal_places=3)
    places = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=2)
    rounding = models.CharField(
        _("làm tròn điểm"), max_length=8, choices=Rounding, default=Rounding.NEAREST
    )
    years = models.JSONField(_("năm"), default=list)
    subjects = models.ManyToManyField(SubjectKind, related_name="score_tables")

    class Meta(Cited.Meta):
        verbose_name = _("bảng điểm")
        verbose_name_plural = _("bảng điểm")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="score_table_key_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ScorePart(Cited):
    """A part of a table with the most points it can give."""

    table = models.ForeignKey(ScoreTable, models.CASCADE, related_name="parts")
    key = models.SlugField(_("mã"), max_length=60)
    name = models.TextField(_("phần"))
    most = models.DecimalField(_("điểm tối đa"), max_digits=9, decimal_places=3)

    class Meta(Cited.Meta):
        verbose_name = _("phần của bảng điểm")
        verbose_name_plural = _("phần của bảng điểm")
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="score_part_key_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ScoreLine(Cited):
    """One criterion of a table.

    most     the most it can give; for a deduction, the most it can take away
    full_at  for a proportional line: the value that earns everything; empty means the year's goal
    each     for a deduction or bonus: points for one case
    steps    for a line by steps: rows {"at", "points"} as text, rising
    """

    table = models.ForeignKey(ScoreTable, models.CASCADE, related_name="lines")
    part = models.ForeignKey(ScorePart, models.CASCADE, related_name="lines")
    key = models.SlugField(_("mã"), max_length=60)
    name = models.TextField(_("tiêu chí"))
    most = models.DecimalField(_("điểm tối đa"), max_digits=9, decimal_places=3)
    how = models.CharField(_("cách tính"), max_length=12, choices=How)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="score_lines"
    )
    full_at = models.DecimalField(
        _("đạt điểm tối đa khi"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    each = models.DecimalField(
        _("điểm cho mỗi trường hợp"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    steps = models.JSONField(_("các bậc"), default=list, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("tiêu chí chấm điểm")
        verbose_name_plural = _("tiêu chí chấm điểm")
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="score_line_key_once"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="score_line_how_known"),
        ]

    def __str__(self) -> str:
        """Return the criterion."""
        return self.name


class TieBreak(Cited):
    """The n-th thing that is looked at when two have the same total."""

    table = models.ForeignKey(ScoreTable, models.CASCADE, related_name="tie_breaks")
    n = models.PositiveSmallIntegerField(_("thứ tự"))
    by = models.CharField(_("so theo"), max_length=8, choices=TieKey)
    target = models.CharField(_("phần, tiêu chí"), max_length=60, blank=True)
    at_least = models.DecimalField(_("từ"), max_digits=9, decimal_places=3, null=True, blank=True)
    words = models.TextField(_("quy định"), blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("tiêu chí phụ")
        verbose_name_plural = _("tiêu chí phụ")
        constraints = [
            models.UniqueConstraint(fields=["table", "n"], name="tie_break_n_once"),
        ]

    def __str__(self) -> str:
        """Return what is looked at."""
        return self.words or self.get_by_display()


class Quota(Cited):
    """At most this share of those considered may get a form, on one occasion or on any."""

    key = models.SlugField(_("mã"), max_length=60)
    form = models.ForeignKey(AwardForm, models.PROTECT, related_name="quotas")
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="quotas"
    )
    kind = models.CharField(_("loại đối tượng"), max_length=12, choices=Kind)
    percent = models.DecimalField(_("không quá (%)"), max_digits=6, decimal_places=3)
    of = models.CharField(_("của"), max_length=250)
    rounding = models.CharField(_("làm tròn"), max_length=8, choices=Rounding)

    class Meta(Cited.Meta):
        verbose_name = _("hạn mức khen thưởng")
        verbose_name_plural = _("hạn mức khen thưởng")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="quota_key_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0) & Q(percent__lte=100), name="quota_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        """Return the form and the share."""
        return f"{self.form.name}: {self.percent.normalize():f} %"
