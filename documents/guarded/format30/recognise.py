"""Which component of NĐ 30/2020 a line is: by its style where it is ours, else as a reader sees it.

A reader knows the components by their words and their place: the two names at the top, what
stands below them, the type, what follows it, the two boxes at the end. So does this; that a
component looks wrong must not keep it from being known.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from documents.guarded.format30.model import Line, Pack, Paper

RULE = "rule"
_ALIKE = 0.85
_LONG = 200
_NATION = "cộng hòa xã hội"
_NUMBER = re.compile(r"số\b\s*:?|\S{1,8}\s*/\s*[A-ZĐ]{2,}", re.IGNORECASE)
_DATE = re.compile(r"ngày\s+\S+\s+tháng\s+\S+\s+năm", re.IGNORECASE)
_SUBJECT = re.compile(r"v/v\b|về việc", re.IGNORECASE)
_BASIS = re.compile(r"căn cứ\s", re.IGNORECASE)
_LAST_BASIS = re.compile(r"(theo đề nghị của|xét)\s", re.IGNORECASE)
_TO = re.compile(r"kính gửi", re.IGNORECASE)
_ITEM = re.compile(r"[-–+•]")
_RECIPIENTS = re.compile(r"nơi nhận", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(địa chỉ|trụ sở|điện thoại|đt|fax|e-?mail|thư điện tử|website|(trang|cổng) thông tin điện tử)"
    r"[^:]{0,20}:", re.IGNORECASE,
)  # fmt: skip
_NOTE = re.compile(r"\(.*\)", re.DOTALL)
_IN_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"phụ lục(\s+[IVXLC\d]+)?", re.IGNORECASE), "C23"),
    (re.compile(r"\(\s*kèm theo.*", re.IGNORECASE | re.DOTALL), "C23.with"),
    (re.compile(r"(phần|chương)\s+(thứ\s)?\S+", re.IGNORECASE), "C12"),
    (re.compile(r"(mục|tiểu mục)\s+[\dIVXLC]+\.?", re.IGNORECASE), "C13"),
    (re.compile(r"[IVXLC]+\.\s.*", re.DOTALL), "C13.heading"),
    (re.compile(r"điều\s+\d+\b.*", re.IGNORECASE | re.DOTALL), "C14"),
    (re.compile(r"(\d+[.)/]|[a-zđ][.)/])\s.*", re.DOTALL), "C15"),
    (re.compile(r"[A-ZĐ]{2,5}\.\s?\(\d+\)"), "C26"),
    (re.compile(r"(sao y|sao lục|trích sao)\b.*", re.IGNORECASE | re.DOTALL), "C28"),
)
_TITLED = {"C12": "C12.title", "C13": "C13.title", "C23": "C23.title"}


def folded(text: str) -> str:
    """Return the text for comparing: one case, one composition of tone marks, single spaces."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("oà", "òa").replace("uỷ", "ủy")
    return " ".join(plain.split())


def alike(text: str, wanted: str) -> bool:
    """Whether a text is meant to be the wanted one: a slip of the pen does not hide it."""
    one, other = folded(text), folded(wanted)
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def name_components(paper: Paper, pack: Pack) -> None:
    """Set every line's ``component``; "" for what the decree says nothing of."""
    for at, line in enumerate(paper.lines):
        line.at = at
    lines = [line for line in paper.lines if not line.empty]
    for line in lines:
        hint = pack["styles"].get(line.style)
        line.component = hint if hint is not None else ""
        if line.is_rule or line.is_dashed or (line.style.startswith("DuongKe")):
            line.component = RULE
    start = _name_head(lines, pack)
    flow = [line for line in lines[start:] if line.cell is None]
    _name_type(flow, pack)
    _name_flow(flow, pack)
    for table in _signature_tables(lines[start:]):
        _name_signatures(table)
    for line in paper.margins:  # those of the first section; an annex only has them again
        if line.section == 0 and not line.component and _ADDRESS.match(line.text):
            line.component = "C27"


# --- the head -------------------------------------------------------------------------------------
def _unnamed(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.component]


