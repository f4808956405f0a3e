"""What a changed file looks like: the table of documents that were tampered with."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle

from signatures import signing, verification
from signatures.authority import make_root
from signatures.verification import TrustRoots, problem, verify_pdf
from tests.letters import (
    BODY,
    NAME,
    NOON,
    Page,
    letter,
    order,
    person,
    root,
    roots,
    seal,
    sealed_letter,
    signed_letter,
)

LATER = NOON + dt.timedelta(hours=1)


def codes(content: bytes, trust: TrustRoots | None = None, at: dt.datetime = LATER) -> list[str]:
    return [verdict.code for verdict in verify_pdf(content, trust or roots(), at=at)]


def pdfsig(content: bytes, folder: Path) -> str:
    """What Debian's own checker says."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
    return done.stdout


def appended(content: bytes, kind: str) -> bytes:
    """The file with a change put after its signed bytes, which stay as they are."""
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    if kind == "page":
        cover = Page().canvas
        cover.rect(100, 500, 200, 60, fill=1)
        page = PdfReader(io.BytesIO(cover.getpdfdata())).pages[0]
        writer.pages[0].merge_page(page)
    elif kind == "note":
        writer.add_annotation(0, Rectangle((100, 500, 300, 560)))
    else:
        writer.add_metadata({"/Title": "khác"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_letter_signed_and_sealed_holds_both_signatures() -> None:
    first, second = verify_pdf(sealed_letter(), roots(), at=LATER)
    assert (first.signer, first.valid, first.covers_whole) == (NAME, True, False)
    assert (second.signer, second.valid, second.covers_whole) == (BODY, True, True)
    assert first.fingerprint == person().fingerprint
    assert first.signed_at == NOON
    assert first.code == second.code == "SIGNATURE_VALID"
    assert first.sentence_vi == (
        "Chữ ký của Nguyễn Thị Ngọc Ánh hợp lệ, ký lúc 05/11/2023 12:00:00 +07:00."
    )
    assert problem([first, second]) == ""


def test_result_is_told_in_vietnamese_whatever_the_page_s_language() -> None:
    with translation.override("en"):
        (verdict,) = verify_pdf(signed_letter(), roots(), at=LATER)
    assert verdict.sentence_vi.startswith("Chữ ký của Nguyễn Thị Ngọc Ánh hợp lệ")


def test_each_signature_keeps_the_bytes_before_it() -> None:
    assert signed_letter().startswith(letter())
    assert sealed_letter().startswith(signed_letter())


def test_pdfsig_agrees_on_good_files(tmp_path: Path) -> None:
    said = pdfsig(sealed_letter(), tmp_path)
    assert said.count("Signature is Valid.") == 2
    assert said.count("Signing Hash Algorithm: SHA-256") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert said.count("Total document signed") == 1
    assert f"Signer Certificate Common Name: {NAME}" in said


def test_unsigned_file_gives_no_verdict() -> None:
    assert codes(letter()) == []


def test_byte_flipped_in_signed_range_is_broken(tmp_path: Path) -> None:
    content = signed_letter()
    place = content.index(b"/MediaBox [") + len(b"/MediaBox [ 0 0 5")
    changed = content[:place] + b"8" + content[place + 1 :]
    assert codes(content) == ["SIGNATURE_VALID"]
    assert changed != content
    assert codes(changed) == ["SIGNATURE_BROKEN"]
    assert "Digest Mismatch" in pdfsig(changed, tmp_path)


@pytest.mark.parametrize("kind", ["page", "note"])
def test_page_changed_by_appending_is_broken_though_pdfsig_says_valid(
    kind: str, tmp_path: Path
) -> None:
    changed = appended(signed_letter(), kind)
    assert changed.startswith(signed_letter())
    (verdict,) = verify_pdf(changed, roots(), at=LATER)
    assert verdict.code == "SIGNATURE_BROKEN"
    assert not verdict.valid
    assert verdict.sentence_vi == "Văn bản bị sửa sau khi Nguyễn Thị Ngọc Ánh ký."
    assert "Signature is Valid." in pdfsig(changed, tmp_path)


def test_without_the_comparison_of_revisions_the_changed_page_would_pass() -> None:
    changed = appended(signed_letter(), "page")
    (signature,) = PdfFileReader(io.BytesIO(changed)).embedded_regular_signatures
    context = verification._context(roots(), LATER)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert not status.bottom_line


def test_page_changed_between_signature_and_seal_breaks_the_signature_only() -> None:
    changed = appended(signed_letter(), "page")
    both = signing.sign_pdf(changed, seal(), order("KySo2"))
    assert codes(both) == ["SIGNATURE_BROKEN", "SIGNATURE_VALID"]


@pytest.mark.parametrize("tail", [b"\n% more\n", None])
def test_what_changes_nothing_visible_is_accepted_but_not_whole(tail: bytes | None) -> None:
    changed = signed_letter() + tail if tail else appended(signed_letter(), "info")
    (verdict,) = verify_pdf(changed, roots(), at=LATER)
    assert (verdict.code, verdict.covers_whole) == ("SIGNATURE_VALID", False)


def test_saving_anew_breaks_the_signature() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed_letter())))
    out = io.BytesIO()
    writer.write(out)
    assert [code for code in codes(out.getvalue()) if code == "SIGNATURE_VALID"] == []
    assert codes(out.getvalue()) != []


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_merging_loses_the_signature_altogether() -> None:
    merged = pikepdf.new()
    with pikepdf.open(io.BytesIO(signed_letter())) as source:
        out = io.BytesIO()
        merged.pages.extend(source.pages)
        merged.save(out)
    assert codes(out.getvalue()) == []


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\nxref\n%%EOF"])
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    (verdict,) = verify_pdf(content, roots())
    assert verdict.code == "SIGNATURE_UNREADABLE"
    assert problem([verdict]) == "Không đọc được chữ ký của (không rõ) trong tệp."


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"/Type /Sig\n", b"/Type /Sag\n"),
        (b"ETSI.CAdES.detached", b"ETSI.CAdES.detachez"),
        (b"/ByteRange", b"/ByteRangx"),
    ],
)
def test_signed_file_cannot_be_made_to_look_unsigned_by_a_word(
    there: bytes, instead: bytes
) -> None:
    assert signed_letter().count(there) == 1
    assert codes(signed_letter().replace(there, instead)) == ["SIGNATURE_UNREADABLE"]


