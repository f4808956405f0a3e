"""Forms of those who appraise, return, hold, decide and record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, day_field, long_text
from workflow.models import GapKind
from workflow.pages.judging import Ground
from workflow.papers.province import DecisionFacts
from workflow.services.central import CentralPaper
from workflow.services.returns import GapFacts
from workflow.supplements import SUPPLEMENT_FIELDS

MAX_CLAUSE = 250
FIELD_LENGTHS = {"summary": 500}
"""Of the fields that a return may open; the others hold 250 letters."""


class FindingForm(KeptForm):
    """A finding of the appraising department: what was found, and by which clause."""

    reason = long_text(_("Nhận xét"), max_length=2000)
    clause = forms.CharField(
        label=_("Căn cứ"),
        max_length=MAX_CLAUSE,
        help_text=_("Điều, khoản của kế hoạch hoặc văn bản quy định."),
    )


class IneligibleForm(KeptForm):
    """Why a nomination is not eligible: rules it does not meet, one's own words, or both."""

    rules = forms.MultipleChoiceField(
        label=_("Tiêu chuẩn không đạt"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Đánh dấu thì lý do và căn cứ của tiêu chuẩn đó được ghi vào kết luận."),
    )
    reason = long_text(_("Nhận xét"), max_length=2000, required=False)
    clause = forms.CharField(
        label=_("Căn cứ"),
        max_length=MAX_CLAUSE,
        required=False,
        help_text=_("Điều, khoản của kế hoạch hoặc văn bản quy định."),
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        """Offer the rules not met; without any, ask for reason and clause as of old."""
        super().__init__(*args, **kwargs)
        self.grounds = {ground.rule: ground for ground in grounds}
        rules = self.fields["rules"]
        assert isinstance(rules, forms.MultipleChoiceField)  # noqa: S101 - declared above
        rules.choices = [(one.rule, f"{one.reason} ({one.clause})") for one in grounds]
        if not grounds:
            del self.fields["rules"]
            self.fields["reason"].required = self.fields["clause"].required = True

    def clean(self) -> dict[str, Any]:
        """Ask for reason and clause where no rule gives them, and for a clause short enough."""
        cleaned = super().clean()
        for name in ("reason", "clause"):
            if not self._said(cleaned, name) and name not in self.errors:
                self.add_error(name, _("Hãy nhập, hoặc đánh dấu một tiêu chuẩn không đạt."))
        if len(self._said(cleaned, "clause")) > MAX_CLAUSE:
            self.add_error("clause", _("Căn cứ quá dài: hãy chọn ít tiêu chuẩn hơn."))
        return cleaned

    def _said(self, cleaned: dict[str, Any], name: str) -> str:
        chosen = [getattr(self.grounds[rule], name) for rule in cleaned.get("rules", [])]
        return "; ".join(dict.fromkeys(filter(None, (*chosen, cleaned.get(name, "")))))

    def finding(self) -> tuple[str, str]:
        """Return reason and clause of a valid form."""
        return self._said(self.cleaned_data, "reason"), self._said(self.cleaned_data, "clause")


class ReturnForm(KeptForm):
    """A return for supplement; the gaps stand in their own formset."""

    due_on = day_field(_("Hạn bổ sung"))


class GapForm(KeptForm):
    """One thing that is missing or wrong."""

    part = forms.CharField(
        label=_("Giấy tờ, nội dung"), max_length=200, required=False,
        help_text=_("Ví dụ: Báo cáo thành tích."),
    )  # fmt: skip
    what = forms.CharField(label=_("Cần bổ sung"), max_length=500, required=False)
    clause = forms.CharField(label=_("Căn cứ"), max_length=250, required=False)
    opens = forms.ChoiceField(
        label=_("Mở cho đơn vị sửa"),
        required=False,
        help_text=_("Đơn vị chỉ sửa được những gì được mở ở đây."),
    )

    def __init__(self, *args: Any, criteria: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Offer the fields that can be opened, and the criteria of the nomination."""
        super().__init__(*args, **kwargs)
        field = self.fields["opens"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", _("Giấy tờ: trả lời bằng lời, không mở trường nào")),
            ("clause:", _("Điều khoản: trả lời bằng lời, không mở trường nào")),
            (
                str(GapKind.FIELD.label),
                [(f"field:{name}", label) for name, label in SUPPLEMENT_FIELDS.items()],
            ),
            (
                str(GapKind.CRITERION.label),
                [(f"criterion:{key}", words) for key, words in criteria],
            ),
        ]

    def facts(self) -> GapFacts:
        """Return what the returning service takes, of a valid line."""
        given = self.cleaned_data
        kind, _colon, target = given["opens"].partition(":")
        return GapFacts(
            given["part"], given["what"], given["clause"], GapKind(kind or "paper"), target
        )

    def clean(self) -> dict[str, Any]:
        """Ask for both part and need of a line that was begun."""
        cleaned = super().clean()
        begun = any(cleaned.get(name) for name in self.fields)
        for name in ("part", "what"):
            if begun and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Dòng này còn thiếu nội dung."))
        return cleaned


Gaps: Any = forms.formset_factory(GapForm, extra=3, max_num=30)


class AnswerForm(KeptForm):
    """What the unit did about one gap; the page shows the gap beside it."""

    position = forms.IntegerField(widget=forms.HiddenInput)
    answer = long_text(_("Đã bổ sung"), rows=2, max_length=1000)


Answers: Any = forms.formset_factory(AnswerForm, extra=0)


class HoldForm(KeptForm):
    """Why a nomination waits, and when that is looked at again."""

    reason = long_text(_("Lý do"), max_length=500)
    review_on = day_field(_("Ngày xem lại"))


class SuggestForm(KeptForm):
    """Another form of award for a nomination, why, and by which clause."""

    award_item_id = forms.TypedChoiceField(label=_("Hình thức đề xuất"), coerce=UUID)
    reason = long_text(_("Lý do"), max_length=1000)
    clause = forms.CharField(
        label=_("Căn cứ"),
        max_length=MAX_CLAUSE,
        help_text=_("Điều, khoản của kế hoạch hoặc văn bản quy định."),
    )

    def __init__(self, *args: Any, items: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """Offer the other forms that the occasion has for such a nominee."""
        super().__init__(*args, **kwargs)
        field = self.fields["award_item_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = items


class WithdrawForm(KeptForm):
    """Why a unit withdraws, and by which letter once it was received."""

    reason = long_text(_("Lý do"), max_length=1000)
    letter = forms.CharField(
        label=_("Số, ngày văn bản xin rút"),
        max_length=200,
        required=False,
        help_text=_("Cần có khi hồ sơ đã được tiếp nhận."),
    )


class DecideForm(KeptForm):
    """What a decision says besides its list."""

    achievement = long_text(
        _("Thành tích được khen"),
        rows=3,
        max_length=1000,
        help_text=_("In sau chữ “Đã có thành tích” trong quyết định."),
    )
    funding = forms.CharField(label=_("Nguồn kinh phí"), max_length=500)
    carried_out_by = forms.CharField(label=_("Người chịu trách nhiệm thi hành"), max_length=500)

    def facts(self) -> DecisionFacts:
        """Return what the deciding service takes, of a valid form."""
        return DecisionFacts(**{name: self.cleaned_data[name] for name in self.fields})


class ResubmitForm(KeptForm):
    """The fields that the return opened, as they now read; the answers stand in their formset."""

    def __init__(self, *args: Any, opened: Sequence[str], **kwargs: Any) -> None:
        """Show what was asked for and nothing else."""
        super().__init__(*args, **kwargs)
        for name in opened:
            label = str(SUPPLEMENT_FIELDS[name])
            self.fields[name] = (
                long_text(
                    label,
                    rows=10,
                    max_length=20000,
                    required=False,
                    help_text=_("Sửa ở đây thì báo cáo thành tích được tạo lại; bản cũ vẫn giữ."),
                )
                if name == "achievement"
                else forms.CharField(
                    label=label, max_length=FIELD_LENGTHS.get(name, 250), required=False
                )
            )


class CentralResultForm(KeptForm):
    """The decision of the centre as it arrived: its facts, and its scan where there is one."""

    notation = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = day_field(_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=250)
    paper = forms.FileField(
        label=_("Bản chụp văn bản (.pdf)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=_("Nếu biểu mẫu bị trả lại, cần chọn lại tệp."),
    )

    def facts(self) -> CentralPaper:
        """Return what the recording service takes, of a valid form."""
        upload = self.cleaned_data["paper"]
        return CentralPaper(
            notation=self.cleaned_data["notation"],
            issued_on=self.cleaned_data["issued_on"],
            issuer=self.cleaned_data["issuer"],
            name=upload.name if upload else "",
            content=upload.read() if upload else b"",
        )
