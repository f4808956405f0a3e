"""Meetings that voted, and the votes: facts from which minutes are made."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from organisations.models import Unit
from workflow.models.dossiers import Nomination


class Meeting(models.Model):
    """A session of a unit's council (or of the unit, where it has none) or of the province's.

    present, absent  rows {"name", "position"}, the absent with a "reason": text as printed in
                     the minutes
    tellers          rows as those present, the head of the tellers first; ballots_out: how many
                     ballots were handed out; remarks: further sentences of the minutes. All
                     known only of a session that was held here (models.councils)
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="meetings")
    is_council = models.BooleanField(_("có Hội đồng Thi đua - Khen thưởng"), default=True)
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    ended_at = models.DateTimeField(_("kết thúc lúc"))
    place = models.CharField(_("địa điểm"), max_length=200)
    chair_name = models.CharField(_("chủ trì"), max_length=120)
    chair_position = models.CharField(_("chức vụ chủ trì"), max_length=200)
    secretary_name = models.CharField(_("thư ký"), max_length=120)
    secretary_position = models.CharField(_("chức vụ thư ký"), max_length=200, blank=True)
    members_total = models.PositiveSmallIntegerField(_("tổng số thành viên"))
    members_present = models.PositiveSmallIntegerField(_("số thành viên có mặt"))
    present = models.JSONField(_("thành viên có mặt"), default=list, blank=True)
    absent = models.JSONField(_("thành viên vắng mặt"), default=list, blank=True)
    way_of_voting = models.CharField(_("hình thức biểu quyết"), max_length=100)
    tellers = models.JSONField(_("tổ kiểm phiếu"), default=list, blank=True)
    ballots_out = models.PositiveSmallIntegerField(_("số phiếu phát ra"), null=True, blank=True)
    remarks = models.JSONField(_("nội dung khác"), default=list, blank=True)
    minutes_entry = models.ForeignKey(
        "documents.RegisterEntry", models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("phiên họp")
        verbose_name_plural = _("phiên họp")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(members_present__lte=F("members_total")) & Q(members_present__gte=1),
                name="meeting_present_within_total",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="meeting_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        """Return when it began, for logs."""
        return self.started_at.isoformat()


class Vote(models.Model):
    """How one meeting voted on one nomination.

    `passed` is the council's own conclusion; the ratio over all members is printed beside it. Where
    the law of the dossier gives a ratio, services.board refuses a conclusion against it.
    members  of whom the ratio is taken, where it is not all: a session may leave out those who
             must not vote on it
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="votes")
    votes_for = models.PositiveSmallIntegerField(_("đồng ý"))
    votes_against = models.PositiveSmallIntegerField(_("không đồng ý"))
    votes_invalid = models.PositiveSmallIntegerField(_("không hợp lệ"), default=0)
    passed = models.BooleanField(_("thông qua"))
    members = models.PositiveSmallIntegerField(_("tính trên"), null=True, blank=True)

    class Meta:
        verbose_name = _("kết quả biểu quyết")
        verbose_name_plural = _("kết quả biểu quyết")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nomination"], name="vote_once_a_meeting"),
        ]

    def __str__(self) -> str:
        """Return the count, for logs."""
        return f"{self.votes_for}/{self.votes_against}"

    @property
    def percent_of_all(self) -> float:
        """Return the share of all members, present or not, that voted for it, in percent."""
        return round(100 * self.votes_for / (self.members or self.meeting.members_total), 2)
