"""What the words of a component must be like: signs, zeros, order, the end of each line."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from documents.guarded.format30.model import Fault, Line, Mend, Pack, Paper

_DOTS = r"[….\s_]"
_SYMBOL = r"\w[\w.]*(?:-\w[\w.]*)*"
_NUMBER = re.compile(rf"Số: (\d+[a-z]?|{_DOTS}*)(?:/({_SYMBOL}|{_DOTS}+))?")
_LOOSE = re.compile(r"^số\s*:?\s*(?P<number>[^/]*?)\s*(?:/\s*(?P<symbol>.*))?$", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<place>.*?)(?P<comma>,?)\s*ngày\s+(?P<day>\S+)\s+tháng\s+(?P<month>\S+)"
    r"\s+năm\s+(?P<year>\S+)", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_LAW = re.compile(r"căn cứ\s+(bộ luật|luật|pháp lệnh)\b", re.IGNORECASE)
_TYPED = re.compile(
    r"căn cứ\s+(nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kế hoạch|hướng dẫn)\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"(TM|KT|TUQ|TL|Q)(\.?)(\s*)(?=[A-ZĐÀ-Ỹ])|(T/M|K/T|T/L|T/UQ)\b\.?\s*")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_POINT = re.compile(r"(?P<letter>[a-zđ])(?P<mark>[.)/])\s")
_CLAUSE = re.compile(r"(?P<number>\d+)(?P<mark>[.)/])\s")
_ARTICLE = re.compile(r"(Điều\s+)(\d+)(\.?)(.?)", re.DOTALL)
_SHOWN = 20  # letters, to know the end of a line by
_ROMAN = re.compile(r"[IVXLC]+")
Rule = Callable[[Paper, Pack], Iterator[Fault]]


def word_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what the words have wrong; a line that a template still has to fill is not judged."""
    for rule in _RULES:
        yield from rule(paper, pack)


def _settled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.tagged]


def _says(line: Line, rule: str, aspect: str, wanted: str, *, mend: bool = True) -> Fault:
    """Return the fault that a line does not say what it should; mended by saying it."""
    verb = Mend("text", wanted) if mend else None
    return Fault(rule, aspect, {"found": line.text, "wanted": wanted}, line, mend=verb)


def _mottoes(paper: Paper, pack: Pack) -> Iterator[Fault]:
    words = pack["words"]
    for line in _settled(paper.of("C01")):
        nations = (words["nation"], words["nation_also"])
        if " ".join(line.text.upper().split()) not in nations:
            yield _says(line, "C01", "words", words["nation"])
    for line in _settled(paper.of("C02")):
        if any(span.caps for span in line.spans):
            facts = {"found": line.text, "wanted": words["motto"]}
            yield Fault("C02", "words", facts, line, mend=Mend("caps", value=False))
        elif line.text != words["motto"]:
            yield _says(line, "C02", "words", words["motto"])


def _number(paper: Paper, pack: Pack) -> Iterator[Fault]:
    for line in _settled(paper.of("C05")):
        held = _NUMBER.fullmatch(line.text)
        loose = _LOOSE.match(line.text)
        if not held or _short(held.group(1)):
            wanted = _right_number(loose) if loose else "Số: …/…"
            yield _says(line, "C05", "number", wanted, mend=bool(loose) and wanted != line.text)
            continue
        mixed = pack["words"]["mixed"]
        groups = (held.group(2) or "").split("-")
        if any(re.search("[a-zđ]", group) and group not in mixed for group in groups):
            yield _says(line, "C05", "symbol", _upper(line.text, mixed))


def _short(number: str) -> bool:
    return number.isdigit() and len(number) < len("05")


def _upper(text: str, mixed: Sequence[str]) -> str:
    head, _, symbol = text.partition("/")
    groups = [group if group in mixed else group.upper() for group in symbol.split("-")]
    return f"{head}/{'-'.join(groups)}"


def _right_number(loose: re.Match[str]) -> str:
    number = loose["number"].strip()
    number = number.zfill(2) if number.isdigit() else number
    symbol = re.sub(r"\s*[-–]\s*", "-", (loose["symbol"] or "").strip())
    return f"Số: {number}/{symbol}" if loose["symbol"] else f"Số: {number}"


