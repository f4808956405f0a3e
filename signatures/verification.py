"""Checking the signatures inside a PDF, with one plain Vietnamese sentence for each.

The judgment is pyHanko's `bottom_line`, which compares what was appended after each signature
with what may lawfully be appended (a further signature, no more). `intact and valid` alone, and
likewise `pdfsig`, call a file good whose page was changed after signing.
"""

import datetime as dt
import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import x509
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from signatures.appearance import time_text

VALID = "SIGNATURE_VALID"
BROKEN = "SIGNATURE_BROKEN"
EXPIRED = "SIGNATURE_EXPIRED"
REVOKED = "SIGNATURE_REVOKED"
UNTRUSTED = "SIGNATURE_UNTRUSTED"
WEAK = "SIGNATURE_WEAK"
TIME = "SIGNATURE_TIME"
MISSING = "SIGNATURE_MISSING"
UNREADABLE = "SIGNATURE_UNREADABLE"
CLOCK_TOLERANCE = dt.timedelta(minutes=5)
WEAK_DIGESTS = frozenset({"md5", "sha1"})

_log = logging.getLogger(__name__)
# pyHanko logs a stack trace for each bad certificate; here that is a verdict, not a fault.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class TrustRoots:
    """Whom to believe: root certificates and lists of revoked ones, each in DER.

    With a list, a certificate of that root counts only while it is not on it; without any,
    revocation is not looked at. Nothing is fetched from a network in either case.
    """

    certificates: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class SignatureVerdict:
    """What was found about one signature.

    signer        the certificate's common name; empty when it cannot be read
    fingerprint   the certificate's SHA-256; empty when it cannot be read
    signed_at     the time that the signer's machine claims, or None
    valid         everything holds: mathematics, chain, dates, and nothing unlawful appended
    covers_whole  no byte follows what it signs; False for all but the last of several
    code          one of the constants above; sentence_vi says it to a person
    """

    signer: str
    fingerprint: str
    signed_at: dt.datetime | None
    valid: bool
    covers_whole: bool
    code: str
    sentence_vi: str


def verify_pdf(
    content: bytes, roots: TrustRoots, *, at: dt.datetime | None = None
) -> list[SignatureVerdict]:
    """Return a verdict for each signature in the file, in the order of signing.

    at  the time to judge certificates at, aware; None: now. Without a time-stamp inside, an
        expired certificate cannot show that it was used in time.
    No signature: an empty list; a caller who expects one must treat that as MISSING, since
    saving a signed file anew may drop its signatures. Never raises on a bad file: what cannot
    be read gives one verdict UNREADABLE.
    """
    moment = at or timezone.now()
    try:
        found, passed_over = _signatures_in(content)
    except Exception:  # noqa: BLE001 - a hostile file may raise anything from a parser
        _log.warning("a file's signatures could not be listed", exc_info=True)
        return [_verdict(UNREADABLE)]
    verdicts = [_judge(signature, roots, moment) for signature in found]
    return verdicts + [_verdict(UNREADABLE)] * passed_over


def missing_verdict(signer: str, signed_at: dt.datetime) -> SignatureVerdict:
    """Return the verdict on a signature that should be in a file and is not."""
    return _verdict(MISSING, signer=signer, signed_at=signed_at)


def problem(verdicts: Iterable[SignatureVerdict]) -> str:
    """Return the sentences of the verdicts that are not valid, joined; empty when all are."""
    return " ".join(verdict.sentence_vi for verdict in verdicts if not verdict.valid)


def _signatures_in(content: bytes) -> tuple[list[EmbeddedPdfSignature], int]:
    """Return the signatures in order, and how many filled fields pyHanko passed over.

    It leaves out signatures of a make that it does not know: a changed word in the file would
    make a signed paper look unsigned. Time-stamps of the whole document are left out too.
    """
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    fields = sum(1 for _field in enumerate_sig_fields(reader, filled_status=True))
    known = reader.embedded_signatures
    stamps = len(reader.embedded_timestamp_signatures)
    found = [one for one in known if one.sig_object_type != "/DocTimeStamp"]
    return found, fields - stamps - len(found)


