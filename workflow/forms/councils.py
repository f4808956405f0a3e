"""Forms of councils and their sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from organisations.models import User
from workflow.council_states import RecusalRule, WayOfVoting
from workflow.forms.base import KeptForm, day_field, long_text, moment_field
from workflow.last_places import Said
from workflow.models import Attendance, Choice, Office
from workflow.services.councils import MemberFacts
from workflow.services.nominees import tidy
from workflow.services.session_votes import MemberVote, PaperCount
from workflow.services.sessions import Convening
from workflow.services.sitting import Presence


class AccountField(forms.CharField):
    """The log-in name of an account that may sign in; cleans to its key, or None where empty."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label=label, max_length=150, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Return the account's key; refuse a name that nobody has."""
        name = super().clean(value)
        if not name:
            return None
        found = User.objects.filter(username=name, is_active=True).values_list("pk", flat=True)
        if not found:
            raise ValidationError(_now("Không có tài khoản “%(name)s”."), params={"name": name})
        return found[0]


class MemberForm(KeptForm):
    """One member of a council."""

    field_width = "col-md-6"

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    position = forms.CharField(label=_("Chức vụ, nơi công tác"), max_length=200, required=False)
    office = forms.ChoiceField(label=_("Chức danh trong Hội đồng"), choices=Office.choices)
    valid_from = day_field(_("Từ ngày"))
    user = AccountField(
        _("Tài khoản"),
        help_text=_("Tên đăng nhập; để trống nếu người này không bỏ phiếu trên máy."),
    )
    home = forms.TypedChoiceField(
        label=_("Đơn vị công tác"), coerce=UUID, required=False, empty_value=None,
        help_text=_("Để biết ai không biểu quyết về đơn vị của mình."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["home"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "—"), *units]

    def facts(self) -> MemberFacts:
        """Return what the service takes, of a valid form."""
        data = self.cleaned_data
        return MemberFacts(
            name=data["name"],
            position=data["position"],
            office=Office(data["office"]),
            valid_from=data["valid_from"],
            user_id=data["user"],
            home_id=data["home"],
        )


class EndMemberForm(KeptForm):
    """The last day of a member's term."""

    last_day = day_field(_("Đến hết ngày"))


class ConveneForm(KeptForm):
    """When, where and how a council meets; the agenda is ticked beside it."""

    field_width = "col-md-6"

    convened_for = moment_field(_("Họp lúc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    way = forms.ChoiceField(label=_("Cách biểu quyết"), choices=WayOfVoting.choices)
    recusal = forms.ChoiceField(label=_("Ai không biểu quyết"), choices=RecusalRule.choices)
    recused_counted = forms.BooleanField(
        label=_("Người không biểu quyết vẫn tính vào tổng số thành viên"),
        required=False, initial=True,
        help_text=_("Bỏ chọn thì tỷ lệ phiếu của mục đó tính trên số thành viên còn lại."),
    )  # fmt: skip

    def facts(
        self, nominations: Sequence[UUID], occasion_id: UUID | None, dossier_id: UUID | None
    ) -> Convening:
        """Return what the service takes, of a valid form."""
        data = self.cleaned_data
        return Convening(
            convened_for=data["convened_for"],
            place=data["place"],
            way=WayOfVoting(data["way"]),
            recusal=RecusalRule(data["recusal"]),
            recused_counted=data["recused_counted"],
            nominations=nominations,
            occasion_id=occasion_id,
            dossier_id=dossier_id,
        )


class PresenceForm(KeptForm):
    """Whether one member came; the page puts the name over it."""

    member = forms.IntegerField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label=_("Điểm danh"), choices=Attendance.choices)
    reason = forms.CharField(label=_("Lý do vắng"), max_length=200, required=False)
    in_writing = forms.BooleanField(label=_("Vắng, gửi phiếu bằng văn bản"), required=False)
    substitute_name = forms.CharField(label=_("Người dự thay"), max_length=120, required=False)
    substitute_paper = forms.CharField(label=_("Văn bản ủy quyền"), max_length=200, required=False)
    substitute_user = AccountField(_("Tài khoản người dự thay"))
    left_at = forms.IntegerField(
        label=_("Rời họp từ mục"), min_value=1, max_value=999, required=False
    )
    back_at = forms.IntegerField(
        label=_("Trở lại từ mục"), min_value=2, max_value=999, required=False
    )

    def presence(self) -> Presence:
        """Return what the service takes, of a valid form."""
        data = dict(self.cleaned_data)
        return Presence(
            member_id=data.pop("member"),
            attendance=Attendance(data.pop("attendance")),
            substitute_user_id=data.pop("substitute_user"),
            **data,
        )


Roll: Any = forms.formset_factory(PresenceForm, extra=0, max_num=200)


class OpenForm(KeptForm):
    """Who takes the chair, and who counts paper ballots."""

    chair = forms.TypedChoiceField(label=_("Người chủ trì"), coerce=int)
    first_teller = AccountField(_("Người kiểm phiếu thứ nhất (tài khoản)"))
    second_teller = AccountField(_("Người kiểm phiếu thứ hai (tài khoản)"))

    def __init__(
        self, *args: Any, chairs: Sequence[tuple[int, str]], tellers: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chair"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(chairs)
        if not tellers:
            del self.fields["first_teller"], self.fields["second_teller"]

    def tellers(self) -> list[int | None]:
        """Return the accounts of the tellers, of a valid form."""
        return [self.cleaned_data.get("first_teller"), self.cleaned_data.get("second_teller")]


class MemberVoteForm(KeptForm):
    """How one member voted on one item; the page puts the name over it. Empty: no vote."""

    member = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("Biểu quyết"),
        choices=[("", _("Không biểu quyết")), *Choice.choices],
        required=False,
    )
    in_writing = forms.BooleanField(label=_("Bằng văn bản"), required=False)


MemberVotes: Any = forms.formset_factory(MemberVoteForm, extra=0, max_num=200)


def member_votes(formset: forms.BaseFormSet[MemberVoteForm]) -> list[MemberVote]:
    """Return the votes that were given, of a valid formset."""
    rows = [line.cleaned_data for line in formset if line.cleaned_data.get("choice")]
    return [
        MemberVote(row["member"], Choice(row["choice"]), in_writing=row["in_writing"])
        for row in rows
    ]


class PaperCountForm(KeptForm):
    """What a teller counted on one item; the page puts the nominee's name over it."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    votes_for = forms.IntegerField(label=_("Đồng ý"), min_value=0, max_value=500)
    votes_against = forms.IntegerField(label=_("Không đồng ý"), min_value=0, max_value=500)
    votes_invalid = forms.IntegerField(
        label=_("Không hợp lệ"), min_value=0, max_value=500, initial=0
    )

    def count(self) -> PaperCount:
        """Return what the service takes, of a valid form."""
        data = self.cleaned_data
        return PaperCount(
            data["item"], data["votes_for"], data["votes_against"], data["votes_invalid"]
        )


PaperCounts: Any = forms.formset_factory(PaperCountForm, extra=0, max_num=500, absolute_max=500)


class ConclusionForm(KeptForm):
    """What the council concluded on one item, and why; empty where the votes decide by themselves."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    passed = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[("", "—"), ("1", _("Thông qua")), ("0", _("Không thông qua"))],
        required=False,
    )
    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False)


Conclusions: Any = forms.formset_factory(ConclusionForm, extra=0, max_num=500, absolute_max=500)


def conclusions(formset: forms.BaseFormSet[ConclusionForm]) -> Mapping[int, Said]:
    """Return what was concluded, by item, of a valid formset."""
    rows = [line.cleaned_data for line in formset if line.cleaned_data.get("passed")]
    return {row["item"]: Said(row["passed"] == "1", tidy(row["reason"])) for row in rows}


class ConsideredForm(KeptForm):
    """Of how many one quota is taken; the page puts the quota over it."""

    quota = forms.SlugField(widget=forms.HiddenInput)
    considered = forms.IntegerField(label=_("Số dự xét"), min_value=0, max_value=1_000_000)


Considered: Any = forms.formset_factory(ConsideredForm, extra=0, max_num=100)


class DropForm(KeptForm):
    """Why an item is taken off the agenda."""

    reason = long_text(_("Lý do"), rows=2, max_length=500)
