"""Forms of the yearly sheets: the unit's figures, the department's check, the call for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import How
from documents.charts import number_text
from workflow.figure_states import FigureState
from workflow.figure_tables import SheetRow
from workflow.forms.base import KeptForm, day_field, long_text
from workflow.models import Figure
from workflow.papers.period import WRITTEN
from workflow.services.figure_checks import Checked
from workflow.services.figures import Given
from workflow.services.importing import Upload
from workflow.sheet_lines import SheetLine

_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NUMBER = re.compile(r"\d+([.,]\d+)?")
_MARKS = {"1": _("Có"), "0": _("Không")}


class NumberField(forms.CharField):
    """A number as people type it: 61,5 or 61.5; “1.234” can be read in two ways and is asked back."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return a Decimal, or None for nothing."""
        text = str(super().clean(value)).replace(" ", "").removesuffix("%")
        if not text:
            return None
        if _AMBIGUOUS.fullmatch(text):
            message = _(
                "Số này đọc được hai cách: hãy bỏ dấu ngăn hàng nghìn, hoặc thêm số 0 ở cuối."
            )
            raise forms.ValidationError(message)
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Hãy nhập một số, ví dụ 61,5."))
        return Decimal(text.replace(",", "."))


def typed(number: Decimal | None) -> str:
    """Return a number as a field shows it to be typed over, and takes it back."""
    text = "" if number is None else number_text(number).replace(".", "")
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text


@dataclass(frozen=True)
class FormRow:
    """One line of a form: what it is about, and its fields."""

    row: SheetRow
    fields: Sequence[forms.BoundField]