def _date(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    for line in _settled(paper.of("C06")):
        held = _DATE.fullmatch(line.text)
        if held is None:
            wanted = "…, ngày … tháng … năm …"
            yield _says(line, "C06", "date", wanted, mend=False)
            continue
        wanted = _right_date(held)
        if " ".join(line.text.split()) != wanted:
            yield _says(line, "C06", "date", wanted)
        elif not held["place"][:1].isupper():
            yield _says(line, "C06", "place", wanted[:1].upper() + wanted[1:])


def _right_date(held: re.Match[str]) -> str:
    day, month = held["day"], held["month"]
    day = day.zfill(2) if day.isdigit() else day
    if month.isdigit():
        month = f"{int(month):02}" if int(month) < 3 else str(int(month))  # noqa: PLR2004 - 1 and 2
    place = " ".join(held["place"].split())
    return f"{place}, ngày {day} tháng {month} năm {held['year']}"


def _bases(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    lines = paper.of("C10")
    for line in _settled(lines):
        end = "." if line is lines[-1] else ";"
        if not line.text.endswith(end):
            yield _ends(line, "C10", end)
        if ";" in line.text[:-1] and re.search(r";\s*căn cứ\s", line.text, re.IGNORECASE):
            yield Fault("C10", "one.line", {}, line)
        if _LAW.match(line.text) and re.search(r"\bsố\s+\d+[/\w-]*", line.text):
            yield Fault("C10", "law", {"found": line.text}, line)
        elif _TYPED.match(line.text) and not re.search(r"\bsố\s", line.text):
            yield Fault("C10", "unnumbered", {"found": line.text}, line)


def _ends(line: Line, rule: str, end: str) -> Fault:
    facts = {"found": line.text[-_SHOWN:], "wanted": end}
    return Fault(rule, "end", facts, line, mend=Mend("ending", end))


def _listed(paper: Paper, rule: str, component: str) -> Iterator[Fault]:
    """Yield faults of a list “- …;” whose last line ends with a full stop."""
    lines = paper.of(component)
    for line in _settled(lines):
        if not line.text.startswith("- "):
            wanted = "- " + line.text.lstrip("-–+• ")
            yield _says(line, rule, "dash", wanted)
        end = "." if line is lines[-1] else ";"
        if not line.text.endswith(end):
            yield _ends(line, rule, end)


def _addressees(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    for line in paper.of("C20"):
        if not line.text.startswith("Kính gửi:"):
            wanted = re.sub(
                r"^kính gửi\s*[:;.]?\s*", "Kính gửi: ", line.text, flags=re.IGNORECASE
            ).strip()
            yield _says(line, "C20", "colon", wanted, mend=not line.tagged)
    yield from _listed(paper, "C20", "C20.item")


def _recipients(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    for line in paper.of("C21"):
        if line.text != "Nơi nhận:":
            yield _says(line, "C21", "words", "Nơi nhận:")
    yield from _listed(paper, "C22", "C22")
    lines = paper.of("C22")
    if not lines:
        return
    last, first = lines[-1], lines[0]
    if not last.text.startswith("- Lưu:"):
        yield Fault("C22", "kept", {"found": last.text}, last)
    if paper.of("C20") and not first.tagged and not first.text.startswith("- Như trên"):
        yield Fault("C22", "as.above", {"found": first.text}, first)


def _parts(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    for component, roman in (("C12", True), ("C13", False)):
        for line in _settled(paper.of(component)):
            number = line.text.split()[-1].rstrip(".")
            if roman != bool(_ROMAN.fullmatch(number)):
                aspect = "roman" if roman else "arabic"
                yield Fault(component, aspect, {"found": line.text}, line)
    for line in paper.of("C14"):
        held = _ARTICLE.match(line.text)
        if held and held.group(3) != ".":
            extra = held.group(4) if held.group(4) in ":)/-" else ""
            old = f"{held.group(1)}{held.group(2)}{extra}"
            mend = Mend("replace", [old, f"Điều {held.group(2)}."])
            yield Fault("C14", "dot", {"found": old}, line, mend=mend)


def _clauses(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    before = ""
    for line in paper.lines:
        point = _POINT.match(line.text) if line.component in ("C11", "C15") else None
        clause = _CLAUSE.match(line.text) if line.component in ("C11", "C15") else None
        if point:
            yield from _point(line, point, before)
            before = point["letter"]
        elif clause and clause["mark"] != ".":
            wanted = f"{clause['number']}."
            old = clause["number"] + clause["mark"]
            mend = Mend("replace", [old, wanted])
            yield Fault("C15", "clause", {"found": old, "wanted": wanted}, line, mend=mend)
        if clause or line.component in ("C14", "C13.heading"):
            before = ""


def _point(line: Line, point: re.Match[str], before: str) -> Iterator[Fault]:
    letter, mark = point["letter"], point["mark"]
    if mark != ")":
        old, wanted = letter + mark, f"{letter})"
        mend = Mend("replace", [old, wanted])
        yield Fault("C15", "point", {"found": old, "wanted": wanted}, line, mend=mend)
    expected = _ALPHABET[_ALPHABET.index(before) + 1 :][:1] if before in _ALPHABET else ""
    if letter not in (expected if before else "a", "a"):
        facts: dict[str, Any] = {"found": letter, "wanted": expected if before else "a"}
        yield Fault("C15", "order", facts, line)


def _signers(paper: Paper, pack: Pack) -> Iterator[Fault]:
    for line in _settled(paper.of("C16")):
        held = _AUTHORITY.match(line.text.upper())
        if held and (held.group(4) or (held.group(2), held.group(3)) != (".", " ")):
            if not held.group(4) and held.group(2) == "" and held.group(3) == "":
                continue  # a word that begins so: TLU, QUYỀN
            mark = (held.group(1) or held.group(4).replace("/", "")) + ". "
            wanted = mark + line.text[held.end() :]
            yield _says(line, "C16", "authority", wanted)
    titles = "|".join(map(re.escape, pack["words"]["titles_of_learning"]))
    for line in _settled(paper.of("C17")):
        bare = re.sub(rf"^((?:{titles})\.?(?:\s*,\s*|\s+|(?<=\.)))+", "", line.text)
        if bare != line.text:
            yield _says(line, "C17", "title", bare)


def _annexes(paper: Paper, _pack: Pack) -> Iterator[Fault]:
    annexes = paper.of("C23")
    for line in _settled(annexes):
        number = line.text.split()[2:]
        if number and not _ROMAN.fullmatch(number[0]):
            yield Fault("C23", "roman", {"found": line.text}, line)
        if not number and len(annexes) > 1:
            yield Fault("C23", "unnumbered", {"found": line.text}, line)


_RULES: tuple[Rule, ...] = (
    _mottoes, _number, _date, _bases, _addressees, _recipients, _parts, _clauses, _signers, _annexes,
)  # fmt: skip
