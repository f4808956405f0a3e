"""What a merged dossier is made of."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CoverFacts:
    """What the cover says; ``facts`` are (label, value) pairs in their order.

    mark  stands at the foot of every page, beside the page number; "" for none
    """

    title: str
    code: str
    unit: str
    campaign: str
    facts: Sequence[tuple[str, str]] = ()
    mark: str = ""


@dataclass(frozen=True)
class Part:
    """One paper of the dossier.

    content          the PDF that is shown page by page
    note             stands below the title in the contents (number and date, who signed)
    signed_original  the signed PDF, attached byte for byte: merging breaks any signature
    """

    title: str
    content: bytes
    note: str = ""
    signed_original: bytes | None = None