class _SheetForm(KeptForm):
    """A form with a few fields for each of some lines of a sheet."""

    def __init__(self, *args: Any, rows: Iterable[SheetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet_rows = list(rows)
        for row in self.sheet_rows:
            for name, field in self.fields_for(row).items():
                field.widget.attrs["aria-label"] = f"{field.label}: {row.line.name}"
                self.fields[f"{name}-{row.line.key}"] = field

    def fields_for(self, row: SheetRow) -> dict[str, forms.Field]:
        """Return the fields of one line, by name."""
        raise NotImplementedError

    @property
    def form_rows(self) -> list[FormRow]:
        """Return the lines with their fields, in the order of the sheet."""
        names = [name for name in self.fields if "-" in name]
        return [
            FormRow(row, [self[name] for name in names if name.endswith(f"-{row.line.key}")])
            for row in self.sheet_rows
        ]

    def of(self, name: str, line: SheetLine) -> Any:
        """Return the cleaned value of one field of a line."""
        return self.cleaned_data[f"{name}-{line.key}"]


class FiguresForm(_SheetForm):
    """The unit's figures: value, note and evidence for each line that is open.

    women  the share of women is asked for as well
    """

    women_percent = NumberField(
        label=_("Tỷ lệ nữ trong tập thể (%)"),
        help_text=_("Chỉ dùng để phân thứ hạng khi bằng điểm; để trống nếu chưa thống kê."),
    )

    def __init__(self, *args: Any, women: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not women:
            del self.fields["women_percent"]

    def fields_for(self, row: SheetRow) -> dict[str, forms.Field]:
        """Return value, note and evidence."""
        figure = row.figure
        return {
            "value": _value_field(row.line, figure),
            "note": forms.CharField(
                label=_("Ghi chú, nguồn số liệu"),
                max_length=500,
                required=False,
                initial=figure.note if figure else "",
            ),
            "file": forms.FileField(
                label=_("Minh chứng"),
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg"}),
            ),
        }

    def given(self) -> list[Given]:
        """Return the lines of a valid form."""
        return [self._given(row.line) for row in self.sheet_rows]

    def _given(self, line: SheetLine) -> Given:
        file = self.of("file", line)
        return Given(
            key=line.key,
            value=self.of("value", line),
            note=self.of("note", line),
            evidence=Upload(name=file.name, content=file.read()) if file else None,
        )


def _value_field(line: SheetLine, figure: Figure | None) -> forms.Field:
    value = figure.value if figure else None
    if line.line is not None and line.line.how == How.YES_NO:
        return forms.TypedChoiceField(
            label=_("Giá trị"),
            choices=[("", "—"), *_MARKS.items()],
            coerce=Decimal,
            empty_value=None,
            required=False,
            initial="" if value is None else f"{value:.0f}",
        )
    return NumberField(label=_("Giá trị"), initial=typed(value))


class CheckForm(_SheetForm):
    """The department's check: outcome, the value that counts, and why, for each line."""

    def fields_for(self, row: SheetRow) -> dict[str, forms.Field]:
        """Return outcome, value and reason."""
        figure = row.figure
        outcomes = [
            (state.value, state.label) for state in FigureState if state != FigureState.ENTERED
        ]
        state = figure.state if figure and figure.state != FigureState.ENTERED else ""
        return {
            "outcome": forms.ChoiceField(
                label=_("Kết quả"),
                choices=[("", "—"), *outcomes],
                required=False,
                initial=state,
            ),
            "value": NumberField(
                label=_("Giá trị điều chỉnh"),
                initial=typed(figure.checked_value if figure else None),
            ),
            "reason": forms.CharField(
                label=_("Lý do"),
                max_length=500,
                required=False,
                initial=figure.reason if figure else "",
            ),
        }

    accept_rest = forms.BooleanField(
        label=_("Chấp nhận mọi dòng chưa chọn kết quả"), required=False
    )

    def checks(self) -> list[Checked]:
        """Return what was said of each line of a valid form; lines left open are left out."""
        rest = FigureState.ACCEPTED if self.cleaned_data["accept_rest"] else None
        found = []
        for row in self.sheet_rows:
            chosen = self.of("outcome", row.line)
            outcome = FigureState(chosen) if chosen else rest
            if outcome is not None:
                value, reason = self.of("value", row.line), self.of("reason", row.line)
                found.append(Checked(row.line.key, outcome, value, reason))
        return found


class CallForm(KeptForm):
    """Asking units for their figures of the page's year."""

    due_on = day_field(_("Hạn gửi"))
    units = forms.TypedMultipleChoiceField(
        label=_("Đơn vị"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Đơn vị đã được yêu cầu trước đây giữ nguyên bảng số liệu của mình."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(pk), name) for pk, name in units]


class YearlyReportForm(KeptForm):
    """What the yearly report is to hold besides the tables."""

    charted = forms.MultipleChoiceField(
        label=_("In biểu đồ của các đơn vị thuộc nhóm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mỗi đơn vị chiếm từ một đến bốn trang phụ lục."),
    )
    proposals = long_text(
        _("Kiến nghị, đề xuất"),
        required=False,
        max_length=4000,
        help_text=_("Mỗi dòng một ý; để trống thì báo cáo không có mục này."),
    )

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["charted"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = list(groups)


class PeriodReportForm(KeptForm):
    """Which report on the movement, of which years, and what people write in it."""

    key = forms.ChoiceField(
        label=_("Báo cáo"),
        choices=[
            ("bao_cao_so_ket", _("Sơ kết phong trào")),
            ("bao_cao_tong_ket", _("Tổng kết phong trào")),
        ],
    )
    first = forms.TypedChoiceField(label=_("Từ năm"), coerce=int)
    last = forms.TypedChoiceField(label=_("Đến năm"), coerce=int)
    trien_khai = long_text(
        _("Công tác chỉ đạo, tổ chức triển khai"),
        required=False,
        max_length=8000,
        help_text=_("Mỗi dòng một đoạn; mục để trống thì in chỗ chấm để viết tay."),
    )
    han_che = long_text(_("Hạn chế, nguyên nhân"), required=False, max_length=8000)
    bai_hoc = long_text(
        _("Bài học kinh nghiệm"),
        required=False,
        max_length=8000,
        help_text=_("Chỉ in trong báo cáo tổng kết."),
    )
    phuong_huong = long_text(_("Phương hướng, nhiệm vụ"), required=False, max_length=8000)
    kien_nghi = long_text(_("Kiến nghị, đề xuất"), required=False, max_length=4000)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
            field.choices = [(year, str(year)) for year in years]

    def written(self) -> dict[str, list[str]]:
        """Return what was written, by section, of a valid form."""
        return {name: self.cleaned_data[name].splitlines() for name in WRITTEN}
