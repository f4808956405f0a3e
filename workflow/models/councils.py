"""Councils and their sessions: members, agenda, who is there, who does not vote, and open votes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from documents.models import Document
from organisations.models import Unit
from workflow.council_states import RecusalRule, SessionState, WayOfVoting
from workflow.models.dossiers import Dossier, Nomination
from workflow.models.meetings import Meeting


class Office(models.TextChoices):
    """What somebody is in a council, in the order that lists print."""

    CHAIR = "chair", _("Chủ tịch Hội đồng")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch Hội đồng")
    MEMBER = "member", _("Ủy viên")
    SECRETARY = "secretary", _("Thư ký Hội đồng")


class CouncilMember(models.Model):
    """One person in the council of a unit, from a day to a day.

    user  the account by which the person votes on a machine; none for who has no account
    home  the unit he works in, by which a session may keep him from voting on it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="council_members")
    name = models.CharField(_("họ và tên"), max_length=120)
    position = models.CharField(_("chức vụ, nơi công tác"), max_length=200, blank=True)
    office = models.CharField(_("chức danh trong Hội đồng"), max_length=10, choices=Office)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="councils"
    )
    home = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="sends_council_members"
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("thành viên Hội đồng")
        verbose_name_plural = _("thành viên Hội đồng")
        ordering = ["unit", "valid_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="council_member_term_forward",
            ),
        ]

    def __str__(self) -> str:
        """Return the name as it is printed."""
        return self.name


class CouncilSession(models.Model):
    """One session of a unit's council on a dossier, or of the province's on an occasion.

    `state` and `version` are written by services.sessions.move_session and its edits alone.
    dossier          the dossier of a unit's session; none for the province's
    recused_counted  whether who does not vote stays in the number of members that ratios take
    meeting          what it came to, once concluded: the facts that minutes are made from
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="council_sessions")
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="council_sessions")
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="council_sessions"
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=SessionState, default=SessionState.CONVENED
    )
    way = models.CharField(_("cách biểu quyết"), max_length=8, choices=WayOfVoting)
    recusal = models.CharField(
        _("không biểu quyết"), max_length=8, choices=RecusalRule, default=RecusalRule.NOMINEE
    )
    recused_counted = models.BooleanField(_("vẫn tính vào tổng số thành viên"), default=True)
    convened_for = models.DateTimeField(_("họp lúc"))
    place = models.CharField(_("địa điểm"), max_length=200)
    started_at = models.DateTimeField(_("khai mạc lúc"), null=True, blank=True)
    chair_name = models.CharField(_("chủ trì"), max_length=120, blank=True)
    chair_position = models.CharField(_("chức vụ chủ trì"), max_length=200, blank=True)
    secretary_name = models.CharField(_("thư ký"), max_length=120, blank=True)
    secretary_position = models.CharField(_("chức vụ thư ký"), max_length=200, blank=True)
    first_teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_because = models.CharField(_("lý do hủy"), max_length=1000, blank=True)
    invitation = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="council_invitations"
    )
    ballot_form = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="council_ballot_forms"
    )
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, related_name="council_session"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    class Meta:
        verbose_name = _("phiên họp Hội đồng")
        verbose_name_plural = _("phiên họp Hội đồng")
        ordering = ["-convened_for"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="council_session_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "locked"]) | Q(meeting__isnull=False),
                name="council_session_closed_has_meeting",
            ),
            models.CheckConstraint(
                condition=Q(first_teller__isnull=True) | ~Q(first_teller=F("second_teller")),
                name="council_session_two_tellers",
            ),
        ]

    def __str__(self) -> str:
        """Return when it meets, for logs."""
        return self.convened_for.isoformat()

    @property
    def stream(self) -> str:
        """Return the name of this session's chain in the audit log."""
        return f"council_session:{self.pk}"

    @property
    def code(self) -> str:
        """Return the number of its invitation, by which people quote it."""
        entry = self.invitation.register_entry if self.invitation else None
        return entry.notation if entry else ""


class Attendance(models.TextChoices):
    """Whether a member came."""

    EXPECTED = "expected", _("Chưa điểm danh")
    PRESENT = "present", _("Có mặt")
    SUBSTITUTED = "substituted", _("Có người dự thay")
    EXCUSED = "excused", _("Vắng có lý do")
    ABSENT = "absent", _("Vắng không lý do")


