"""manage.py check_format: what it prints, what it returns, what it refuses; and the guarded way."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from documents.errors import DocxUnreadableError, PdfDamagedError
from documents.format30 import Finding, Place, check_docx, check_pdf, mend_docx, pack
from documents.format30.wording import words_of
from tests.format30 import letter


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "to-trinh.docx"
    path.write_bytes(letter(SoKyHieu={"text": "Số: 5/TTr-SNV"}))
    return path


def test_right_paper_prints_the_rule_pack_and_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dung.docx"
    path.write_bytes(letter())

    call_command("check_format", path)

    head, last = capsys.readouterr().out.splitlines()
    assert head.startswith("Nghị định số 30/2020/NĐ-CP")
    assert last == "dung.docx: 0 lỗi thể thức."


def test_fault_is_printed_with_rule_place_and_both_states(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("check_format", broken)

    line = capsys.readouterr().out.splitlines()[1]
    assert ended.value.code == 1
    assert line == (
        "to-trinh.docx\tC05 Số, ký hiệu\tbảng 1, hàng 2, cột 1, “Số: 5/TTr-SNV”\t"
        "“Số: 5/TTr-SNV” → “Số: 05/TTr-SNV” [sửa được]\t(Phụ lục I, Phần I, II.3.c)"
    )


def test_mended_copy_lies_beside_and_the_file_is_as_it_was(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = broken.read_bytes()

    with pytest.raises(SystemExit):
        call_command("check_format", broken, "--mend")

    assert broken.read_bytes() == before
    assert check_docx(broken.with_suffix(".sua.docx").read_bytes()) == []
    assert "to-trinh.sua.docx: còn 0 lỗi thể thức." in capsys.readouterr().out


def test_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_format", tmp_path / "khong-co.docx")


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anh.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)

    with pytest.raises(CommandError, match=r"anh\.docx"):
        call_command("check_format", path)


def test_damaged_files_are_refused_by_their_codes() -> None:
    with pytest.raises(DocxUnreadableError):
        check_docx(b"PK\x03\x04 not a zip")
    with pytest.raises(DocxUnreadableError):
        mend_docx(b"")
    with pytest.raises(PdfDamagedError):
        check_pdf(b"%PDF-1.7 broken")


def test_guarded_check_and_mend_agree_with_each_other() -> None:
    paper = letter(HoTen={"text": "PGS. TS. Đặng Thị Huỳnh Như"}, page={"left": 20})

    findings = check_docx(paper)

    assert [found.rule for found in findings] == ["P02", "P02", "C17"]
    assert check_docx(mend_docx(paper)) == []
    assert mend_docx(paper) == mend_docx(paper)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_a_title_and_a_source(language: str) -> None:
    with translation.override(language):
        rules = pack().rules

    assert list(rules) == [*(f"P0{n}" for n in range(1, 5)), *(f"C{n:02}" for n in range(1, 29))]
    assert all(rule.title and rule.source for rule in rules.values())


def test_pack_that_does_not_ship_is_no_pack() -> None:
    with pytest.raises(KeyError):
        pack("../../../etc/passwd")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), "cả văn bản"),
        (Place(page=2, text="Số: 5"), "trang 2, “Số: 5”"),
        (Place("word/document.xml", 7, text="Điều 1:"), "đoạn 8, “Điều 1:”"),
        (Place("word/document.xml", 7, "1.2.3"), "bảng 1, hàng 2, cột 3"),
    ],
)
def test_place_reads_as_a_person_says_it(place: Place, words: str) -> None:
    assert str(place) == words


def test_decimals_are_written_with_a_comma() -> None:
    facts = {"side": "left", "mm": 29.5, "low": 30, "high": 35}

    assert words_of("margin", facts) == ("mép trái 29,5 mm", "mép trái từ 30 đến 35 mm")


def test_finding_is_a_value() -> None:
    one, other = (Finding("C05", Place(text="Số: 5"), "a", "b", mendable=True) for _ in range(2))

    assert one == other
    assert {one} == {other}
