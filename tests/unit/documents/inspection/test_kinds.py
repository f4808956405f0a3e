import pytest

from documents.inspection.kinds import MAX_NAME_CHARS, clean_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Tờ trình.docx", "Tờ trình.docx"),
        ("To\u031b\u0300.docx", "Tờ.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        ("a\u202excod.exe", "axcod.exe"),
        ("a\nb\0.pdf", "ab.pdf"),
        (".docx", "tep.docx"),
        ("", "tep"),
        ("CON", "CON"),
        ('"dấu".pdf', '"dấu".pdf'),
    ],
)
def test_clean_name_keeps_what_can_be_shown(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


def test_clean_name_cuts_the_stem_and_keeps_the_extension() -> None:
    name = clean_name("ữ" * 300 + ".docx")
    assert len(name) <= MAX_NAME_CHARS
    assert name.endswith("ữ.docx")
