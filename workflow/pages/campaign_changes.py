"""What an amendment changes, in the words of those who read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaigns.drafts import spec_at
from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.differences import Change, title_of
from campaigns.schema.document import Document
from campaigns.schema.spec import Form, ListOf
from campaigns.schema.wording import label_of
from workflow.pages.campaign_facts import section_of, text_of


@dataclass(frozen=True)
class Told:
    """One change: where, and what it was and is; a row that came or went is told whole."""

    kind: str
    where: str
    what: str
    old: str
    new: str
    clause: str

    @property
    def mark(self) -> str:
        """Return the kind of change in a word."""
        return {
            "added": _("Thêm vào"),
            "removed": _("Bỏ đi"),
            "changed": _("Sửa đổi"),
            "moved": _("Đổi thứ tự"),
        }[self.kind]


def told(changes: Sequence[Change], old: Document, new: Document) -> list[Told]:
    """Return changes in words; `old` and `new` are the documents whose keys they name."""
    return [_told(change, old, new) for change in changes]


def _told(change: Change, old: Document, new: Document) -> Told:
    steps = change["at"]
    names: list[str] = []
    parts: list[str] = []
    for step in steps:
        if isinstance(step, str):
            names.append(step)
            parts.append(label_of(names))
        else:
            parts.append(f"“{step[1] or step[0]}”")
    place = tuple(step if isinstance(step, str) else 0 for step in steps)
    spec = spec_at(CAMPAIGN, place)

    def words(value: Any, document: Document) -> str:
        if isinstance(spec, Form) and isinstance(value, dict):
            return _row_words(spec, value, names, document)
        if change["kind"] == "moved":
            return "; ".join(map(str, value))
        return text_of(spec, value, names, document) if spec else _plain(value)

    return Told(
        kind=change["kind"],
        where=" › ".join(parts[:-1]) or parts[-1],
        what=parts[-1],
        old=words(change["old"], old),
        new=words(change["new"], new),
        clause=change.get("clause", ""),
    )


def _row_words(spec: Form, row: Document, names: list[str], document: Document) -> str:
    section = section_of(names[0], ListOf(spec), [row], document)
    lines = [f"{line.label}: {line.text}" for one in section.tables[0].rows for line in one.lines]
    return "; ".join(filter(None, [title_of(row), *lines]))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    return "" if value is None else str(value)
