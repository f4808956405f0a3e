"""Forms of the template studio: a .docx that somebody edited, and what it changes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, long_text


class TemplateUploadForm(KeptForm):
    """A template edited in Word. ``kept``: a file is at hand already, so none has to be chosen."""

    paper = forms.FileField(
        label=_("Tệp mẫu đã sửa (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("Tệp được kiểm tra trước; còn lỗi thì không có gì được ghi."),
    )
    note = long_text(
        _("Nội dung sửa đổi"),
        rows=2,
        max_length=1000,
        help_text=_("Ví dụ: thêm nơi nhận, sửa lời mở đầu. Lưu cùng bản này và trong nhật ký."),
    )

    def __init__(self, *args: object, kept: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["paper"].required = not kept


class FieldSearchForm(KeptForm):
    """What to look for among the fields of all templates."""

    q = forms.CharField(label=_("Tìm trường"), required=False, max_length=100)
    template = forms.ChoiceField(label=_("Mẫu"), required=False)

    def __init__(self, *args: object, templates: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Tất cả các mẫu")), *templates]