def _name_head(lines: Sequence[Line], pack: Pack) -> int:
    """Name boxes 1 to 5b; return where the head ends: the first line of no table after it."""
    at = _head_line(lines, pack)
    if at is None:
        return 0
    if _is_nation(lines[at], pack):
        lines[at].component = "C01"
    end = next((n for n in range(at, len(lines)) if lines[n].cell is None and n > at), len(lines))
    if lines[at].cell is None:
        end = next((n for n in range(at, len(lines)) if _opens(lines[n], pack)), end)
    head = lines[:end]
    for line in _unnamed(head):
        if alike(line.text, pack["words"]["motto"]):
            line.component = "C02"
        elif _DATE.search(line.text) and not _NUMBER.match(line.text):
            line.component = "C06"
    side = lines[at].cell
    left = [line for line in head if side is None or (line.cell and line.cell[2] != side[2])]
    _name_issuer(left, pack)
    return end


def _head_line(lines: Sequence[Line], pack: Pack) -> int | None:
    """Return a line of the right box: the national name; without one, the motto or the date."""
    for known in (
        lambda line: _is_nation(line, pack),
        lambda line: alike(line.text, pack["words"]["motto"]),
        lambda line: line.cell is not None and not line.grid and _DATE.search(line.text),
    ):
        found = next((n for n, line in enumerate(lines) if known(line)), None)
        if found is not None:
            return found
    return None


def _is_nation(line: Line, pack: Pack) -> bool:
    begins = folded(line.text).startswith(_NATION)  # a long name may be broken in two
    return line.component == "C01" or begins or alike(line.text, pack["words"]["nation"])


def _opens(line: Line, pack: Pack) -> bool:
    return _begins(line.text, pack["words"]["types"]) or bool(_TO.match(line.text))


def _name_issuer(left: Sequence[Line], pack: Pack) -> None:
    number = next((n for n, line in enumerate(left) if _is_number(line)), len(left))
    names = [line for line in left[:number] if line.component in ("", "C03", "C04")]
    owners = _owners(_unnamed(names), pack)
    for line in _unnamed(names):
        line.component = "C03" if line in owners else "C04"
    for line in _unnamed(left[number:]):
        line.component = "C05" if line is left[number] else ""
        if _SUBJECT.match(line.text):
            line.component = "C09"


def _is_number(line: Line) -> bool:
    return line.component == "C05" or bool(_NUMBER.match(line.text) and line.component == "")


def _owners(names: Sequence[Line], pack: Pack) -> list[Line]:
    """Return the lines of the body above the issuer: all before the last name that begins."""
    begins = [n for n, line in enumerate(names) if _begins(line.text, pack["words"]["bodies"])]
    return list(names[: begins[-1]]) if begins else list(names[:-1])


def _begins(text: str, words: Sequence[str]) -> bool:
    upper = " ".join(text.upper().split()) + " "
    return any(upper.startswith((word + " ", word + ":")) for word in words)


# --- the type, its subject, and the text ----------------------------------------------------------
def _name_type(flow: Sequence[Line], pack: Pack) -> None:
    kind = next((line for line in flow if line.component != RULE), None)
    if kind is None or kind.component not in ("", "C07"):
        return
    if not kind.component and _begins(kind.text, pack["words"]["types"]):
        kind.component = "C07"
    if kind.component != "C07" and not _is_heading(kind):
        return
    above = kind
    for line in flow[flow.index(kind) + 1 :]:
        if line.component not in ("", "C08") or not _is_subject(line, above, kind, pack):
            return
        line.component = "C08"
        above = line


def _is_subject(line: Line, above: Line, kind: Line, pack: Pack) -> bool:
    """Whether a line says what the paper is about: it stands below the type, or goes on so."""
    if _starts_text(line):
        return False
    if above is kind:
        return not _begins(line.text, pack["words"]["bodies"])
    return line.bold and line.align == "center" and not _is_heading(line)


