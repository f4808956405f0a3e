"""Work items: one thing that one role at one unit has to do now."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Role
from workflow.models.dossiers import Dossier, Nomination
from workflow.states import State


class DueBy(models.TextChoices):
    """Where the last day of a piece of work comes from."""

    OFFICE = "office", _("hạn của cơ quan")
    ACT = "act", _("ngày đã hẹn")
    LAW = "law", _("hạn theo luật")


class WorkItem(models.Model):
    """The inbox is a query over the open ones; closed ones tell who held what, and how long.

    `told_at` and `reminded` (a Stage of workflow.reminders) are what its holder has been told.
    The three days are reckoned when it is opened and when a limit or the calendar changes
    (workflow.clocks); all are empty where no limit is known. `due_on` is the office's or the
    law's, whichever comes first, and `due_by` says which.

    `closed_by_user` made the move, in the name of `closed_for` where it was delegated: separation
    of duties rests on both (workflow.hands). Empty where the program itself did it.

    `dossier` is its nomination's, kept here too so that a list of dossiers finds its next last day
    by one look into an index; splitting a dossier (services.splitting) changes both.

    `assignee` is who at the desk has taken it upon himself, or was given it; empty: in the pool.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="work_items")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("việc"), max_length=20, choices=State)
    role = models.CharField(_("vai trò"), max_length=24, choices=Role)
    unit_path = models.CharField(max_length=400)
    opened_at = models.DateTimeField(_("nhận lúc"))
    closed_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    closed_by = models.CharField(_("người làm"), max_length=120, blank=True)
    closed_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="work_done"
    )
    closed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="work_lent"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_assigned",
        verbose_name=_("người xử lý"),
    )
    outcome = models.CharField(_("kết quả"), max_length=40, blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    due_by = models.CharField(_("hạn theo"), max_length=6, choices=DueBy, blank=True)
    soon_on = models.DateField(_("nhắc từ"), null=True, blank=True)
    escalate_on = models.DateField(_("báo thủ trưởng từ"), null=True, blank=True)
    told_at = models.DateTimeField(_("đã báo lúc"), null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(_("đã nhắc đến"), default=0)

    class Meta:
        verbose_name = _("việc cần làm")
        verbose_name_plural = _("việc cần làm")
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(closed_at__isnull=True),
                name="work_item_one_open",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, soon_on__isnull=True, escalate_on__isnull=True)
                | (
                    Q(due_on__isnull=False, soon_on__isnull=False, soon_on__lte=F("due_on"))
                    & (Q(escalate_on__isnull=True) | Q(escalate_on__gte=F("due_on")))
                ),
                name="work_item_days_in_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["role", "unit_path", "opened_at"],
                include=["nomination", "state"],  # the inbox is counted from the index alone
                condition=Q(closed_at__isnull=True),
                name="work_item_inbox",
            ),
            models.Index(
                fields=["role", "opened_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="work_item_oldest",
            ),
            models.Index(
                fields=["role", "due_on", "id"],
                condition=Q(closed_at__isnull=True),
                name="work_item_due",
            ),
            models.Index(
                fields=["dossier", "due_on", "id"],
                condition=Q(closed_at__isnull=True),
                name="work_item_of_dossier",
            ),
            models.Index(
                fields=["soon_on"],
                condition=Q(closed_at__isnull=True, soon_on__isnull=False),
                name="work_item_soon",
            ),
            models.Index(
                fields=["state", "-closed_at"],
                condition=Q(closed_at__isnull=False),
                name="work_item_lately_done",
            ),
            models.Index(
                fields=["id"],
                condition=Q(closed_at__isnull=True, told_at__isnull=True),
                name="work_item_untold",
            ),
        ]

    def __str__(self) -> str:
        """Return what waits where, for logs."""
        return f"{self.state}@{self.unit_path}"
