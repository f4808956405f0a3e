"""Numbers as Vietnamese readers write them, and rounding as data says it."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from campaigns.models import Rounding

_WAYS: Final = {
    Rounding.DOWN: ROUND_FLOOR,
    Rounding.NEAREST: ROUND_HALF_UP,
    Rounding.UP: ROUND_CEILING,
}


def rounded(number: Decimal, rounding: str, places: int = 0) -> Decimal:
    """Return a number with so many decimals, the way that `rounding` (models.Rounding) says."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=_WAYS[Rounding(rounding)])


def shown(number: Decimal) -> str:
    """Return “1.234,5”: a comma before the decimals, no zeros that say nothing."""
    text = f"{number:,f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")
