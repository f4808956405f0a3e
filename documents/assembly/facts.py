"""What a merged dossier is made of."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CoverFacts:
    """What the cover says; ``facts`` are (label, value) pairs in their order.

    mark       stands at the foot of every page of ours; "" for none
    stamp      at the foot of every page, framed in red, e.g. “DỰ THẢO”, “SAO Y”; "" for none
    recipient  for whom this copy is, at the foot of every page; "" for none
    check_url  what the QR code at the foot of every page says; "" for no code
    archival   to be written as PDF/A-3b
    copy_of    which copy it is, in the words of the room that asked; printed nowhere
    """

    title: str
    code: str
    unit: str
    campaign: str
    facts: Sequence[tuple[str, str]] = ()
    mark: str = ""
    stamp: str = ""
    recipient: str = ""
    check_url: str = ""
    archival: bool = False
    copy_of: str = ""


@dataclass(frozen=True)
class Part:
    """One paper of the dossier.

    content          the PDF that is shown page by page
    note             stands below the title in the contents (number and date, who signed)
    signed_original  the signed PDF, attached byte for byte: merging breaks any signature
    section          what it belongs to: a page of its own goes before the first part of each
                     section, and a bookmark above its parts; "" for none
    check_url        what the QR code on its pages says; "" for the cover's
    """

    title: str
    content: bytes
    note: str = ""
    signed_original: bytes | None = None
    section: str = ""
    check_url: str = ""
