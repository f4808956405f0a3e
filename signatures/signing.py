"""Putting one PAdES B-B signature with its picture into a PDF, by an incremental update.

The bytes before are kept to the last one; nothing else is changed. No time-stamp is fetched:
the time inside is the server's own clock, and proves no more than that.
"""

import binascii
import datetime as dt
import io
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp import StaticStampStyle

from signatures.authority import KeyPair
from signatures.placement import Box

# Room for the signature as hexadecimal digits: chain and signature need about 8,000. Given
# beforehand, pyHanko need not sign twice to learn the size.
RESERVED_DIGITS = 16_384
DIGEST = "sha256"
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class SigningOrder:
    """All that makes one signature but the key.

    field    the form field's name, new in this file
    picture  a one-page PDF of the box's size
    """

    field: str
    box: Box
    picture: bytes
    signed_at: dt.datetime
    reason: str
    place: str


def sign_pdf(content: bytes, pair: KeyPair, order: SigningOrder) -> bytes:
    """Return `content` with one more signature appended.

    Does not check what it made: the caller verifies it (verification.verify_pdf).
    Raises pyHanko's and pypdf's errors on a file that they cannot read.
    """
    # A new style object per signature: one used for two files leaves dangling references in
    # the second, and pyHanko then cannot validate it.
    style = StaticStampStyle(
        background=_Picture(order.picture),
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID,
            y_align=AxisAlignment.ALIGN_MID,
            margins=Margins(0, 0, 0, 0),
            inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
        ),
        border_width=0,
    )
    box = order.box
    field = SigFieldSpec(
        order.field,
        on_page=box.page,
        box=(round(box.left), round(box.bottom), round(box.right), round(box.top)),
    )
    metadata = PdfSignatureMetadata(
        field_name=order.field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=order.reason,
        location=order.place or None,
    )
    signer = _DatedPdfSigner(
        metadata, _KeptKeySigner(pair), stamp_style=style, new_field_spec=field
    )
    signer.signed_at = order.signed_at
    signed = signer.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), bytes_reserved=RESERVED_DIGITS
    )
    return bytes(signed.getvalue())


class _KeptKeySigner(CmsSigner):
    """Signs with a key already in memory.

    pyHanko's SimpleSigner loads and validates the RSA key anew for each signature, 31 ms.
    """

    def __init__(self, pair: KeyPair) -> None:
        certificate = asn1_x509.Certificate.load(
            pair.certificate.public_bytes(serialization.Encoding.DER)
        )
        super().__init__(signing_cert=certificate)
        self._key = pair.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        if digest_algorithm != DIGEST:
            message = f"only {DIGEST} is signed, not {digest_algorithm}"
            raise ValueError(message)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class _DatedPdfSigner(PdfSigner):
    """Takes the time of signing from the act, so that file, row and event say the same."""

    signed_at: dt.datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.signed_at.astimezone(LOCAL_TIME).replace(microsecond=0)
        return session


class _Picture(PdfContent):
    """A one-page PDF in memory as a stamp's background; pyHanko's own wants a file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(
            PdfFileReader(io.BytesIO(self._content)), page_ix=0
        )
        name = b"/Import" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode("ascii")] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"
