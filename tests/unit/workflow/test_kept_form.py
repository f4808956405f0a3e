"""What every form does with what is typed."""

from django import forms

from workflow.forms.base import KeptForm

RETYPE = " Hãy gõ lại hoặc dán dưới dạng văn bản thuần."


class Story(KeptForm):
    name = forms.CharField(label="Họ và tên")
    story = forms.CharField(label="Thành tích", required=False)


def test_text_is_composed_and_trimmed() -> None:
    form = Story({"name": " Thuy\u0309 ", "story": "một\r\nhai\tba"})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Thuỷ", "story": "một\r\nhai\tba"}


def test_character_that_no_paper_can_print_is_told_at_its_field() -> None:
    form = Story({"name": "Nguyễn\u202eVăn", "story": "a\x0bb"})

    assert not form.is_valid()
    assert form.errors == {
        "name": ["“Họ và tên” chứa ký tự điều khiển không in được (U+202E)." + RETYPE],
        "story": ["“Thành tích” chứa ký tự điều khiển không in được (U+000B)." + RETYPE],
    }