class SessionMember(models.Model):
    """One member as the council stood when the session was convened, and whether he came.

    substitute_user  the account by which the substitute votes
    in_writing       he is away and votes in writing
    left_at          from which item on he was away; back_at: from which item on he was back
    """

    session = models.ForeignKey(CouncilSession, models.CASCADE, related_name="members")
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="sessions")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("họ và tên"), max_length=120)
    position = models.CharField(_("chức vụ"), max_length=200, blank=True)
    office = models.CharField(_("chức danh"), max_length=10, choices=Office)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    home = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    attendance = models.CharField(
        _("điểm danh"), max_length=11, choices=Attendance, default=Attendance.EXPECTED
    )
    reason = models.CharField(_("lý do vắng"), max_length=200, blank=True)
    substitute_name = models.CharField(_("người dự thay"), max_length=120, blank=True)
    substitute_paper = models.CharField(_("văn bản ủy quyền"), max_length=200, blank=True)
    substitute_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_writing = models.BooleanField(_("gửi phiếu bằng văn bản"), default=False)
    left_at = models.PositiveSmallIntegerField(_("rời họp từ mục"), null=True, blank=True)
    back_at = models.PositiveSmallIntegerField(_("trở lại từ mục"), null=True, blank=True)

    class Meta:
        verbose_name = _("thành viên dự phiên họp")
        verbose_name_plural = _("thành viên dự phiên họp")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="session_member_once"),
            models.UniqueConstraint(fields=["session", "place"], name="session_member_place_once"),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True)
                | Q(left_at__isnull=False, back_at__gt=F("left_at")),
                name="session_member_back_after_left",
            ),
        ]

    def __str__(self) -> str:
        """Return the name as it is printed."""
        return self.name

    @property
    def came(self) -> bool:
        """Return whether he, or who stands in for him, was there."""
        return self.attendance in {Attendance.PRESENT, Attendance.SUBSTITUTED}

    @property
    def voter_id(self) -> int | None:
        """Return whose account votes for him on a machine."""
        return (
            self.substitute_user_id if self.attendance == Attendance.SUBSTITUTED else self.user_id
        )

    def there_at(self, place: int) -> bool:
        """Return whether he was there when an item of the agenda was dealt with."""
        away = self.left_at is not None and place >= self.left_at
        back = self.back_at is not None and place >= self.back_at
        return self.came and (not away or back)


class AgendaItem(models.Model):
    """One nomination on the agenda.

    late     it was put on after the invitation went out
    dropped  why it was taken off again; "" while it is on
    paper    the number of the ballot paper it stands on, in a secret ballot
    """

    session = models.ForeignKey(CouncilSession, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="agenda_items")
    late = models.BooleanField(_("bổ sung sau giấy mời"), default=False)
    dropped = models.CharField(_("lý do đưa ra khỏi chương trình"), max_length=500, blank=True)
    paper = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("mục chương trình họp")
        verbose_name_plural = _("mục chương trình họp")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="agenda_item_once"),
            models.UniqueConstraint(fields=["session", "place"], name="agenda_item_place_once"),
        ]

    def __str__(self) -> str:
        """Return the place on the agenda, for logs."""
        return str(self.place)


class Recusal(models.Model):
    """A member who does not vote on one item, found when the item was put on the agenda."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    member = models.ForeignKey(SessionMember, models.CASCADE, related_name="recusals")
    is_nominee = models.BooleanField()

    class Meta:
        verbose_name = _("thành viên không biểu quyết")
        verbose_name_plural = _("thành viên không biểu quyết")
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="recusal_once"),
        ]

    def __str__(self) -> str:
        """Return the member's key, for logs."""
        return str(self.member_id)


class Choice(models.TextChoices):
    """What somebody votes."""

    YES = "y", _("Đồng ý")
    NO = "n", _("Không đồng ý")
    BLANK = "-", _("Không có ý kiến")


class OpenVote(models.Model):
    """How one member voted in the open on one item; `in_writing` for one who was away."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="open_votes")
    member = models.ForeignKey(SessionMember, models.CASCADE, related_name="open_votes")
    choice = models.CharField(_("biểu quyết"), max_length=1, choices=Choice)
    in_writing = models.BooleanField(_("bằng văn bản"), default=False)

    class Meta:
        verbose_name = _("biểu quyết công khai")
        verbose_name_plural = _("biểu quyết công khai")
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="open_vote_once"),
        ]

    def __str__(self) -> str:
        """Return the choice, for logs."""
        return self.choice


class TellerCount(models.Model):
    """What one of two tellers counted of the paper ballots on one item.

    By hand: every ballot. In a secret ballot on machines: the sealed envelopes of the absent.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="teller_counts")
    teller = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField(_("đồng ý"))
    votes_against = models.PositiveSmallIntegerField(_("không đồng ý"))
    votes_invalid = models.PositiveSmallIntegerField(_("không hợp lệ"), default=0)

    class Meta:
        verbose_name = _("kết quả một người kiểm phiếu")
        verbose_name_plural = _("kết quả một người kiểm phiếu")
        constraints = [
            models.UniqueConstraint(fields=["item", "teller"], name="teller_count_once"),
            models.CheckConstraint(condition=Q(teller__in=[1, 2]), name="teller_first_or_second"),
        ]

    def __str__(self) -> str:
        """Return the count, for logs."""
        return f"{self.votes_for}/{self.votes_against}/{self.votes_invalid}"


class SessionQuota(models.Model):
    """Of how many a quota of the campaign is taken at one session, as its secretary entered it.

    quota  the key of campaigns.models.Quota: an amendment of the plan may take the row away
    """

    session = models.ForeignKey(CouncilSession, models.CASCADE, related_name="quotas")
    quota = models.SlugField(_("mã hạn mức"), max_length=60)
    considered = models.PositiveIntegerField(_("số dự xét"))

    class Meta:
        verbose_name = _("số dự xét của phiên họp")
        verbose_name_plural = _("số dự xét của phiên họp")
        constraints = [
            models.UniqueConstraint(fields=["session", "quota"], name="session_quota_once"),
        ]

    def __str__(self) -> str:
        """Return the quota and the number, for logs."""
        return f"{self.quota}: {self.considered}"
