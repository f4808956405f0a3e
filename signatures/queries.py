"""Shared reads: the file to hand out, and whether its signatures hold."""

from documents import store
from documents.models import DocumentVersion, StoredFile
from documents.records_errors import StoredFileDamagedError
from signatures.models import Signature
from signatures.trust import trust_roots
from signatures.verification import SignatureVerdict, missing_verdict, verify_pdf


def latest_file(version: DocumentVersion) -> StoredFile | None:
    """Return the version's PDF with all signatures so far; without any, its plain PDF or None."""
    last = version.signatures.select_related("signed_file").order_by("-order").first()
    return last.signed_file if last else version.pdf


def signature_verdicts(version: DocumentVersion) -> list[SignatureVerdict]:
    """Return one verdict for each signature recorded on the version, in order.

    A recorded signature that is not in the file gives SIGNATURE_MISSING, a damaged or lost file
    one SIGNATURE_MISSING for each; signatures in the file that are not recorded come last.
    """
    rows = list(version.signatures.select_related("signed_file").order_by("order"))
    found = _in_file(rows[-1].signed_file) if rows else []
    return [_of_row(row, found) for row in rows] + found


def _in_file(stored: StoredFile) -> list[SignatureVerdict]:
    try:
        content = store.read(stored)
    except StoredFileDamagedError:
        return []
    return verify_pdf(content, trust_roots())


def _of_row(row: Signature, found: list[SignatureVerdict]) -> SignatureVerdict:
    """Return the row's verdict and take it off those found."""
    for place, verdict in enumerate(found):
        if verdict.fingerprint == row.fingerprint:
            return found.pop(place)
    return missing_verdict(row.signer_name, row.signed_at)
