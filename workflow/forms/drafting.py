"""Forms of the unit that proposes: a nomination, its past awards, the unit's own meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Kind
from workflow.forms.base import KeptForm, day_field, long_text
from workflow.models import Nomination, Nominee
from workflow.pages.offers import Choices, Offers
from workflow.services.importing import Upload
from workflow.services.nominees import NominationFacts, NomineeFacts


class NominationForm(KeptForm):
    """Who is nominated, for which award, and for what; the kind follows from the subject kind."""

    unit = forms.TypedChoiceField(label=_("Đơn vị đề nghị"), coerce=UUID)
    award_item = forms.TypedChoiceField(label=_("Hình thức khen thưởng"), coerce=UUID)
    subject_kind = forms.TypedChoiceField(label=_("Đối tượng"), coerce=UUID)
    field = forms.TypedChoiceField(
        label=_("Lĩnh vực ưu tiên"),
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text=_("Chỉ với phong trào có nêu lĩnh vực ưu tiên; in trong danh sách đề nghị."),
    )
    name = forms.CharField(
        label=_("Tên"),
        max_length=250,
        help_text=_("Họ và tên cá nhân, hoặc tên đầy đủ của tập thể, hộ gia đình."),
    )
    birth_date = day_field(_("Ngày sinh"), required=False, help_text=_("Chỉ với cá nhân."))
    gender = forms.ChoiceField(
        label=_("Giới tính"),
        required=False,
        choices=[("", "—"), ("male", _("Nam")), ("female", _("Nữ"))],
        help_text=_("Chỉ với cá nhân."),
    )
    position = forms.CharField(label=_("Chức vụ"), max_length=250, required=False)
    workplace = forms.CharField(label=_("Đơn vị công tác"), max_length=250, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250, required=False)
    summary = forms.CharField(
        label=_("Tóm tắt thành tích"),
        max_length=500,
        required=False,
        help_text=_("Một câu, in trong danh sách kèm tờ trình."),
    )
    achievement = long_text(
        _("Thành tích"),
        rows=10,
        max_length=20000,
        required=False,
        help_text=_("Cần có trước khi chuyển thủ trưởng ký; in trong báo cáo thành tích."),
    )

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = offers.kinds
        self._offer("unit", offers.units)
        self._offer("award_item", offers.items)
        self._offer("subject_kind", offers.subjects)
        if offers.fields:
            self._offer("field", [("", "—"), *offers.fields])
        else:
            del self.fields["field"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        alone = len(choices) == 1 or (choices and not choices[0][0])
        field.choices = list(choices) if alone else [("", "—"), *choices]

    @staticmethod
    def initial_of(known: Nomination) -> dict[str, Any]:
        """Return the first values of the form for a draft that is edited."""
        nominee = known.nominee
        return {
            "unit": known.dossier.unit_id,
            "award_item": known.award_item_id,
            "subject_kind": known.subject_kind_id,
            "field": known.field_id,
            "name": nominee.name,
            "birth_date": nominee.birth_date,
            "gender": nominee.gender,
            "position": nominee.position,
            "workplace": nominee.workplace,
            "address": nominee.address,
            "summary": known.summary,
            "achievement": known.achievement,
        }

    def facts(
        self, past_awards: Sequence[dict[str, str]], known: Nominee | None = None
    ) -> NominationFacts:
        """Return the facts of a valid form; `known` keeps its link to a unit or a person."""
        data = self.cleaned_data
        nominee = NomineeFacts(
            kind=Kind(self.kinds[data["subject_kind"]]),
            name=data["name"],
            birth_date=data["birth_date"],
            gender=data["gender"],
            position=data["position"],
            workplace=data["workplace"],
            address=data["address"],
            unit_id=known.unit_id if known else None,
            user_id=known.user_id if known else None,
        )
        return NominationFacts(
            nominee=nominee,
            award_item_id=data["award_item"],
            subject_kind_id=data["subject_kind"],
            field_id=data.get("field"),
            summary=data["summary"],
            achievement=data["achievement"],
            past_awards=tuple(past_awards),
        )


class PastAwardForm(KeptForm):
    """One line of the report's table of earlier awards; an empty line is no line."""

    year = forms.IntegerField(label=_("Năm"), min_value=1945, max_value=2100, required=False)
    form = forms.CharField(label=_("Hình thức khen thưởng"), max_length=250, required=False)
    decision = forms.CharField(
        label=_("Số, ngày, cơ quan ban hành quyết định"), max_length=250, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the year and the form of a line that was begun."""
        cleaned = super().clean()
        begun = any(cleaned.get(name) for name in self.fields)
        for name in ("year", "form"):
            if begun and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Dòng này còn thiếu nội dung."))
        return cleaned


PastAwards = forms.formset_factory(PastAwardForm, extra=2, max_num=30)


def past_award_rows(formset: forms.BaseFormSet[PastAwardForm]) -> list[dict[str, str]]:
    """Return the lines that were filled in, as text, in the order typed."""
    rows = [line.cleaned_data for line in formset if line.cleaned_data.get("form")]
    return [
        {name: str(row.get(name) or "") for name in ("year", "form", "decision")} for row in rows
    ]


class NomineeListForm(KeptForm):
    """A list of nominees as a sheet, for one unit and one occasion."""

    unit = forms.TypedChoiceField(label=_("Đơn vị đề nghị"), coerce=UUID)
    occasion = forms.TypedChoiceField(label=_("Đợt xét"), coerce=UUID)
    sheet = forms.FileField(
        label=_("Tệp danh sách (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Tiêu đề cột đứng ở dòng nào cũng được; các dòng phía trên được bỏ qua."),
    )

    def __init__(self, *args: Any, units: Choices, occasions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {"unit": units, "occasion": occasions}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = list(choices)

    def upload(self) -> Upload:
        """Return the workbook of a valid form as the importing service takes it."""
        sheet = self.cleaned_data["sheet"]
        return Upload(name=sheet.name, content=sheet.read())