def _judge(
    signature: EmbeddedPdfSignature, roots: TrustRoots, moment: dt.datetime
) -> SignatureVerdict:
    signer, fingerprint, signed_at = "", "", None
    try:
        certificate = signature.signer_cert
        signer, fingerprint = _common_name(certificate), certificate.sha256.hex()
        signed_at = signature.self_reported_timestamp
        status = validate_pdf_signature(
            signature,
            signer_validation_context=_context(roots, moment),
            key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
        )
        code = _code(status, signed_at, moment)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    except SignatureValidationError as error:
        weak = error.ades_subindication in _CRYPTO_TOO_WEAK
        code, whole = (WEAK if weak else UNREADABLE), False
    except Exception:  # noqa: BLE001 - a hostile file may raise anything from a parser
        _log.warning("a signature could not be checked", exc_info=True)
        code, whole = UNREADABLE, False
    return _verdict(
        code, signer=signer, fingerprint=fingerprint, signed_at=signed_at, covers_whole=whole
    )


_CRYPTO_TOO_WEAK = frozenset(
    {
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }
)
_OUT_OF_DATE = frozenset(
    {
        AdESIndeterminate.EXPIRED,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
)


def _code(status: PdfSignatureStatus, signed_at: dt.datetime | None, moment: dt.datetime) -> str:
    """Return the one code that says most about a signature, worst first."""
    whole = status.coverage in {
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    }
    unchanged = status.docmdp_ok and status.modification_level != ModificationLevel.OTHER
    timely = signed_at is not None and _plausible(signed_at, status.signing_cert, moment)
    indication = status.trust_problem_indic
    found = (
        (not (status.intact and status.valid and whole and unchanged), BROKEN),
        (status.md_algorithm in WEAK_DIGESTS or indication in _CRYPTO_TOO_WEAK, WEAK),
        (status.revoked, REVOKED),
        (indication in _OUT_OF_DATE, EXPIRED),
        (not status.trusted or status.signing_cert.ca, UNTRUSTED),
        (not timely, TIME),
        (not status.bottom_line, BROKEN),
        (True, VALID),
    )
    return next(code for holds, code in found if holds)


def _plausible(signed_at: dt.datetime, certificate: x509.Certificate, moment: dt.datetime) -> bool:
    """Tell whether the claimed time is neither in the future nor outside the certificate's."""
    latest = min(moment + CLOCK_TOLERANCE, certificate.not_valid_after)
    return bool(certificate.not_valid_before <= signed_at <= latest)


def _context(roots: TrustRoots, moment: dt.datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in roots.certificates],
        crls=list(roots.revocation_lists),
        revocation_mode="require" if roots.revocation_lists else "soft-fail",
        retroactive_revinfo=True,
        allow_fetching=False,
        moment=moment,
    )


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))


def _verdict(
    code: str,
    *,
    signer: str = "",
    fingerprint: str = "",
    signed_at: dt.datetime | None = None,
    covers_whole: bool = False,
) -> SignatureVerdict:
    with translation.override("vi"):  # TT 15/2025/TT-BKHCN: the result is shown in Vietnamese
        sentence = _sentences()[code] % {
            "signer": signer or _("(không rõ)"),
            "time": time_text(signed_at) if signed_at else _("(không rõ)"),
        }
    return SignatureVerdict(
        signer, fingerprint, signed_at, code == VALID, covers_whole, code, sentence
    )


def _sentences() -> dict[str, str]:
    """Return the sentence of each code."""
    return {
        VALID: _("Chữ ký của %(signer)s hợp lệ, ký lúc %(time)s."),
        BROKEN: _("Văn bản bị sửa sau khi %(signer)s ký."),
        EXPIRED: _("Chứng thư của %(signer)s không có hiệu lực vào lúc kiểm tra."),
        REVOKED: _("Chứng thư của %(signer)s đã bị thu hồi."),
        UNTRUSTED: _("Chứng thư của %(signer)s không do tổ chức được tin cậy cấp."),
        WEAK: _("Chữ ký của %(signer)s dùng thuật toán quá yếu."),
        TIME: _("Thời gian ký %(time)s của %(signer)s không hợp lý."),
        MISSING: _("Không còn thấy chữ ký của %(signer)s (ký lúc %(time)s) trong tệp."),
        UNREADABLE: _("Không đọc được chữ ký của %(signer)s trong tệp."),
    }
