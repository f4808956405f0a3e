"""Points as Vietnamese readers write them."""

from decimal import Decimal
from typing import Any

from django import template

register = template.Library()


@register.filter
def points(number: Decimal) -> str:
    """Return “98,5”: a comma before the decimals, no zeros that say nothing."""
    text = f"{number:f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole + (f",{decimals}" if decimals else "")


@register.simple_tag
def part_points(score: Any, part: Any) -> str:
    """Return the points that a score has in a part of its table."""
    return points(score.by_part[part.key])
