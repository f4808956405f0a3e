"""Who may be nominated, and against which criteria they are read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.cited import Cited


class Kind(models.TextChoices):
    """The three kinds of nominee that the law knows (Luật 06/2022/QH15 Đ.74)."""

    INDIVIDUAL = "individual", _("Cá nhân")
    COLLECTIVE = "collective", _("Tập thể")
    HOUSEHOLD = "household", _("Hộ gia đình")


class SubjectKind(Cited):
    """A category of nominee in one campaign.

    `kind` is the kind in law; `listed_as` is the list where the plan puts it. They differ
    for households, which Kiên Giang lists among the collectives.
    `criteria_key` is the letter of the plan's own criteria, empty where the plan has none.
    """

    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên"), max_length=250)
    names = models.JSONField(_("cách gọi khác"), default=list, blank=True)
    kind = models.CharField(_("loại đối tượng"), max_length=12, choices=Kind)
    listed_as = models.CharField(_("kế hoạch xếp vào"), max_length=12, choices=Kind)
    criteria_key = models.CharField(_("nhóm tiêu chuẩn"), max_length=4, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="subject_kind_key_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="subject_kind_known"),
            models.CheckConstraint(
                condition=Q(listed_as__in=[Kind.INDIVIDUAL, Kind.COLLECTIVE]),
                name="subject_listed_as_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.HOUSEHOLD) | Q(kind=models.F("listed_as")),
                name="subject_only_households_are_listed_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        """Return the name as the plan prints it."""
        return self.name

    @property
    def shown_name(self) -> str:
        """Return the name as it was meant, where the plan misprints it (derived_name)."""
        return str(self.derived.get("name") or self.name)


class CriteriaLevel(models.TextChoices):
    """Which awards a group of criteria is for."""

    GENERAL = "general", _("Tiêu chuẩn chung")
    STATE = "state", _("Khen cấp Nhà nước")
    PROVINCIAL = "provincial", _("Khen thưởng cấp tỉnh")


class CriteriaGroup(Cited):
    """A lettered group of criteria: "general", "state", or a, b, c, d, đ, e, g."""

    key = models.CharField(_("mã"), max_length=12)
    level = models.CharField(_("cấp"), max_length=12, choices=CriteriaLevel)
    heading = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    lead = models.TextField(_("câu dẫn"), blank=True)
    subjects = models.ManyToManyField(SubjectKind, related_name="criteria_groups", blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("nhóm tiêu chuẩn")
        verbose_name_plural = _("nhóm tiêu chuẩn")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="criteria_group_key_once"),
            models.CheckConstraint(
                condition=Q(level__in=CriteriaLevel.values), name="criteria_level_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the heading, or the letter where there is none."""
        return self.heading or self.key


class Criterion(Cited):
    """One criterion in the plan's words.

    `pillars` and `years` stand in the text and say which targets it asks for; which single
    indicators a looser wording means is a reading and is in `derived["indicators"]`.
    """

    group = models.ForeignKey(CriteriaGroup, models.CASCADE, related_name="criteria")
    n = models.PositiveSmallIntegerField(_("số thứ tự"))
    text = models.TextField(_("tiêu chuẩn"))
    applies_if = models.CharField(_("chỉ áp dụng khi"), max_length=250, blank=True)
    pillars = models.JSONField(_("trụ cột"), default=list, blank=True)
    years = models.JSONField(_("năm"), default=list, blank=True)
    subjects = models.ManyToManyField(SubjectKind, related_name="criteria", blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("tiêu chuẩn")
        verbose_name_plural = _("tiêu chuẩn")
        constraints = [
            models.UniqueConstraint(fields=["group", "n"], name="criterion_n_once_per_group"),
        ]

    def __str__(self) -> str:
        """Return the criterion's text."""
        return self.text

    @property
    def kind(self) -> str:
        """How it can be checked, as read by the transcriber; empty where nobody said."""
        return str(self.derived.get("kind", ""))
