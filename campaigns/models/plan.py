"""The plan as a paper: its versions, legal bases, bodies, statements, errors and gaps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.cited import Cited


class PlanDocument(Cited):
    """One text the facts were read from: draft, issued plan, news item."""

    role = models.CharField(_("vai trò"), max_length=40)
    type = models.CharField(_("loại văn bản"), max_length=80, blank=True)
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40, blank=True)
    date = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective = models.DateField(_("ngày hiệu lực"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    field = models.CharField(_("lĩnh vực"), max_length=120, blank=True)
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    signer_authority = models.CharField(_("thể thức ký"), max_length=80, blank=True)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    headline = models.CharField(_("tiêu đề"), max_length=400, blank=True)
    updated = models.CharField(_("cập nhật"), max_length=30, blank=True)
    agency = models.CharField(_("cơ quan báo chí"), max_length=120, blank=True)
    author = models.CharField(_("tác giả"), max_length=120, blank=True)
    complete = models.BooleanField(_("đủ nội dung"), null=True)

    class Meta(Cited.Meta):
        verbose_name = _("văn bản kế hoạch")
        verbose_name_plural = _("văn bản kế hoạch")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "role"], name="plan_document_role_once"),
        ]

    def __str__(self) -> str:
        """Return type and number, as people quote it."""
        return f"{self.type} {self.number}".strip()


class LegalBasis(Cited):
    """One "Căn cứ" of the plan, in the plan's own words."""

    n = models.PositiveSmallIntegerField(_("số thứ tự"))
    text = models.TextField(_("căn cứ"))
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    date = models.DateField(_("ngày"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("căn cứ của kế hoạch")
        verbose_name_plural = _("căn cứ của kế hoạch")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "n"], name="legal_basis_n_once"),
        ]

    def __str__(self) -> str:
        """Return the whole citation."""
        return self.text


class Body(Cited):
    """A body that the plan gives something to do."""

    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên"), max_length=250)
    role = models.TextField(_("nhiệm vụ"), blank=True)
    unit_name = models.CharField(_("bộ phận"), max_length=250, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("cơ quan trong kế hoạch")
        verbose_name_plural = _("cơ quan trong kế hoạch")
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="body_key_once")]

    def __str__(self) -> str:
        """Return the name as printed."""
        return self.name


class StatementKind(models.TextChoices):
    """What a statement of the plan is about."""

    PURPOSE = "purpose", _("Mục đích")
    GOAL = "goal", _("Mục tiêu chung")
    CONTENT = "content", _("Nội dung thi đua")
    PRIORITY = "priority", _("Lĩnh vực ưu tiên")
    COLLECTIVE_SHORT = "collective_short", _("Tên gọi tắt của tập thể")
    SUBJECT_CONDITION = "subject_condition", _("Điều kiện đối tượng")
    FUNDING = "funding", _("Kinh phí")
    RESULT_USE = "result_use", _("Sử dụng kết quả")
    CRITERIA_PLACE = "criteria_place", _("Nơi quy định tiêu chuẩn")
    STANDING_AGENCY = "standing_agency", _("Cơ quan thường trực")
    COUNCIL = "council", _("Hội đồng")
    TIME_LIMITS = "time_limits", _("Thời hạn")
    MILESTONE_NOTE = "milestone_note", _("Ghi chú tiến độ")
    DOSSIER_PRACTICE = "dossier_practice", _("Cách lập hồ sơ")


class PlanStatement(Cited):
    """A sentence of the plan that the product shows and prints but does not compute with."""

    kind = models.CharField(_("loại"), max_length=20, choices=StatementKind)
    n = models.PositiveSmallIntegerField(_("số thứ tự"))
    text = models.TextField(_("nội dung"))

    class Meta(Cited.Meta):
        verbose_name = _("nội dung kế hoạch")
        verbose_name_plural = _("nội dung kế hoạch")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "n"], name="statement_n_once"),
            models.CheckConstraint(
                condition=Q(kind__in=StatementKind.values), name="statement_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the sentence."""
        return self.text


class PriorityField(Cited):
    """A field (lĩnh vực) that the movement puts first; a nomination may belong to one."""

    key = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("lĩnh vực"), max_length=250)

    class Meta(Cited.Meta):
        verbose_name = _("lĩnh vực ưu tiên")
        verbose_name_plural = _("lĩnh vực ưu tiên")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="priority_field_key_once"),
        ]

    def __str__(self) -> str:
        """Return the name as printed."""
        return self.name


class Recipient(Cited):
    """One line of "Nơi nhận"."""

    n = models.PositiveSmallIntegerField(_("số thứ tự"))
    text = models.CharField(_("nơi nhận"), max_length=250)

    class Meta(Cited.Meta):
        verbose_name = _("nơi nhận")
        verbose_name_plural = _("nơi nhận")
        constraints = [models.UniqueConstraint(fields=["campaign", "n"], name="recipient_n_once")]

    def __str__(self) -> str:
        """Return the line without its leading dash and closing sign."""
        return self.text


class TextDifference(Cited):
    """Where the draft and the issued text differ."""

    kind = models.CharField(_("loại"), max_length=40)
    draft = models.TextField(_("dự thảo"), blank=True)
    issued = models.TextField(_("bản ban hành"), blank=True)
    result = models.TextField(_("kết quả đối chiếu"), blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("khác biệt giữa dự thảo và bản ban hành")
        verbose_name_plural = _("khác biệt giữa dự thảo và bản ban hành")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="difference_once"),
        ]

    def __str__(self) -> str:
        """Return the kind of difference."""
        return self.kind


class Anomaly(Cited):
    """Something in the plan that is wrong or can be read in several ways."""

    key = models.SlugField(_("mã"), max_length=60)
    text = models.TextField(_("nguyên văn"))
    problem = models.TextField(_("vấn đề"))
    found_in = models.JSONField(_("có trong"), default=list, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("điểm bất thường")
        verbose_name_plural = _("điểm bất thường")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="anomaly_key_once"),
        ]

    def __str__(self) -> str:
        """Return the problem."""
        return self.problem