def _starts_text(line: Line) -> bool:
    return bool(
        _TO.match(line.text) or _BASIS.match(line.text) or len(line.text) > _LONG
        or line.text.endswith((":", ";"))
    )  # fmt: skip


def _is_heading(line: Line) -> bool:
    """Whether the line is capitals in the middle: an authority, “QUYẾT ĐỊNH:”, a name."""
    return line.text.isupper() and (line.align == "center" or line.bold)


def _name_flow(flow: Sequence[Line], pack: Pack) -> None:
    above: Line | None = None
    begun = False
    for line in flow:
        if not line.component and line.style not in pack["styles"]:
            line.component = _in_flow(line, above, pack, begun=begun)
        begun = begun or line.component in ("C11", "C14", "C15", "C13.heading")
        if line.component == RULE:
            continue
        above = line


def _in_flow(line: Line, above: Line | None, pack: Pack, *, begun: bool) -> str:
    before = above.component if above is not None else ""
    found = _by_words(line, before, pack, begun=begun)
    if found is not None:
        return found
    follows = _following(line, before)
    if follows:
        return follows
    return "" if _is_heading(line) else "C11"


def _following(line: Line, before: str) -> str:
    """Return what a line is by what stands above it: a title, or the rest of one."""
    capitals, centred = line.text.isupper(), line.align == "center"
    rest = (
        (before in _TITLED and (capitals or centred), _TITLED.get(before, "")),
        (before in _TITLED.values() and capitals and line.bold, before),
        (before in ("C23.title", "C23.sub") and line.bold, "C23.sub"),
        (before == "C23.with" and centred and line.italic, before),
        (before in ("C20", "C20.more") and centred and not capitals, "C20.more"),
    )
    return next((name for holds, name in rest if holds), "")


def _by_words(line: Line, before: str, pack: Pack, *, begun: bool) -> str | None:
    text = line.text
    basis = _BASIS.match(text) or (before == "C10" and _LAST_BASIS.match(text))
    item = _ITEM.match(text)
    for name, holds in (
        ("C20", _TO.match(text)),
        ("C20.item", item and before in ("C20", "C20.item")),
        ("C10", basis and not begun),
        ("C21", _RECIPIENTS.match(text)),
        ("C22", item and before in ("C21", "C22")),
    ):
        if holds:
            return name
    return _marked(line, pack)


def _marked(line: Line, pack: Pack) -> str | None:
    words = pack["words"]
    upper = line.text.upper()
    if upper in (*words["urgent"], *words["secret"]):
        return "C24"
    if upper in words["circulation"]:
        return "C25"
    return next((name for shape, name in _IN_TEXT if shape.fullmatch(line.text)), None)


# --- the two boxes at the end ---------------------------------------------------------------------
def _signature_tables(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the tables without borders in which somebody signs, each as its lines."""
    tables: dict[int, list[Line]] = {}
    for line in lines:
        if line.cell is not None and not line.grid:
            tables.setdefault(line.cell[0], []).append(line)
    return [held for held in tables.values() if any(_signs(line) for line in held)]


def _signs(line: Line) -> bool:
    return bool(_RECIPIENTS.match(line.text)) or line.text.isupper() or line.component == "C16"


def _name_signatures(table: Sequence[Line]) -> None:
    columns: dict[int, list[Line]] = {}
    for line in table:
        columns.setdefault(line.cell[2] if line.cell else 0, []).append(line)
    for column in columns.values():
        if any(_RECIPIENTS.match(line.text) for line in column):
            _name_recipients(column)
        else:
            _name_signer(column)


def _name_recipients(column: Sequence[Line]) -> None:
    for line in _unnamed(column):
        line.component = "C21" if _RECIPIENTS.match(line.text) else "C22"


def _name_signer(column: Sequence[Line]) -> None:
    """Name titles and names: a name is the last line that is no capitals before the next title."""
    named = [line for line in column if not _NOTE.fullmatch(line.text)]
    for at, line in enumerate(named):
        if line.component:
            continue
        last = at + 1 == len(named) or named[at + 1].text.isupper()
        line.component = "C17" if at and last and not line.text.isupper() else "C16"
