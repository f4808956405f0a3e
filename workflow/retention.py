"""How long a dossier is kept, by who decided on it.

No schedule was read in its own text: the terms below were seen in a secondary source and match
TT 10/2022/TT-BNV as recalled; the schedule of TT 08/2025/TT-BNV was not read. So they are shown
as a suggestion with that said, and the cover's line stays to be written in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Decider, Mark

SOURCE: Final = _(
    "nguồn thứ cấp, chưa đối chiếu với biểu thời hạn của TT 10/2022/TT-BNV, TT 08/2025/TT-BNV"
)


@dataclass(frozen=True, slots=True)
class Retention:
    """A term; years is None for ever. mark  how well it is known; source  where it was seen."""

    years: int | None
    words: str | Promise
    mark: Mark = Mark.SECONDARY
    source: str | Promise = SOURCE


FOR_EVER: Final = Retention(None, _("vĩnh viễn"))
TERMS: Final[dict[Decider, Retention]] = {
    Decider.PRESIDENT: FOR_EVER,
    Decider.PRIME_MINISTER: FOR_EVER,
    Decider.PROVINCIAL_CHAIRMAN: Retention(20, _("20 năm")),
    Decider.UNIT_HEAD: Retention(10, _("10 năm")),
}


def retention_of(authority: str) -> Retention | None:
    """Return how long a dossier of an authority is kept; None where nothing was seen of it."""
    return TERMS.get(Decider(authority))
