"""Each form of award × each regime, as the page and the command show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.models import Topic
from campaigns.money import KINDS
from campaigns.sayings import (
    RegimeSayings,
    Said,
    all_sayings,
    award_forms,
    clock_said,
    multiple_said,
    provision_said,
    threshold_said,
)

GENERAL = (
    Topic.FORM_NUMBER, Topic.CHANNEL, Topic.PAYER, Topic.SEVERAL, Topic.CUTOFF, Topic.TRANSITION,
)  # fmt: skip
"""Topics that are not about single forms of award, in the order in which they are shown."""


@dataclass(frozen=True)
class Group:
    """What one regime says on one matter."""

    title: str
    said: Sequence[Said]


@dataclass(frozen=True)
class FormRow:
    """One form of award: what each regime says of it, in the order of the regimes."""

    key: str
    name: str
    cells: Sequence[Sequence[Group]]


@dataclass(frozen=True)
class TopicRow:
    """One general matter: what each regime says of it, in the order of the regimes."""

    title: str
    cells: Sequence[Sequence[Said]]


@dataclass(frozen=True)
class Matrix:
    """All regimes side by side."""

    regimes: Sequence[RegimeSayings]
    forms: Sequence[FormRow]
    topics: Sequence[TopicRow]

    @property
    def names(self) -> dict[str, str]:
        """Return the names of the forms of award by their keys."""
        return {form.key: form.name for form in self.forms}


def matrix() -> Matrix:
    """Return the matrix of all that is loaded and entered; six queries whatever it holds."""
    regimes = all_sayings()
    forms = [
        FormRow(form.key, form.name, [list(_groups(each, form.key)) for each in regimes])
        for form in award_forms()
    ]
    topics = [
        TopicRow(str(topic.label), [_general(each, topic) for each in regimes]) for topic in GENERAL
    ]
    clocks = [[clock_said(row) for row in each.clocks if not row.forms] for each in regimes]
    return Matrix(regimes, forms, [*topics, TopicRow(_("Thời hạn"), clocks)])


def _groups(each: RegimeSayings, form: str) -> Iterator[Group]:
    """Yield what one regime says of one form, without matters of which it says nothing at all."""
    multiples = [multiple_said(row) for row in each.multiples if row.form.key == form]
    order = list(KINDS.values())
    multiples.sort(key=lambda one: order.index(one.name))
    groups = (
        (_("Tiền thưởng (lần mức lương cơ sở)"), multiples),
        (_("Số bộ hồ sơ"), _of_form(each, Topic.SETS, form)),
        (_("Thành phần hồ sơ"), _of_form(each, Topic.COMPONENT, form)),
        (_("Tỷ lệ phiếu"), [threshold_said(r) for r in each.thresholds if r.form.key == form]),
        (_("Thời hạn"), [clock_said(row) for row in each.clocks if form in row.forms]),
    )
    for title, rows in groups:
        if rows:
            yield Group(title, rows)


def _of_form(each: RegimeSayings, topic: Topic, form: str) -> list[Said]:
    row = each.provision(topic, form)
    return [provision_said(row)] if row else []


def _general(each: RegimeSayings, topic: Topic) -> list[Said]:
    return [provision_said(row) for row in each.provisions if row.topic == topic]
