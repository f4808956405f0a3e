"""What regimes say, as pages and the command show it: value, clause, mark, and what is asked for.

Where an office has entered a fact, it stands in place of the loaded one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    BonusForm,
    BonusMultiple,
    Clock,
    ClockUnit,
    Decider,
    Denominator,
    LeftTo,
    Mark,
    Provision,
    Regime,
    Threshold,
    Topic,
)
from campaigns.models.provisions import OFFICE_TOPICS
from campaigns.models.stated import RELIED_UPON, Stated
from campaigns.money import KINDS
from campaigns.thresholds import percent_text

S = TypeVar("S", bound=Stated)

SAYINGS: Final[tuple[type[Any], ...]] = (BonusMultiple, Provision, Clock, Threshold)
TOPIC_NAMES: Final = {
    Topic.SETS: "số bộ hồ sơ",
    Topic.CHANNEL: "kênh gửi cấp trên",
    Topic.COMPONENT: "thành phần hồ sơ",
    Topic.FORM_NUMBER: "mẫu số",
    Topic.PAYER: "nơi chi tiền thưởng",
    Topic.SEVERAL: "quy định khi có nhiều mức thưởng một lúc",
    Topic.CUTOFF: "mốc thời gian",
    Topic.TRANSITION: "quy định chuyển tiếp",
    Topic.ROUNDING: "quy tắc làm tròn tiền thưởng",
    Topic.FULL_TEXT: "toàn văn",
}
"""How the log asks for a fact, in Vietnamese whatever language the screen is in."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value as it is shown.

    value    "" where no source says
    entered  who entered it and when, of facts that an office entered
    regime, address  where the fact stands
    is_open  an office that has the text may enter it
    """

    name: str
    value: str
    clause: str = ""
    mark: str = Mark.NONE
    source: str = ""
    entered: str = ""
    address: str = ""
    regime: str = ""
    is_open: bool = False

    @property
    def relied_upon(self) -> bool:
        """Return whether decisions may rest on it."""
        return bool(self.value) and self.mark in RELIED_UPON

    @property
    def note(self) -> str:
        """Return where it stands and how well it is known: “Điều 54.3; cơ quan nhập: …”."""
        parts = [self.clause or self.source]
        if self.entered:
            parts.append(_("cơ quan nhập: %(who)s") % {"who": self.entered})
        elif not self.relied_upon:
            label = str(Mark(self.mark).label)
            parts.append(label[:1].lower() + label[1:])
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a fact stands among what a regime says: “multiple:bk_tinh:individual”, “sets:bk_ttg”.

    model is None where the text is no such place.
    """

    text: str
    model: type[Any] | None
    topic: str = ""
    names: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Address:
        """Return what a text means; never raises."""
        kind, _colon, rest = text.partition(":")
        first, _colon, second = rest.partition(":")
        if kind == "multiple":
            return cls(text, BonusMultiple, names=(("form__key", first), ("kind", second)))
        if kind == "threshold":
            return cls(text, Threshold, names=(("form__key", first), ("council", second)))
        if kind == "clock":
            return cls(text, Clock, names=(("key", rest),))
        if kind in Topic.values:
            key = rest or kind
            return cls(text, Provision, topic=kind, names=(("topic", kind), ("key", key)))
        return cls(text, None)

    def rows(self, regime: Regime) -> QuerySet[Any]:
        """Return the rows at this place: at most one loaded, and one that an office entered."""
        assert self.model is not None  # noqa: S101 - callers look first
        found: QuerySet[Any] = self.model.objects.filter(regime=regime, **dict(self.names))
        named = ["regime", "form"] if hasattr(self.model, "form") else ["regime"]
        return found.select_related(*named)


def in_force(rows: Iterable[S]) -> list[S]:
    """Return rows each once by name, the office's own in place of the loaded one."""
    ordered = sorted(rows, key=lambda row: row.entered_at is not None)
    return list({str(row): row for row in ordered}.values())


def entered_text(row: Stated) -> str:
    """Return “Quách Tiến Dũng, 22/11/2026” of a fact that an office entered; else ""."""
    if row.entered_at is None:
        return ""
    return f"{row.entered_by}, {timezone.localtime(row.entered_at):%d/%m/%Y}"


def said(name: str, value: str, row: Any, address: str = "") -> Said:
    """Return a row as it is shown, under a name and with a value."""
    is_open = row.mark != Mark.SEEN or bool(getattr(row, "left_to", ""))
    return Said(
        name=name,
        value=value,
        clause=row.clause,
        mark=row.mark,
        source=row.source,
        entered=entered_text(row),
        address=address,
        regime=row.regime.key,
        is_open=is_open,
    )


def number_text(number: Decimal) -> str:
    """Return a number as papers write it: 2,25; 9."""
    shown = f"{number.normalize():f}"
    return shown.replace(".", ",")


def multiple_said(row: BonusMultiple) -> Said:
    """Return how many times base pay one kind of nominee gets."""
    value = number_text(row.multiple) if row.multiple is not None else ""
    return said(KINDS[row.kind], value, row, f"multiple:{row.form.key}:{row.kind}")