def test_no_damage_to_the_signature_itself_passes_or_raises() -> None:
    content = signed_letter()
    start = content.index(b"/Contents <") + len(b"/Contents <")
    end = content.index(b"0000000000", start)
    for place in range(start, end, 97):
        digit = b"0" if content[place : place + 1] != b"0" else b"f"
        (verdict,) = verify_pdf(content[:place] + digit + content[place + 1 :], roots(), at=LATER)
        assert (place - start, verdict.valid) == (place - start, False)


def test_garbled_signature_is_unreadable() -> None:
    content = signed_letter()
    start = content.index(b"/Contents <") + len(b"/Contents <")
    (verdict,) = verify_pdf(content[:start] + b"ffff" + content[start + 4 :], roots(), at=LATER)
    assert (verdict.code, verdict.valid) == ("SIGNATURE_UNREADABLE", False)


def test_signature_of_another_root_is_untrusted() -> None:
    other = make_root(at=NOON).certificate
    trust = TrustRoots((other.public_bytes(Encoding.DER),))
    assert codes(signed_letter(), trust) == ["SIGNATURE_UNTRUSTED"]


def test_revoked_certificate_is_named_and_only_with_the_list() -> None:
    assert codes(signed_letter(), roots(person())) == ["SIGNATURE_REVOKED"]
    assert codes(signed_letter(), roots(seal())) == ["SIGNATURE_VALID"]
    without = TrustRoots(roots().certificates)
    assert codes(signed_letter(), without) == ["SIGNATURE_VALID"]


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON + dt.timedelta(days=3 * 365), "SIGNATURE_VALID"),
        (NOON + dt.timedelta(days=3 * 365 + 2), "SIGNATURE_EXPIRED"),
        (NOON - dt.timedelta(minutes=4), "SIGNATURE_VALID"),
        (NOON - dt.timedelta(minutes=10), "SIGNATURE_UNTRUSTED"),
    ],
)
def test_certificate_counts_within_its_dates(at: dt.datetime, code: str) -> None:
    assert codes(signed_letter(), at=at) == [code]


@pytest.mark.parametrize(
    ("claimed", "code"),
    [
        (LATER + dt.timedelta(minutes=4), "SIGNATURE_VALID"),
        (LATER + dt.timedelta(minutes=6), "SIGNATURE_TIME"),
        (NOON - dt.timedelta(days=1), "SIGNATURE_TIME"),
    ],
)
def test_claimed_time_must_be_plausible(claimed: dt.datetime, code: str) -> None:
    content = signing.sign_pdf(letter(), person(), order(at=claimed))
    assert codes(content) == [code]


class _Sha1Signer(signing._KeptKeySigner):
    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        assert digest_algorithm == "sha1"
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA1())


def test_weak_digest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_KeptKeySigner", _Sha1Signer)
    monkeypatch.setattr(signing, "DIGEST", "sha1")
    content = signing.sign_pdf(letter(), person(), order())
    assert codes(content) == ["SIGNATURE_WEAK"]


def test_root_itself_is_no_signer() -> None:
    content = signing.sign_pdf(letter(), root(), order())
    assert codes(content) == ["SIGNATURE_UNTRUSTED"]
