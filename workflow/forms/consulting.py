"""Forms of those who ask other bodies, put lists up, and take what is written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.consulting_states import ObjectionOutcome, OpinionAnswer
from workflow.forms.base import KeptForm, day_field, long_text
from workflow.services.opinions import AnswerFacts, BodyFacts, ReplyFacts
from workflow.services.public_notices import NoticeFacts, ObjectionFacts


class AskForm(KeptForm):
    """What other bodies are asked; the bodies stand in their own formset."""

    question = long_text(
        _("Nội dung cần cho ý kiến"),
        rows=2,
        max_length=1000,
        help_text=_("Ví dụ: việc chấp hành pháp luật về thuế của các đối tượng trong danh sách."),
    )


class BodyForm(KeptForm):
    """One body to be asked, and until when."""

    name = forms.CharField(label=_("Cơ quan được hỏi"), max_length=250, required=False)
    due_on = day_field(_("Hạn trả lời"), required=False)


Bodies: Any = forms.formset_factory(BodyForm, extra=3, max_num=30)


def body_facts(lines: Sequence[Mapping[str, Any]]) -> list[BodyFacts]:
    """Return what the asking service takes, of valid lines."""
    return [BodyFacts(row["name"], row["due_on"]) for row in lines]


class NoticeForm(KeptForm):
    """Where and for how long a list is put up."""

    channel = forms.CharField(
        label=_("Nơi đăng"), max_length=250, help_text=_("Ví dụ: Cổng thông tin điện tử tỉnh.")
    )
    contact = forms.CharField(
        label=_("Nơi nhận ý kiến"),
        max_length=250,
        help_text=_("Cơ quan, địa chỉ, điện thoại, thư điện tử như in trong thông báo."),
    )
    starts_on = day_field(_("Ngày đăng"))
    ends_on = day_field(_("Ngày cuối nhận ý kiến"))

    def facts(self) -> NoticeFacts:
        """Return what the posting service takes, of a valid form."""
        return NoticeFacts(**{name: self.cleaned_data[name] for name in self.fields})


class ReplyForm(KeptForm):
    """The paper by which a body answered; what it says of each stands in its own formset."""

    notation = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = day_field(_("Ngày ban hành"))
    paper = forms.FileField(
        label=_("Bản chụp văn bản (.pdf)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=_("Nếu biểu mẫu bị trả lại, cần chọn lại tệp."),
    )

    def facts(self) -> ReplyFacts:
        """Return what the answering service takes, of a valid form."""
        upload = self.cleaned_data["paper"]
        return ReplyFacts(
            notation=self.cleaned_data["notation"],
            issued_on=self.cleaned_data["issued_on"],
            name=upload.name if upload else "",
            content=upload.read() if upload else b"",
        )


class AnswerForm(KeptForm):
    """What a body says of one nomination; the page shows the nomination beside it."""

    nomination = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Ý kiến"), choices=OpinionAnswer.choices)
    note = forms.CharField(
        label=_("Nội dung ý kiến"),
        max_length=1000,
        required=False,
        help_text=_("Cần có khi không đồng ý hoặc có ý kiến khác."),
    )


Answers: Any = forms.formset_factory(AnswerForm, extra=0)


def answer_facts(lines: Sequence[Mapping[str, Any]]) -> dict[UUID, AnswerFacts]:
    """Return what the answering service takes, of valid lines."""
    return {
        row["nomination"]: AnswerFacts(OpinionAnswer(row["answer"]), row["note"]) for row in lines
    }


class RemindForm(KeptForm):
    """How a body was reminded."""

    how = forms.CharField(
        label=_("Cách nhắc"),
        max_length=250,
        help_text=_("Ví dụ: điện thoại, gặp ông Nguyễn Văn A."),
    )


class ObjectionForm(KeptForm):
    """What somebody wrote in about a notice."""

    nomination = forms.TypedChoiceField(
        label=_("Về đối tượng"), required=False, coerce=UUID, empty_value=None
    )
    received_on = day_field(_("Ngày nhận"))
    sender = forms.CharField(
        label=_("Người gửi"),
        max_length=250,
        required=False,
        help_text=_("Chỉ cơ quan xác minh đọc được; không in ra văn bản nào."),
    )
    what = long_text(_("Nội dung"), max_length=2000)

    def __init__(self, *args: Any, nominations: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer those on the notice, and the list as a whole."""
        super().__init__(*args, **kwargs)
        field = self.fields["nomination"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Cả danh sách")), *((str(pk), name) for pk, name in nominations)]

    def facts(self) -> ObjectionFacts:
        """Return what the recording service takes, of a valid form."""
        given = self.cleaned_data
        return ObjectionFacts(
            given["nomination"], given["received_on"], given["what"], given["sender"]
        )


class SettleForm(KeptForm):
    """How an objection was looked into, and what was found."""

    verification = long_text(_("Cách xác minh"), max_length=2000)
    outcome = forms.ChoiceField(label=_("Kết luận"), choices=ObjectionOutcome.choices)
