"""A book of the register as it is printed and bound."""

from __future__ import annotations

import io
from datetime import date

import pikepdf

from documents.queries import RegisterLine
from documents.reading import pdf_pages_text
from documents.register_book import HEADS, BookFacts, book_pdf

FACTS = BookFacts("UBND tỉnh Kiên Giang", "Sở Y tế", "TTr", 2023)


def line(number: int, **changes: object) -> RegisterLine:
    given: dict[str, object] = {
        "notation": f"{number:02d}/TTr-SYT",
        "issued_on": date(2023, 3, 1),
        "subject": f"Tờ trình <b> & số {number}",
        "signer_name": "Võ Minh Trung",
        "recipients": "- UBND tỉnh;\n- Sở Nội vụ.",
        "archived_by": "Văn thư",
        "copies": 0,
        "sent_on": date(2023, 3, 2),
        "received": "",
        "note": "",
    }
    return RegisterLine(**{**given, **changes})  # type: ignore[arg-type]


def words(page: str) -> str:
    return " ".join(page.split())


def test_book_has_cover_and_ten_columns_on_every_page_of_lines() -> None:
    pages = [
        words(page) for page in pdf_pages_text(book_pdf(FACTS, [line(n) for n in range(1, 61)]))
    ]
    cover = pages[0]
    for said in ("SỞ Y TẾ", "UBND TỈNH KIÊN GIANG", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 2023",
                 "Từ số 01/TTr-SYT đến số 60/TTr-SYT", "Từ ngày 01/03/2023"):  # fmt: skip
        assert said in cover
    assert len(pages) > 2
    for number, page in enumerate(pages[1:], 1):
        assert page.startswith(f"{number} ") or f" {number} " in page
        assert all(head in page for head in ("Người ký", "Ký nhận", "Ghi chú", "(10)"))
    body = " ".join(pages[1:])
    assert body.count("Tờ trình <b> & số") == 60
    assert "02/03/2023" in body
    assert len(HEADS) == 10


def test_what_is_not_known_is_left_empty_and_an_empty_book_is_a_book() -> None:
    empty = line(1, copies=None, sent_on=None, recipients="", signer_name="")
    assert "None" not in " ".join(pdf_pages_text(book_pdf(FACTS, [empty])))
    assert "Từ số" not in pdf_pages_text(book_pdf(FACTS, []))[0]


def test_same_lines_give_the_same_bytes_on_landscape_a4() -> None:
    content = book_pdf(FACTS, [line(1)])
    assert content == book_pdf(FACTS, [line(1)])
    with pikepdf.open(io.BytesIO(content)) as book:
        assert [round(float(side)) for side in book.pages[1].mediabox[2:]] == [842, 595]
