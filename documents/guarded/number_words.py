"""Whole numbers in Vietnamese words, as amounts and counts are written out on papers. Pure."""

from collections.abc import Iterator

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ")
GROUP = 1000
LARGEST = GROUP ** len(SCALES) - 1


def in_words(number: int) -> str:
    """Return the number in words: 1005 as "một nghìn không trăm linh năm".

    From 0 to 999 999 999 999. Raises ValueError for any other.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(number)
    if number == 0:
        return DIGITS[0]
    return " ".join(_words(number))


def _words(number: int) -> Iterator[str]:
    groups = [number // GROUP**place % GROUP for place in range(len(SCALES))]
    said = False
    for place in reversed(range(len(SCALES))):
        if groups[place]:
            yield from _group(groups[place], in_full=said)
            yield from filter(None, [SCALES[place]])
            said = True


def _group(number: int, *, in_full: bool) -> Iterator[str]:
    """Yield three digits; in_full: below a larger group, so that hundreds are said even if nought."""
    hundreds, rest = divmod(number, 100)
    if hundreds or in_full:
        yield from (DIGITS[hundreds], "trăm")
    tens, ones = divmod(rest, 10)
    if tens == 0 and ones and (hundreds or in_full):
        yield "linh"
    elif tens == 1:
        yield "mười"
    elif tens:
        yield from (DIGITS[tens], "mươi")
    if ones:
        yield _last(tens, ones)


def _last(tens: int, ones: int) -> str:
    """Return the last digit, which sounds otherwise after tens: mốt, lăm."""
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:  # noqa: PLR2004 - the digit five
        return "lăm"
    return DIGITS[ones]
