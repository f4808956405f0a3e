"""Who a plan means when it says who decides an award."""

from campaigns.models import Decider, Level
from campaigns.spelling import words

LEVELS = {
    Decider.UNIT_HEAD: Level.UNIT,
    Decider.PROVINCIAL_CHAIRMAN: Level.PROVINCE,
    Decider.PRIME_MINISTER: Level.PRIME_MINISTER,
    Decider.PRESIDENT: Level.PRESIDENT,
}
_PRINTED = (
    (words("Chủ tịch Ủy ban nhân dân tỉnh"), Decider.PROVINCIAL_CHAIRMAN),
    (words("Thủ tướng Chính phủ"), Decider.PRIME_MINISTER),
    (words("Chủ tịch nước"), Decider.PRESIDENT),
    (words("thủ trưởng cơ quan, đơn vị"), Decider.UNIT_HEAD),
)


def decider_of(printed: str) -> Decider | None:
    """Return the authority that the printed words name, None when they name none we know."""
    said = words(printed)
    return next((decider for meant, decider in _PRINTED if said == meant), None)
