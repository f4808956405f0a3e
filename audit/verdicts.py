"""Is a chain as it was written? Walks plain records; no database, so an export can be checked too.

Found without any outside help: an event edited, deleted, inserted, moved, duplicated, forged, a
fork, a head that disagrees. Found only against a head held outside: an end cut off together
with an old head put back, and a chain rewritten by somebody who has the key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import rfc8785
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audit import chain
from audit.chain import Json, Record

CLOCK_TOLERANCE_SECONDS = 60  # an act takes its time at its start, its place at its end
_MOVES_TRIED = 500  # places tried on either side before a moved event is called edited


class Damage(TextChoices):
    """What is wrong with the first bad event, or with the head."""

    EDITED = "edited", _("nội dung bị sửa")
    MISSING = "missing", _("bị xóa")
    INSERTED = "inserted", _("bị chèn thêm")
    MOVED = "moved", _("bị đổi chỗ hoặc đánh số lại")
    DUPLICATED = "duplicated", _("bị nhân đôi")
    FORKED = "forked", _("chuỗi rẽ nhánh")
    FORGED = "forged", _("ghi bởi người không có khóa")
    UNLINKED = "unlinked", _("không nối với sự kiện trước")
    FOREIGN = "foreign", _("thuộc chuỗi khác")
    UNKNOWN_ACTION = "unknown_action", _("hành động không có trong danh mục")
    UNKNOWN_VERSION = "unknown_version", _("phiên bản ghi không đọc được")
    TRUNCATED = "truncated", _("phần cuối bị cắt")
    HEAD_BEHIND = "head_behind", _("đầu chuỗi chưa biết sự kiện này")
    HEAD_WRONG = "head_wrong", _("đầu chuỗi ghi mã băm khác")
    HEAD_FORGED = "head_forged", _("đầu chuỗi ghi bởi người không có khóa")
    HEAD_MISSING = "head_missing", _("mất đầu chuỗi")
    REWRITTEN = "rewritten", _("khác với đầu chuỗi giữ bên ngoài")


@dataclass(frozen=True)
class HeadRecord:
    """How far a stream has come: in the table, in an export, or held outside."""

    stream: str
    seq: int
    hash: str
    mac: str


@dataclass(frozen=True)
class ClockNote:
    """An event dated earlier than the one before it: no damage, but worth knowing."""

    seq: int
    seconds_back: int


@dataclass(frozen=True)
class Verdict:
    """The outcome for one stream: how many events hold, and the first that does not.

    events   good events counted before the first damage
    seq      the place of the first bad event, 0 when all is well
    """

    stream: str
    events: int
    damage: Damage | None = None
    seq: int = 0
    notes: tuple[ClockNote, ...] = ()

    @property
    def is_good(self) -> bool:
        """Say whether nothing is wrong."""
        return self.damage is None

    def __str__(self) -> str:
        """Return one sentence for a person."""
        place = {"stream": self.stream, "count": self.events, "seq": self.seq}
        if self.damage is None:
            return str(_("%(stream)s: nguyên vẹn, %(count)d sự kiện.") % place)
        place["damage"] = self.damage.label
        return str(_("%(stream)s: HỎNG tại sự kiện số %(seq)d: %(damage)s.") % place)


@dataclass(frozen=True)
class Trust:
    """What a chain is judged by; what is None is not judged.

    key      the audit key's bytes
    actions  the registered acts
    held     a head kept outside from an earlier day
    """

    key: bytes | None = None
    actions: frozenset[str] | None = None
    held: HeadRecord | None = None


@dataclass
class _Walk:
    stream: str
    trust: Trust
    seq: int = 0
    last: str = ""
    at: datetime | None = None
    places: dict[Json, int] = field(default_factory=dict)
    notes: list[ClockNote] = field(default_factory=list)

    def judge(self, record: Record, following: Record | None) -> Damage | None:
        """Return what is wrong with the next record, or None and go one on."""
        damage = self._place_damage(record) or self._content_damage(record, following)
        if damage is None:
            self._step(record)
        return damage

    def _place_damage(self, record: Record) -> Damage | None:
        if record["hash"] in self.places:
            return Damage.DUPLICATED
        if record["stream"] != self.stream:
            return Damage.FOREIGN
        if record["version"] != chain.VERSION:
            return Damage.UNKNOWN_VERSION
        return self._number_damage(record["seq"])

    def _number_damage(self, seq: Json) -> Damage | None:
        if not isinstance(seq, int):
            return Damage.EDITED
        if seq == self.seq + 1:
            return None
        return Damage.MISSING if seq > self.seq else Damage.FORKED

    def _content_damage(self, record: Record, following: Record | None) -> Damage | None:
        true_hash = _hash_of(record)
        authentic = record["hash"] == true_hash and self._is_sealed(record)
        if not authentic and following and following["prev"] == record["prev"] == self.last:
            return Damage.INSERTED
        if record["hash"] != true_hash:
            return Damage.MOVED if self._stood_elsewhere(record) else Damage.EDITED
        if not authentic:
            return Damage.FORGED
        if record["prev"] != self.last:
            return Damage.FORKED if record["prev"] in {"", *self.places} else Damage.UNLINKED
        return self._policy_damage(record)

    def _policy_damage(self, record: Record) -> Damage | None:
        actions, held = self.trust.actions, self.trust.held
        if actions is not None and record["action"] not in actions:
            return Damage.UNKNOWN_ACTION
        if held and held.seq == record["seq"] and held.hash != record["hash"]:
            return Damage.REWRITTEN
        return None

    def _is_sealed(self, record: Record) -> bool:
        key = self.trust.key
        return key is None or record["mac"] == chain.mac_of(str(record["hash"]), key)

    def _stood_elsewhere(self, record: Record) -> bool:
        """Try whether the record is untouched but for its number."""
        if not self._is_sealed(record):
            return False
        places = range(max(1, self.seq - _MOVES_TRIED), self.seq + _MOVES_TRIED)
        return any(_hash_of({**record, "seq": seq}) == record["hash"] for seq in places)

    def _step(self, record: Record) -> None:
        self.seq += 1
        self.last = str(record["hash"])
        self.places[self.last] = self.seq
        at = datetime.fromisoformat(str(record["at"]))
        if self.at and (back := (self.at - at).total_seconds()) > CLOCK_TOLERANCE_SECONDS:
            self.notes.append(ClockNote(seq=self.seq, seconds_back=round(back)))
        self.at = at

    def head_damage(self, head: HeadRecord | None) -> tuple[Damage, int] | None:
        """Return how the head disagrees with the walked chain, and at which event."""
        held = self.trust.held
        if held and held.seq > self.seq:
            return Damage.TRUNCATED, self.seq + 1
        if head is None:
            return (Damage.HEAD_MISSING, self.seq) if self.seq else None
        if head.seq != self.seq:
            behind = head.seq < self.seq
            return (
                (Damage.HEAD_BEHIND, head.seq + 1) if behind else (Damage.TRUNCATED, self.seq + 1)
            )
        if head.hash != self.last:
            return Damage.HEAD_WRONG, self.seq
        return (Damage.HEAD_FORGED, self.seq) if self._head_is_forged(head) else None

    def _head_is_forged(self, head: HeadRecord) -> bool:
        key = self.trust.key
        if key is None or not head.seq:
            return False
        return head.mac != chain.head_mac_of(head.stream, head.seq, head.hash, key)


def judge_chain(
    stream: str, records: Iterable[Record], head: HeadRecord | None, trust: Trust
) -> Verdict:
    """Walk one stream's records in the order of seq and return the verdict.

    Stops at the first damage: nothing behind it is vouched for.
    """
    walk = _Walk(stream, trust)
    for record, following in _with_following(records):
        damage = walk.judge(record, following)
        if damage:
            return Verdict(stream, walk.seq, damage, walk.seq + 1, tuple(walk.notes))
    wrong, seq = walk.head_damage(head) or (None, 0)
    return Verdict(stream, walk.seq, wrong, seq, tuple(walk.notes))


def _with_following(records: Iterable[Record]) -> Iterator[tuple[Record, Record | None]]:
    waiting: Record | None = None
    for record in records:
        if waiting is not None:
            yield waiting, record
        waiting = record
    if waiting is not None:
        yield waiting, None


def _hash_of(record: Record) -> str | None:
    try:
        return chain.hash_of(record)
    except rfc8785.CanonicalizationError:
        return None  # a value that was never written this way
