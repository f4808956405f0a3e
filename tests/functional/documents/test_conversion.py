import os
import threading
from pathlib import Path

import pytest

from documents.conversion import (
    close_converter,
    convert_to_pdf,
    converter,
    converter_build,
    converter_pid,
    self_test,
)
from documents.conversion.converter import Converter
from documents.errors import (
    ConverterMissingError,
    ConvertFailedError,
    FileRefusedError,
    RenderMismatchError,
)
from documents.reading import pdf_text
from tests.files import docx_of, with_link
from tests.processes import alive, named, until

pytestmark = [pytest.mark.soffice, pytest.mark.long]
NAME = "Đặng Thị Thuý Phượng – Đắk Lắk: ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỵỷỹ"


def test_pdf_holds_the_text_and_only_embedded_vietnamese_fonts() -> None:
    result = convert_to_pdf(docx_of(NAME, "hai " * 1200), must_contain=[NAME])
    assert result.content.startswith(b"%PDF-1.")
    assert result.pages == result.text.count("\f") + 1 == 2
    assert NAME in " ".join(result.text.split())
    assert NAME in " ".join(pdf_text(result.content).split())
    assert b"LiberationSerif" in result.content
    assert b"Noto" not in result.content
    assert converter_build().startswith("7.")


def test_same_document_gives_the_same_bytes_from_another_office() -> None:
    first = convert_to_pdf(docx_of(NAME)).content
    close_converter()
    assert convert_to_pdf(docx_of(NAME)).content == first


def test_text_that_is_not_on_the_pages_is_a_mismatch() -> None:
    with pytest.raises(RenderMismatchError) as caught:
        convert_to_pdf(docx_of(NAME), must_contain=[NAME, "Huỳnh Ngọc Mỹ"])
    assert caught.value.facts == {"value": "Huỳnh Ngọc Mỹ"}


def test_required_text_may_be_broken_over_lines() -> None:
    convert_to_pdf(docx_of(f"{NAME} " * 20), must_contain=[f"{NAME} {NAME}".replace(" ", "\n")])


def test_office_stays_warm_between_documents() -> None:
    convert_to_pdf(docx_of("một"))
    pid = converter_pid()
    convert_to_pdf(docx_of("hai"))
    assert converter_pid() == pid != 0


def test_file_that_is_refused_as_an_upload_is_refused_here() -> None:
    for content in (b"<html></html>", b"", with_link("image", "http://127.0.0.1/")):
        with pytest.raises(FileRefusedError):
            convert_to_pdf(content)


def test_threads_take_turns() -> None:
    texts = [f"văn bản số {n}" for n in range(4)]
    made: dict[str, str] = {}

    def convert(text: str) -> None:
        made[text] = convert_to_pdf(docx_of(text)).text

    threads = [threading.Thread(target=convert, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {text: text for text in texts}


def test_office_outlives_the_thread_that_started_it() -> None:
    close_converter()
    thread = threading.Thread(target=convert_to_pdf, args=(docx_of("a"),))
    thread.start()
    thread.join()
    pid = converter_pid()
    convert_to_pdf(docx_of("b"))
    assert converter_pid() == pid


def test_forked_process_starts_its_own_office_and_leaves_the_parents_alone() -> None:
    convert_to_pdf(docx_of("a"))
    pid = converter_pid()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            text = convert_to_pdf(docx_of("con")).text
            own = converter_pid()
            close_converter()
            status = 0 if text == "con" and own != pid else 1
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert convert_to_pdf(docx_of("cha")).text == "cha"
    assert converter_pid() == pid


@pytest.mark.parametrize("limit", ["MAX_DOCUMENTS", "MAX_RSS_KIB"])
def test_office_is_renewed_after_its_limit(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(converter, limit, 1)
    one = Converter()
    one.convert(docx_of("a"), seconds=60)
    assert one.pid() == 0
    assert one.convert(docx_of("b"), seconds=60).startswith(b"%PDF")


def test_closed_converter_leaves_no_process() -> None:
    one = Converter()
    one.convert(docx_of("a"), seconds=60)
    office = named(one.pid(), "soffice.bin")
    assert len(office) == 1
    one.close()
    one.close()
    until(
        lambda: not any(map(alive, office))
    )  # the kernel ends the sandbox's inside a moment later


def test_missing_office_is_told_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "OFFICE", Path("/nowhere/soffice.bin"))
    with pytest.raises(ConverterMissingError) as caught:
        Converter().convert(docx_of("a"), seconds=1)
    assert "apt-get install" in caught.value.next_step


def test_self_test_of_the_real_sandbox_is_quiet() -> None:
    self_test()


def test_file_that_is_no_word_text_makes_no_pdf() -> None:
    one = Converter()
    for content in (b"PK\x03\x04", b"<html><p>x</p></html>"):
        with pytest.raises(ConvertFailedError):
            one.convert(content, seconds=60)
    assert one.convert(docx_of("sau đó"), seconds=60).startswith(b"%PDF")
    one.close()
