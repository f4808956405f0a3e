"""Opinions asked of other bodies (hiệp y): the request, each nomination in it, reminders."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from documents.models import Document
from organisations.models import Unit
from workflow.consulting_states import OpinionAnswer, OpinionState
from workflow.models.dossiers import Nomination


class OpinionRequest(models.Model):
    """One body asked by one desk about nominations of one occasion and one deciding authority.

    `body` is a unit where the province keeps it as one; `body_name` is what the letter says in
    any case. `due_on` is empty where neither law nor office gives a day; `due_rule` says where the
    day comes from. `desk` and `unit` are who asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="opinion_requests")
    desk = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opinions_asked")
    body = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="opinions_asked_of"
    )
    body_name = models.CharField(_("cơ quan được hỏi"), max_length=250)
    question = models.CharField(_("nội dung hỏi"), max_length=1000)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=OpinionState, default=OpinionState.WAITING
    )
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField(_("hạn trả lời"), null=True, blank=True)
    due_rule = models.CharField(_("căn cứ của hạn"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("hỏi lúc"))
    asked_by = models.CharField(_("người hỏi"), max_length=120)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    reply_notation = models.CharField(_("số, ký hiệu văn bản trả lời"), max_length=60, blank=True)
    reply_on = models.DateField(_("ngày văn bản trả lời"), null=True, blank=True)
    reply = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="opinions_answered"
    )
    settled_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("yêu cầu cho ý kiến")
        verbose_name_plural = _("yêu cầu cho ý kiến")
        ordering = ["asked_at", "body_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OpinionState.values), name="opinion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(settled_at__isnull=False),
                name="opinion_settled_is_not_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | (~Q(reply_notation="") & Q(reply_on__isnull=False)),
                name="opinion_answer_has_paper",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="waiting"),
                name="opinion_waiting",
            ),
        ]

    def __str__(self) -> str:
        """Return the body, for logs."""
        return self.body_name

    @property
    def subject(self) -> str:
        """Return what the audit log calls this request."""
        return f"opinion:{self.pk}"


class OpinionItem(models.Model):
    """One nomination in a request, and what the body said of it; "" until it did."""

    request = models.ForeignKey(OpinionRequest, models.CASCADE, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="opinions")
    answer = models.CharField(_("ý kiến"), max_length=8, choices=OpinionAnswer, blank=True)
    note = models.CharField(_("nội dung ý kiến"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("ý kiến về một đề nghị")
        verbose_name_plural = _("ý kiến về từng đề nghị")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "nomination"], name="opinion_item_once"),
            models.CheckConstraint(
                condition=~Q(answer__in=["disagree", "other"]) | ~Q(note=""),
                name="opinion_against_says_why",
            ),
        ]

    def __str__(self) -> str:
        """Return the answer, for logs."""
        return self.answer


class OpinionReminder(models.Model):
    """That a body was reminded: when, by whom, how."""

    request = models.ForeignKey(OpinionRequest, models.CASCADE, related_name="reminders")
    reminded_at = models.DateTimeField(_("nhắc lúc"))
    reminded_by = models.CharField(_("người nhắc"), max_length=120)
    how = models.CharField(_("cách nhắc"), max_length=250)

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("các lần nhắc")
        ordering = ["reminded_at", "id"]

    def __str__(self) -> str:
        """Return how, for logs."""
        return self.how
