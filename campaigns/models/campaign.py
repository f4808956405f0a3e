"""The movement itself, and which unit sits at which desk of its round."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Whether nominations are taken."""

    OPEN = "open", _("Đang mở")
    CLOSED = "closed", _("Đã đóng")


class OwnUnit(models.TextChoices):
    """What becomes of a judgement by somebody whose own unit is the nominee."""

    RECORD = "record", _("Được làm, ghi rõ vào nhật ký")
    REFUSE = "refuse", _("Không được làm")


class Taken(models.TextChoices):
    """What it means at a desk that somebody has taken a piece of work upon himself."""

    TOLD = "told", _("Phân công để biết; ai giữ vai trò đó tại cơ quan cũng làm được")
    KEPT = "kept", _("Ai nhận thì người đó làm, đến khi trả lại hoặc người khác nhận thay")


class Campaign(models.Model):
    """One emulation movement (phong trào thi đua) of one province, as loaded from its file.

    `source_sha256` is the digest of the file's document in canonical form, so loading the
    same facts again is known to be a no-op. `example` is the text of the example regulation laid
    over it (schema award-example/1); while there is one, `is_example` is true. `own_unit` and
    `taken` are the office's own settings and stand in no file: no text checked so far says which
    they must be.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("mã phong trào"), max_length=60, unique=True)
    province = models.CharField(_("tỉnh"), max_length=80)
    province_key = models.SlugField(max_length=60)
    name = models.CharField(_("tên phong trào"), max_length=300)
    theme = models.CharField(_("chủ đề"), max_length=300, blank=True)
    title = models.CharField(_("tên đầy đủ"), max_length=600, blank=True)
    period_from = models.PositiveSmallIntegerField(_("từ năm"))
    period_to = models.PositiveSmallIntegerField(_("đến năm"))
    status = models.CharField(_("trạng thái"), max_length=8, choices=Status, default=Status.OPEN)
    own_unit = models.CharField(
        _("người xét thuộc chính tập thể được đề nghị"),
        max_length=8,
        choices=OwnUnit,
        default=OwnUnit.RECORD,
    )
    taken = models.CharField(
        _("việc đã có người nhận"), max_length=4, choices=Taken, default=Taken.TOLD
    )
    is_example = models.BooleanField(_("dữ liệu mẫu"), default=False)
    example = models.TextField(_("quy định ví dụ"), blank=True, editable=False)
    clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    refs = models.JSONField(_("dòng nguồn"), default=list, blank=True)
    derived = models.JSONField(_("cách hiểu"), default=dict, blank=True)
    source_sha256 = models.CharField(max_length=64, editable=False)
    loaded_at = models.DateTimeField(_("nạp lúc"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("phong trào thi đua")
        verbose_name_plural = _("phong trào thi đua")
        ordering = ["province_key", "period_from", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="campaign_status_known"
            ),
            models.CheckConstraint(
                condition=Q(own_unit__in=OwnUnit.values), name="campaign_own_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(taken__in=Taken.values), name="campaign_taken_known"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="campaign_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        """Return the name as the plan prints it."""
        return self.name


class DeskName(models.TextChoices):
    """The four places a nomination passes after it leaves its unit."""

    APPRAISAL = "appraisal", _("Thẩm định chuyên môn")
    BOARD = "board", _("Thường trực Hội đồng Thi đua - Khen thưởng")
    DECISION = "decision", _("Quyết định")
    CENTRAL = "central", _("Trung ương")


class Desk(models.Model):
    """Which unit does a desk's work in one campaign; empty until an office says so.

    `body` is the body that the plan names for it; `unit` is the one that does it now, which
    differs once a body has been merged or renamed.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="desks")
    desk = models.CharField(_("bàn"), max_length=12, choices=DeskName)
    body = models.ForeignKey(
        "campaigns.Body", models.PROTECT, null=True, blank=True, related_name="desks"
    )
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="desks"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("bàn xử lý")
        verbose_name_plural = _("bàn xử lý")
        ordering = ["campaign_id", "desk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "desk"], name="desk_once_per_campaign"),
            models.CheckConstraint(condition=Q(desk__in=DeskName.values), name="desk_known"),
        ]

    def __str__(self) -> str:
        """Return the desk's name."""
        return self.get_desk_display()
