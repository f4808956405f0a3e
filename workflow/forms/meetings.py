"""A meeting's facts, and how it voted on each nomination."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, moment_field, tidied
from workflow.services.meetings import Count, MeetingFacts

WAYS_OF_VOTING = [
    ("bỏ phiếu kín", _("Bỏ phiếu kín")),
    ("biểu quyết giơ tay", _("Biểu quyết giơ tay")),
    ("lấy phiếu bằng văn bản", _("Lấy phiếu bằng văn bản")),
]


class PeopleField(forms.CharField):
    """People, one a line, the parts parted by semicolons; cleans to rows with the named keys."""

    def __init__(self, *args: Any, keys: tuple[str, ...], **kwargs: Any) -> None:
        self.keys = keys
        widget = forms.Textarea(attrs={"rows": 5})
        super().__init__(*args, widget=widget, max_length=8000, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the rows; refuse a line with more parts than keys, naming the line."""
        rows = []
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            parts = [" ".join(tidied(part).split()) for part in line.split(";")]
            if not any(parts):
                continue
            if len(parts) > len(self.keys) or not parts[0]:
                raise ValidationError(
                    _now("Dòng %(number)d chưa đúng: “%(line)s”."),
                    params={"number": number, "line": line},
                )
            parts += [""] * (len(self.keys) - len(parts))
            rows.append(dict(zip(self.keys, parts, strict=True)))
        return rows


class MeetingForm(KeptForm):
    """The facts that minutes are made from; whether they fit together the service decides."""

    field_width = "col-md-6"

    started_at = moment_field(_("Bắt đầu lúc"))
    ended_at = moment_field(_("Kết thúc lúc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    is_council = forms.BooleanField(
        label=_("Họp Hội đồng Thi đua - Khen thưởng"),
        required=False,
        initial=True,
        help_text=_("Bỏ chọn khi đơn vị không có Hội đồng và họp toàn đơn vị."),
    )
    chair_name = forms.CharField(label=_("Người chủ trì"), max_length=120)
    chair_position = forms.CharField(label=_("Chức vụ người chủ trì"), max_length=200)
    secretary_name = forms.CharField(label=_("Thư ký"), max_length=120)
    secretary_position = forms.CharField(label=_("Chức vụ thư ký"), max_length=200, required=False)
    members_total = forms.IntegerField(
        label=_("Tổng số thành viên"),
        min_value=1,
        max_value=500,
        help_text=_("Mẫu số của mọi tỷ lệ phiếu in trong văn bản."),
    )
    way_of_voting = forms.ChoiceField(label=_("Cách biểu quyết"), choices=WAYS_OF_VOTING)
    present = PeopleField(
        label=_("Thành viên có mặt"),
        keys=("name", "position"),
        help_text=_("Mỗi dòng một người: họ tên; chức vụ."),
    )
    absent = PeopleField(
        label=_("Thành viên vắng mặt"),
        keys=("name", "position", "reason"),
        required=False,
        help_text=_("Mỗi dòng một người: họ tên; chức vụ; lý do."),
    )

    def facts(self) -> MeetingFacts:
        """Return what the services take, of a valid form."""
        return MeetingFacts(**{name: self.cleaned_data[name] for name in self.fields})


class VoteForm(KeptForm):
    """How the meeting voted on one nomination; the page puts the nominee's name beside it."""

    nomination = forms.UUIDField(widget=forms.HiddenInput)
    votes_for = forms.IntegerField(label=_("Đồng ý"), min_value=0, max_value=500)
    votes_against = forms.IntegerField(
        label=_("Không đồng ý"), min_value=0, max_value=500, initial=0
    )
    votes_invalid = forms.IntegerField(
        label=_("Không hợp lệ"), min_value=0, max_value=500, initial=0
    )
    passed = forms.TypedChoiceField(
        label=_("Kết luận"),
        choices=[("1", _("Thông qua")), ("0", _("Không thông qua"))],
        coerce=lambda value: value == "1",
    )

    def count(self) -> Count:
        """Return what the services take, of a valid form."""
        data = self.cleaned_data
        return Count(
            nomination_id=data["nomination"],
            votes_for=data["votes_for"],
            votes_against=data["votes_against"],
            votes_invalid=data["votes_invalid"],
            passed=data["passed"],
        )


Votes: Any = forms.formset_factory(VoteForm, extra=0, max_num=500, absolute_max=500)
