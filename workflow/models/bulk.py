"""Acts on many nominations: the set as it was seen, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.dossiers import Nomination


class BulkState(models.TextChoices):
    """How far an act on many has come."""

    LOOKING = "looking", _("Đang thử trước")
    SEALED = "sealed", _("Đã chốt danh sách")
    RUNNING = "running", _("Đang làm")
    DONE = "done", _("Đã xong")
    CANCELLED = "cancelled", _("Đã dừng")
    UNDOING = "undoing", _("Đang hoàn tác")
    UNDONE = "undone", _("Đã hoàn tác")


class Outcome(models.TextChoices):
    """What became of one of the set."""

    UNSEEN = "unseen", _("Chưa thử")
    WAITING = "waiting", _("Chưa làm")
    MOVED = "moved", _("Đã làm")
    REFUSED = "refused", _("Không làm được")
    UNDONE = "undone", _("Đã hoàn tác")
    KEPT = "kept", _("Không hoàn tác được")


class BulkAct(models.Model):
    """One act that one person asked of a set.

    `digest` seals the act with the ids and versions of the set as the person saw it; `data` is
    what was typed along with it, written when it begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_acts")
    name = models.CharField(_("việc"), max_length=40)
    data = models.JSONField(_("nội dung kèm theo"), default=dict, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    count = models.PositiveIntegerField(_("số đề nghị"))
    going = models.PositiveIntegerField(_("số làm được khi chốt"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=BulkState, default=BulkState.SEALED
    )
    sealed_at = models.DateTimeField(_("chốt lúc"))
    begun_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    cancel_asked = models.BooleanField(_("yêu cầu dừng"), default=False)

    class Meta:
        verbose_name = _("việc hàng loạt")
        verbose_name_plural = _("việc hàng loạt")
        ordering = ["-sealed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BulkState.values), name="bulk_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["looking", "sealed"]) ^ Q(begun_at__isnull=False),
                name="bulk_begun_once",
            ),
        ]
        indexes = [models.Index(fields=["user", "-sealed_at"], name="bulk_of_person")]

    def __str__(self) -> str:
        """Return the act, for logs."""
        return f"{self.name}×{self.count}"


class BulkItem(models.Model):
    """One nomination of a set, at the version that the person saw.

    goes             what the dry run said; `code` and `why` say why not, then or when it was done
    from_state, …    where it stood when it was moved, and its version since: what undoing asks for
    """

    act = models.ForeignKey(BulkAct, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="bulk_items")
    version = models.PositiveIntegerField()
    goes = models.BooleanField(_("làm được"))
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    code = models.CharField(max_length=60, blank=True)
    why = models.TextField(_("lý do"), blank=True)
    from_state = models.CharField(max_length=20, blank=True)
    from_resume_to = models.CharField(max_length=20, blank=True)
    version_after = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị trong việc hàng loạt")
        verbose_name_plural = _("đề nghị trong việc hàng loạt")
        ordering = ["act", "position"]
        constraints = [
            models.UniqueConstraint(fields=["act", "position"], name="bulk_item_position_once"),
            models.UniqueConstraint(fields=["act", "nomination"], name="bulk_item_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="bulk_outcome_known"
            ),
        ]
        indexes = [models.Index(fields=["act", "outcome"], name="bulk_item_outcome")]

    def __str__(self) -> str:
        """Return the nomination's key, for logs."""
        return str(self.nomination_id)
