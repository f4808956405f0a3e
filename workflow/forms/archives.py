"""Forms of handing dossiers to the archive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, day_field
from workflow.models import Dossier
from workflow.papers.archive import Handed

MOST_SHEETS = 100_000


class DrawUpForm(KeptForm):
    """To whom the dossiers go, how they are packed, and the sheets of each."""

    body = forms.CharField(
        label=_("Bên nhận (Lưu trữ cơ quan)"),
        max_length=250,
        help_text=_("Ví dụ: Lưu trữ Văn phòng Ủy ban nhân dân tỉnh."),
    )
    name = forms.CharField(label=_("Người nhận"), max_length=120, required=False)
    position = forms.CharField(label=_("Chức vụ người nhận"), max_length=200, required=False)
    boxes = forms.IntegerField(
        label=_("Số hộp (cặp)"), min_value=1, max_value=10_000, required=False
    )
    metres = forms.CharField(
        label=_("Quy ra mét giá"),
        max_length=20,
        required=False,
        help_text=_("Để trống thì in chỗ chấm để ghi tay."),
    )
    condition = forms.CharField(
        label=_("Tình trạng tài liệu giao nộp"), max_length=250, required=False
    )
    electronic = forms.BooleanField(label=_("Nộp cả hồ sơ điện tử"), required=False)

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], **kwargs: Any) -> None:
        """Take the dossiers; each gets a field for the count of its sheets."""
        super().__init__(*args, **kwargs)
        self.dossiers = list(dossiers)
        for dossier in self.dossiers:
            self.fields[f"sheets_{dossier.pk}"] = forms.IntegerField(
                label=dossier.code, min_value=1, max_value=MOST_SHEETS, required=False
            )

    def facts(self) -> Handed:
        """Return what the service takes, of a valid form."""
        said = self.cleaned_data
        names = ("body", "name", "position", "boxes", "metres", "condition", "electronic")
        return Handed(**{name: said[name] for name in names})

    def sheets(self) -> dict[UUID, int]:
        """Return the sheets of those that were counted."""
        counted = {row.pk: self.cleaned_data[f"sheets_{row.pk}"] for row in self.dossiers}
        return {key: count for key, count in counted.items() if count}

    def packing_fields(self) -> list[forms.BoundField]:
        """Return the fields about all dossiers."""
        return [field for field in self if not field.name.startswith("sheets_")]

    def sheet_fields(self) -> list[tuple[Dossier, forms.BoundField]]:
        """Return the dossiers, each with its field."""
        return [(row, self[f"sheets_{row.pk}"]) for row in self.dossiers]


class ReceivedForm(KeptForm):
    """On which day the archive took them."""

    received_on = day_field(_("Ngày giao nhận"))


class CancelForm(KeptForm):
    """Why a list is given up."""

    reason = forms.CharField(label=_("Lý do hủy"), max_length=500)