def provision_text(row: Provision) -> str:
    """Return what a provision says in words; "" where no source says."""
    parts = []
    if row.number is not None:
        shape = {Topic.SETS: _("%(number)02d bộ"), Topic.FORM_NUMBER: _("Mẫu %(number)02d")}
        parts.append(shape.get(Topic(row.topic), "%(number)d") % {"number": row.number})
    parts += [text for text in (row.text, left_text(row.left_to)) if text]
    return "; ".join(parts)


def left_text(left_to: str) -> str:
    """Return “do tỉnh quy định”; "" where the law leaves nothing to anybody."""
    return str(LeftTo(left_to).label) if left_to else ""


def provision_said(row: Provision) -> Said:
    """Return a provision under the name of what it is about; "" where the topic says it all."""
    topic = Topic(row.topic)
    name = str(Decider(row.key).label) if topic is Topic.PAYER else row.name
    return said(name, provision_text(row), row, f"{topic.value}:{row.key}")


def clock_text(row: Clock) -> str:
    """Return “ít nhất 10 ngày làm việc kể từ …”; "" where no source says."""
    parts = []
    if row.length is not None:
        shape = _("ít nhất %(length)d %(unit)s") if row.at_least else _("%(length)d %(unit)s")
        parts.append(shape % {"length": row.length, "unit": ClockUnit(row.unit).label})
        if row.starts:
            parts[0] += " " + _("kể từ %(event)s") % {"event": row.starts}
        if row.on_supplement:
            parts.append(str(row.get_on_supplement_display()))
        if row.award_kind:
            parts.append(_("chỉ đối với khen thưởng %(kind)s") % {"kind": row.award_kind})
    parts += [text for text in (row.text, left_text(row.left_to)) if text]
    return "; ".join(parts)


def clock_said(row: Clock) -> Said:
    """Return a clock under the name of what it times."""
    return said(row.name, clock_text(row), row, f"clock:{row.key}")


def threshold_text(row: Threshold) -> str:
    """Return what a vote needs in words; "" where no source says."""
    parts = []
    if row.pass_ratio is not None:
        parts.append(
            _("đồng ý ít nhất %(ratio)s %% %(of)s")
            % {
                "ratio": percent_text(Fraction(row.pass_ratio)),
                "of": Denominator(row.denominator).label,
            }
        )
    if row.secret:
        parts.append(_("bỏ phiếu kín"))
    if row.quorum:
        parts.append(_("họp khi có ít nhất %(share)s thành viên") % {"share": row.quorum})
    if row.presence is not None:
        ratio = percent_text(Fraction(row.presence))
        parts.append(_("dự họp ít nhất %(ratio)s %%") % {"ratio": ratio})
    if row.absent_by_writing:
        parts.append(_("thành viên vắng mặt cho ý kiến bằng văn bản"))
    parts += [text for text in (row.tie_rule, row.text, left_text(row.left_to)) if text]
    return "; ".join(parts)


def threshold_said(row: Threshold) -> Said:
    """Return a threshold under the name of its council."""
    address = f"threshold:{row.form.key}:{row.council}"
    return said(str(row.get_council_display()), threshold_text(row), row, address)


@dataclass(frozen=True)
class RegimeSayings:
    """Everything a regime says, the office's facts in place of loaded ones."""

    regime: Regime
    multiples: Sequence[BonusMultiple]
    provisions: Sequence[Provision]
    clocks: Sequence[Clock]
    thresholds: Sequence[Threshold]

    def provision(self, topic: Topic, key: str) -> Provision | None:
        """Return what it says of one thing."""
        found = (row for row in self.provisions if (row.topic, row.key) == (topic, key))
        return next(found, None)

    @property
    def own(self) -> list[Provision]:
        """Return what an office entered of the regime as a whole."""
        return [row for row in self.provisions if row.topic in OFFICE_TOPICS]

    def clock(self, key: str) -> Clock | None:
        """Return one of its clocks."""
        return next((row for row in self.clocks if row.key == key), None)

    def threshold(self, form: str, council: str) -> Threshold | None:
        """Return what a council's vote on a form of award needs."""
        found = (row for row in self.thresholds if (row.form.key, row.council) == (form, council))
        return next(found, None)


def sayings_of(regimes: Iterable[Regime]) -> list[RegimeSayings]:
    """Return everything regimes say; four queries whatever their number."""
    wanted = list(regimes)
    by_model: dict[type[Any], dict[int, list[Any]]] = {}
    for model in SAYINGS:
        named = ["regime", "form"] if hasattr(model, "form") else ["regime"]
        rows: list[Any] = in_force(model.objects.filter(regime__in=wanted).select_related(*named))
        by_model[model] = {regime.pk: [] for regime in wanted}
        for row in sorted(rows, key=lambda row: row.position):
            by_model[model][row.regime_id].append(row)
    return [
        RegimeSayings(regime, *(by_model[model][regime.pk] for model in SAYINGS))
        for regime in wanted
    ]


def all_sayings() -> list[RegimeSayings]:
    """Return everything all regimes say, in the order of time."""
    return sayings_of(Regime.objects.order_by("valid_from"))


def award_forms() -> list[BonusForm]:
    """Return the forms of award that regimes speak of."""
    return list(BonusForm.objects.all())
