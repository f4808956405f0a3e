"""What is known of a nomination, as plain values with where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = Decimal | bool | str | date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known.

    key         what it is: "target.g2.2023", "general.1", "unit.dissolved_on"
    value       a number, yes or no, words or a day. None says that it is known that there is
                none, which answers a question about a day; a fact nobody knows is left out
    source      the document or words it was read from
    entered_by  who says so, entered_on when
    """

    key: str
    value: Value
    source: str = ""
    entered_by: str = ""
    entered_on: date | None = None


Facts: TypeAlias = Mapping[str, Fact]
"""Facts by their keys."""
