"""Rules that stand on one number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from campaigns.judging.comparing import compared, holds
from campaigns.judging.finding import Finding, Params, ask, met, not_met, settled, unknown
from campaigns.judging.reader import Reader
from campaigns.judging.wording import amount_words, number_words

_HUNDRED = Decimal(100)
_MONEY = "đồng"


def reaches(params: Params, reader: Reader) -> Finding:
    """Return whether a figure stands to a value as the operator says."""
    warnings = tuple(params.get("warnings", ()))
    figure = reader.number(params["fact"])
    if figure is None:
        return unknown(warnings)
    op, value, unit = params["op"], params["value"], params.get("unit", "")
    said = compared(figure, op, value, unit)
    return settled(holds=holds(figure, op, value), arithmetic=said, warnings=warnings)


def contributes(params: Params, reader: Reader) -> Finding:
    """Return whether a contribution in đồng reaches the norm.

    A norm that nobody has set decides nothing: the amount is shown and a person is asked.
    """
    amount = reader.number(params["fact"])
    norm = params.get("norm")
    if norm is None:
        who = params.get("set_by") or "cơ quan có thẩm quyền"
        shown = "" if amount is None else f"Đóng góp {amount_words(amount, _MONEY)}; "
        question = f"Chưa có định mức đóng góp do {who} quy định: mức này có đạt định mức không?"
        return ask(question, f"{shown}định mức: chưa quy định")
    if amount is None:
        return unknown()
    said = compared(amount, ">=", norm, _MONEY)
    return settled(holds=amount >= norm, arithmetic=said)


def within_quota(params: Params, reader: Reader) -> Finding:
    """Return whether as many as are proposed may be: at most `most`, and `percent` of a base.

    The counts are facts, so that they are counted where the nominations are. Nothing is rounded:
    3 of 25 under 10 % is too many, since 10 % of 25 is 2,5.
    """
    count = reader.number(params["count"])
    base = reader.number(params["base"]) if "base" in params else Decimal(0)
    if count is None or base is None:
        return unknown()
    limits = list(_limits(params, base))
    lines = "; ".join(_quota_line(count, limit, words) for limit, words in limits)
    fits = all(count <= limit for limit, _words in limits)
    return met(lines) if fits else not_met(lines)


def _limits(params: Params, base: Decimal) -> Iterator[tuple[Decimal, str]]:
    """Yield each limit with its words."""
    if "most" in params:
        yield Decimal(params["most"]), number_words(Decimal(params["most"]))
    if "percent" in params:
        limit = params["percent"] * base / _HUNDRED
        how = f"{number_words(params['percent'])} % × {number_words(base)}"
        yield limit, f"{number_words(limit)} ({how})"


def _quota_line(count: Decimal, limit: Decimal, words: str) -> str:
    fits = count <= limit
    return f"{number_words(count)} {'≤' if fits else '>'} {words}: {'đạt' if fits else 'không đạt'}"
