"""Letters like those that the product makes, drawn small and fast, and signed, for tests."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

from cryptography.hazmat.primitives import serialization
from reportlab.pdfgen.canvas import Canvas

from signatures.appearance import BOLD, REGULAR, PersonStamp, draw_person, text_width
from signatures.authority import KeyPair, Subject, issue, make_root, revocation_list
from signatures.placement import Box, place_for_person
from signatures.signing import SigningOrder, sign_pdf
from signatures.verification import TrustRoots

NAME = "Nguyễn Thị Ngọc Ánh"
BODY = "Sở Thông tin và Truyền thông tỉnh Kiên Giang"
A4 = (595.0, 842.0)
CENTRE = 420.0
NOON = dt.datetime(2023, 11, 5, 5, 0, tzinfo=dt.UTC)
SENTENCE = "Thực hiện Kế hoạch, đơn vị báo cáo kết quả Chuyển đổi số năm 2023."


class Page:
    """A page being written; coordinates in points from the lower left corner."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        text_width("", REGULAR, 1)  # makes the fonts known
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1)

    def write(self, text: str, x: float, y: float, *, bold: bool = False) -> Page:
        self.canvas.setFont(BOLD if bold else REGULAR, 14)
        self.canvas.drawString(x, y, text)
        return self

    def centred(self, text: str, y: float, *, x: float = CENTRE, bold: bool = True) -> Page:
        return self.write(text, x - text_width(text, BOLD, 14) / 2, y, bold=bold)

    def turn(self) -> Page:
        self.canvas.showPage()
        return self

    def pdf(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def body_text(page: Page, *, lines: int = 12, top: float = 780) -> Page:
    for number in range(lines):
        page.write(SENTENCE, 85, top - 20 * number)
    return page


def letter(name: str = NAME, *, title: str = "GIÁM ĐỐC", gap: float = 90) -> bytes:
    """A one-page letter that ends in title, room for the signature, and name."""
    page = body_text(Page()).write("Nơi nhận:", 85, 400, bold=True)
    return page.centred(title, 400).centred(name, 400 - gap).pdf()


@cache
def root() -> KeyPair:
    return make_root(at=NOON)


@cache
def person() -> KeyPair:
    return issue(root(), Subject(NAME, BODY, "user:1"), at=NOON)


@cache
def seal() -> KeyPair:
    return issue(root(), Subject(BODY, BODY, "unit:stttt"), at=NOON)


def roots(*revoked: KeyPair) -> TrustRoots:
    return TrustRoots(
        (root().certificate.public_bytes(serialization.Encoding.DER),),
        (revocation_list(root(), tuple(pair.certificate for pair in revoked), at=NOON),),
    )


def order(field: str = "KySo1", *, at: dt.datetime = NOON, box: Box | None = None) -> SigningOrder:
    place = box or place_for_person(letter(), NAME)
    picture = draw_person(PersonStamp(NAME, BODY, at), width=place.width, height=place.height)
    return SigningOrder(field, place, picture, at, "Tờ trình", "Rạch Giá")


@cache
def signed_letter() -> bytes:
    """The letter with the person's signature."""
    return sign_pdf(letter(), person(), order())


@cache
def sealed_letter() -> bytes:
    """The letter with the person's signature and, after it, the body's."""
    return sign_pdf(signed_letter(), seal(), order("KySo2", at=NOON + dt.timedelta(minutes=5)))
