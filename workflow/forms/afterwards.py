"""Forms of what is done after a decision: taking back, noting what came back, mending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, day_field, long_text
from workflow.forms.reviewing import CentralResultForm
from workflow.models import Ground, MendedFact, Mending, ReissueReason
from workflow.services.certificates import HandOver
from workflow.services.correcting import CorrectionFacts
from workflow.services.revoking import RevocationFacts


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, **options)


class RevokeForm(KeptForm):
    """Why awards are taken back, and what the decision that does says."""

    ground = forms.ChoiceField(
        label=_("Trường hợp (Luật Thi đua, khen thưởng 2022, Điều 93, khoản 2)"),
        choices=Ground.choices,
    )
    reason = long_text(_("Lý do"), rows=3, max_length=1000)
    finding = _line(
        _("Căn cứ kết luận"),
        max_length=500,
        help_text=_("Kết luận, quyết định hoặc bản án: số, ngày, cơ quan. In sau chữ “theo”."),
    )
    items = _line(
        _("Hiện vật phải thu hồi"),
        max_length=250,
        required=False,
        help_text=_("Bằng, huy hiệu… Tiền thưởng được nêu sẵn theo quyết định khen thưởng."),
    )
    to = _line(_("Nơi nhận lại"), max_length=250)
    proposed = _line(
        _("Theo đề nghị của"),
        max_length=500,
        required=False,
        help_text=_("Cơ quan đề nghị, số và ngày tờ trình; để trống thì không in dòng này."),
    )
    carried_out_by = _line(_("Người chịu trách nhiệm thi hành"), max_length=500)

    def facts(self) -> RevocationFacts:
        """Return what the revoking services take, of a valid form."""
        given = {name: self.cleaned_data[name] for name in self.fields if name != "ground"}
        return RevocationFacts(ground=Ground(self.cleaned_data["ground"]), **given)


class RecordRevocationForm(CentralResultForm):
    """The paper by which the centre took an award back, and why."""

    ground = forms.ChoiceField(label=RevokeForm.base_fields["ground"].label, choices=Ground.choices)
    reason = long_text(_("Lý do"), rows=3, max_length=1000)
    finding = _line(_("Căn cứ kết luận"), max_length=500)
    items = _line(_("Hiện vật phải thu hồi"), max_length=250, required=False)

    def why(self) -> RevocationFacts:
        """Return what the recording service takes besides the paper, of a valid form."""
        given = {name: self.cleaned_data[name] for name in ("reason", "finding", "items")}
        return RevocationFacts(ground=Ground(self.cleaned_data["ground"]), **given)


class ReturnNoteForm(KeptForm):
    """On which days what was given came back."""

    money_on = day_field(_("Ngày nhận lại tiền thưởng"), required=False)
    items_on = day_field(_("Ngày nhận lại hiện vật"), required=False)


class HandOverForm(KeptForm):
    """Who took certificates, and when."""

    to = _line(
        _("Người nhận bằng"),
        max_length=120,
        help_text=_("Họ tên người ký nhận; nhận thay thì ghi rõ."),
    )
    on = day_field(_("Ngày trao"))

    def facts(self) -> HandOver:
        """Return what the handing-out service takes, of a valid form."""
        return HandOver(to=self.cleaned_data["to"], on=self.cleaned_data["on"])


class ReissueForm(KeptForm):
    """Why a certificate is given anew."""

    why = forms.ChoiceField(label=_("Cấp lại hay cấp đổi"), choices=ReissueReason.choices)
    reason = long_text(_("Lý do"), rows=2, max_length=1000)


class CorrectForm(KeptForm):
    """What is wrong in an issued decision, and what it should say."""

    mending = forms.ChoiceField(
        label=_("Sai ở đâu"),
        choices=Mending.choices,
        help_text=_("Nghị định 30/2020/NĐ-CP, Điều 18, khoản 3."),
    )
    fact = forms.ChoiceField(
        label=_("Nội dung sai của đối tượng"),
        choices=[("", "—"), *MendedFact.choices],
        required=False,
        help_text=_("Khi sai nội dung. Nội dung đang ghi được lấy từ đề nghị."),
    )
    place = _line(
        _("Chỗ được đính chính"),
        max_length=250,
        required=False,
        help_text=_("Khi sai thể thức, ví dụ: số thứ tự của danh sách."),
    )
    before = _line(_("Đã in"), max_length=500, required=False, help_text=_("Khi sai thể thức."))
    after = _line(
        _("Sửa lại là"), max_length=500, help_text=_("Ngày sinh ghi dạng ngày/tháng/năm.")
    )
    reason = long_text(_("Lý do"), rows=2, max_length=1000)
    proposed = _line(_("Theo đề nghị của"), max_length=500, required=False)
    carried_out_by = _line(
        _("Người chịu trách nhiệm thi hành"),
        max_length=500,
        required=False,
        help_text=_("Khi sai nội dung."),
    )

    def clean(self) -> dict[str, Any]:
        """Return what was typed, a birth date in one spelling."""
        cleaned = super().clean()
        if cleaned.get("fact") == MendedFact.BIRTH_DATE and cleaned.get("after"):
            try:
                day = day_field("").clean(cleaned["after"])
            except forms.ValidationError as error:
                self.add_error("after", error)
            else:
                cleaned["after"] = day.isoformat()
        return cleaned

    def facts(self) -> CorrectionFacts:
        """Return what the correcting service takes, of a valid form."""
        said = dict(self.cleaned_data)
        fact = said.pop("fact")
        mending = Mending(said.pop("mending"))
        return CorrectionFacts(mending=mending, fact=MendedFact(fact) if fact else None, **said)
