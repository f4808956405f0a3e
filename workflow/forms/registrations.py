"""Forms of registration: the round, a unit's registration with its lines, gaps and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, day_field, long_text
from workflow.services.importing import Upload
from workflow.services.registration_rounds import Addressee, RoundFacts
from workflow.services.registrations import LineFacts, RegistrationFacts
from workflow.services.returns import GapFacts

Choices = Sequence[tuple[UUID, str]]


class OpenRoundForm(KeptForm):
    """For which movement and year units are to register, and until when."""

    campaign = forms.TypedChoiceField(label=_("Phong trào"), coerce=UUID)
    year = forms.IntegerField(
        label=_("Năm"),
        min_value=2000,
        max_value=2100,
        required=False,
        help_text=_("Để trống: đăng ký cho cả giai đoạn của phong trào."),
    )
    due_on = day_field(
        _("Hạn đăng ký"),
        required=False,
        help_text=_("Để trống: theo mốc của kế hoạch; kế hoạch không nêu thì không có hạn."),
    )

    def __init__(self, *args: Any, campaigns: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["campaign"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(campaigns)


class RoundForm(KeptForm):
    """A round's last day, the addressee chosen among those of the plan, and whether it is open."""

    due_on = day_field(_("Hạn đăng ký"), required=False)
    addressee = forms.ChoiceField(
        label=_("Nơi nhận đăng ký"), required=False, widget=forms.RadioSelect
    )
    is_open = forms.BooleanField(label=_("Đang nhận đăng ký"), required=False)

    def __init__(self, *args: Any, addressees: Sequence[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["addressee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        named = [(one.name, f"{one.name} ({one.clause})") for one in addressees]
        field.choices = [("", _("Chưa chọn: gửi mọi nơi kế hoạch nêu")), *named]

    def facts(self) -> RoundFacts:
        """Return what the service takes, of a valid form."""
        return RoundFacts(**{name: self.cleaned_data[name] for name in self.fields})


class RegistrationForm(KeptForm):
    """What a unit will do, and its own plan; the lines stand in their own formset."""

    pledge = long_text(
        _("Nội dung thi đua của đơn vị"),
        rows=5,
        max_length=10000,
        required=False,
        help_text=_("Mỗi dòng một nội dung; in vào bản đăng ký."),
    )
    plan = forms.FileField(
        label=_("Kế hoạch phát động phong trào của đơn vị (.pdf, .docx)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        help_text=_("Cần có trước khi gửi. Đã có tệp thì chỉ chọn lại khi muốn thay."),
    )

    def facts(self, lines: Sequence[LineFacts]) -> RegistrationFacts:
        """Return what the service takes, of a valid form."""
        upload = self.cleaned_data["plan"]
        return RegistrationFacts(
            pledge=self.cleaned_data["pledge"],
            lines=lines,
            plan=Upload(upload.name, upload.read()) if upload else None,
        )


class LineForm(KeptForm):
    """One collective, person or household; an empty line is no line."""

    name = forms.CharField(label=_("Tên"), max_length=250, required=False)
    subject_kind = forms.TypedChoiceField(
        label=_("Đối tượng"), coerce=UUID, required=False, empty_value=None
    )
    form = forms.TypedChoiceField(
        label=_("Hình thức hướng tới"), coerce=UUID, required=False, empty_value=None
    )
    target = forms.CharField(label=_("Chỉ tiêu phấn đấu"), max_length=1000, required=False)

    def __init__(
        self, *args: Any, kinds: Choices = (), awards: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {"subject_kind": kinds, "form": awards}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", "—"), *choices]

    def clean(self) -> dict[str, Any]:
        """Ask for name and kind of a line that was begun."""
        cleaned = super().clean()
        begun = any(cleaned.get(name) for name in self.fields)
        for name in ("name", "subject_kind"):
            if begun and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Dòng này còn thiếu nội dung."))
        return cleaned


Lines: Any = forms.formset_factory(LineForm, extra=3, max_num=300)


def line_facts(formset: forms.BaseFormSet[LineForm]) -> list[LineFacts]:
    """Return the lines that were filled in, in the order typed."""
    rows = [line.cleaned_data for line in formset if line.cleaned_data.get("name")]
    return [
        LineFacts(
            subject_kind_id=row["subject_kind"],
            name=row["name"],
            target=row["target"],
            form_id=row["form"],
        )
        for row in rows
    ]


class CompleteGapForm(KeptForm):
    """One thing that is to be completed."""

    part = forms.CharField(
        label=_("Giấy tờ, nội dung"), max_length=200, required=False,
        help_text=_("Ví dụ: Kế hoạch phát động."),
    )  # fmt: skip
    what = forms.CharField(label=_("Cần hoàn thiện"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for both part and need of a line that was begun."""
        cleaned = super().clean()
        begun = any(cleaned.get(name) for name in self.fields)
        for name in ("part", "what"):
            if begun and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Dòng này còn thiếu nội dung."))
        return cleaned


CompleteGaps: Any = forms.formset_factory(CompleteGapForm, extra=3, max_num=30)


def gap_facts(formset: forms.BaseFormSet[CompleteGapForm]) -> list[GapFacts]:
    """Return the gaps that were filled in."""
    rows = [line.cleaned_data for line in formset if line.cleaned_data.get("what")]
    return [GapFacts(row["part"], row["what"]) for row in rows]


class GapAnswerForm(KeptForm):
    """What the unit did about one gap; the page shows the gap above it."""

    gap = forms.IntegerField(widget=forms.HiddenInput)
    answer = long_text(_("Đã hoàn thiện"), rows=2, max_length=1000)


GapAnswers: Any = forms.formset_factory(GapAnswerForm, extra=0)
