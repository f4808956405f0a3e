"""That a nomination had better go for another form of award: who said so, why, and the answer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import AwardItem
from workflow.models.dossiers import Nomination


class SuggestionState(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", _("Chờ đơn vị trả lời")
    ACCEPTED = "accepted", _("Đơn vị đồng ý")
    DECLINED = "declined", _("Đơn vị không đồng ý")
    TAKEN_BACK = "taken_back", _("Đã rút đề xuất")


class FormSuggestion(models.Model):
    """Another line of the award matrix for the same nominee, proposed by whoever appraises.

    `successor` is the new draft that the unit goes on with where it accepted: a form has its own
    vote, letter and rules, so the old nomination is withdrawn and keeps its papers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="form_suggestions")
    award_item = models.ForeignKey(
        AwardItem, models.PROTECT, related_name="suggested", verbose_name=_("hình thức đề xuất")
    )
    reason = models.CharField(_("lý do"), max_length=1000)
    clause = models.CharField(_("căn cứ"), max_length=250)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=SuggestionState, default=SuggestionState.OPEN
    )
    suggested_at = models.DateTimeField(_("đề xuất lúc"))
    suggested_by = models.CharField(_("người đề xuất"), max_length=120)
    suggested_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answered_by = models.CharField(_("người trả lời"), max_length=120, blank=True)
    answer = models.CharField(_("ý kiến trả lời"), max_length=1000, blank=True)
    successor = models.OneToOneField(
        Nomination, models.PROTECT, null=True, blank=True, related_name="suggestion_behind"
    )

    class Meta:
        verbose_name = _("đề xuất hình thức khác")
        verbose_name_plural = _("các đề xuất hình thức khác")
        ordering = ["suggested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(state="open"), name="suggestion_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SuggestionState.values), name="suggestion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(answered_at__isnull=False),
                name="suggestion_answered_is_not_open",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") ^ Q(successor__isnull=True),
                name="suggestion_accepted_has_successor",
            ),
        ]

    def __str__(self) -> str:
        """Return the state, for logs."""
        return self.state
