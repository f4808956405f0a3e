"""How a dossier is made up and sent, by when, and what is reported."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.awards import AwardForm
from campaigns.models.cited import Cited


class DossierComponent(Cited):
    """One lettered part of the dossier."""

    key = models.SlugField(_("mã"), max_length=60)
    letter = models.CharField(_("điểm"), max_length=4, blank=True)
    text = models.TextField(_("thành phần"))
    made_by = models.CharField(_("người lập"), max_length=250, blank=True)
    attachments = models.JSONField(_("kèm theo"), default=list, blank=True)
    per_candidate = models.BooleanField(_("mỗi đối tượng một bản"), default=False)

    class Meta(Cited.Meta):
        verbose_name = _("thành phần hồ sơ")
        verbose_name_plural = _("thành phần hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="component_key_once"),
        ]

    def __str__(self) -> str:
        """Return the component's text."""
        return self.text


class SetCount(Cited):
    """How many sets (bộ) an award asks for, as the plan prints it.

    `form` is empty where the printed name fits no single form of the campaign.
    """

    award = models.CharField(_("hình thức"), max_length=250)
    form = models.ForeignKey(
        AwardForm, models.PROTECT, null=True, blank=True, related_name="set_counts"
    )
    sets = models.PositiveSmallIntegerField(_("số bộ"))
    text = models.CharField(_("nguyên văn"), max_length=250, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("số bộ hồ sơ")
        verbose_name_plural = _("số bộ hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "award"], name="set_count_award_once"),
            models.CheckConstraint(condition=Q(sets__gt=0), name="set_count_positive"),
        ]

    def __str__(self) -> str:
        """Return the plan's line."""
        return self.text


class ProcedureStep(Cited):
    """One lettered step of the procedure."""

    step = models.CharField(_("bước"), max_length=4)
    actor = models.CharField(_("ai làm"), max_length=250)
    action = models.TextField(_("việc"))
    to = models.CharField(_("gửi"), max_length=250, blank=True)
    then = models.TextField(_("tiếp theo"), blank=True)
    output = models.CharField(_("sản phẩm"), max_length=250, blank=True)
    outcome = models.TextField(_("kết quả"), blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("bước thủ tục")
        verbose_name_plural = _("bước thủ tục")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "step"], name="procedure_step_once"),
        ]

    def __str__(self) -> str:
        """Return what is done."""
        return self.action


class RouteStep(Cited):
    """One step of the way of nominations that one authority decides; `then` is the next one's key.

    What may be done where, and which lines of steps can be walked: campaigns.routes.
    """

    authority = models.CharField(_("cấp quyết định"), max_length=24)
    key = models.SlugField(_("mã"), max_length=60)
    does = models.CharField(_("việc"), max_length=20)
    desk = models.CharField(_("bàn xử lý"), max_length=12)
    then = models.SlugField(_("bước sau"), max_length=60, blank=True)
    words = models.CharField(_("nguyên văn"), max_length=400, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("bước trên đường đi")
        verbose_name_plural = _("bước trên đường đi")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "authority", "key"], name="route_step_key_once"
            ),
        ]

    def __str__(self) -> str:
        """Return what is done where, for logs."""
        return f"{self.does}@{self.desk}"


class Milestone(Cited):
    """Something the plan wants done by the end of a quarter."""

    key = models.SlugField(_("mã"), max_length=60)
    actor = models.CharField(_("ai làm"), max_length=250, blank=True)
    what = models.TextField(_("việc"))
    to = models.CharField(_("gửi"), max_length=250, blank=True)
    due_quarter = models.PositiveSmallIntegerField(_("quý"), null=True, blank=True)
    due_year = models.PositiveSmallIntegerField(_("năm"))

    class Meta(Cited.Meta):
        verbose_name = _("mốc tiến độ")
        verbose_name_plural = _("mốc tiến độ")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="milestone_key_once"),
            models.CheckConstraint(
                condition=Q(due_quarter__isnull=True) | Q(due_quarter__range=(1, 4)),
                name="milestone_quarter_real",
            ),
        ]

    def __str__(self) -> str:
        """Return what is due."""
        return self.what


class ReportingDuty(Cited):
    """Who reports what to whom, how often."""

    who = models.CharField(_("ai báo cáo"), max_length=250)
    together_with = models.CharField(_("phối hợp"), max_length=250, blank=True)
    what = models.TextField(_("nội dung"))
    to = models.CharField(_("gửi"), max_length=250)
    then = models.TextField(_("tiếp theo"), blank=True)
    frequency = models.CharField(_("định kỳ"), max_length=120)

    class Meta(Cited.Meta):
        verbose_name = _("chế độ báo cáo")
        verbose_name_plural = _("chế độ báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="reporting_duty_once"),
        ]

    def __str__(self) -> str:
        """Return what is reported."""
        return self.what
