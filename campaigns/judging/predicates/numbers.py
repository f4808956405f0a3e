"""Rules that stand on one number."""

from __future__ import annotations

from decimal import Decimal

from campaigns.judging.comparing import compared, holds
from campaigns.judging.finding import Finding, Params, ask, settled, unknown
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
    """Return whether no more are proposed than may be.

    The count is a fact, so that it is counted where the nominations are.
    """
    count = reader.number(params["count"])
    if count is None:
        return unknown()
    most = Decimal(params["most"])
    return settled(holds=count <= most, arithmetic=compared(count, "<=", most))


def within_share(params: Params, reader: Reader) -> Finding:
    """Return whether no more are proposed than a share of a base.

    Nothing is rounded: 3 of 25 under 10 % is too many, since 10 % of 25 is 2,5.
    """
    count, base = reader.number(params["count"]), reader.number(params["base"])
    if count is None or base is None:
        return unknown()
    percent = params["percent"]
    limit = percent * base / _HUNDRED
    how = f"{number_words(percent)} % × {number_words(base)} = {number_words(limit)}"
    return settled(holds=count <= limit, arithmetic=f"{how}; {compared(count, '<=', limit)}")
