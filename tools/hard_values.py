"""Values as hard as clerks, imports and mischief make them, for every field of every template.

    for one in value_sets("quyet_dinh", fields, count=60): render(one.values)

Made from a template's own list of fields, so a new template is tried without a word here. The
same key and number give the same set, on every machine. What a field's kind demands is kept: a
number of the register looks like one, a signer's title is in capitals, a day is a day. All else
is free text: every accented letter of Vietnamese in both compositions, markup, tags, quotes, line
breaks, the longest names, texts of 5,000 letters; lists of none, one, three and many.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

Fields = Sequence[Mapping[str, Any]]
Path = tuple[str | int, ...]
LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
ACCENTED = [letter for letter in LOWER + LOWER.upper() if not letter.isascii()]
"""The 134 letters of Vietnamese that ASCII has not: 67, in both cases."""
SHORT, PROSE, LONGEST = 60, 300, 5_000
ROWS = (1, 3, 0, 12)
MANY = 120
_FIRST_DAY = date(1930, 1, 1)
_DAYS = 40_000
_NOTATION = re.compile(r"\d+[a-z]?/[\w.]+")
_MONEY = 10**12
_COUNT = 10**9 - 1
_SYLLABLES = ("Nguyễn", "Đặng", "Thuỵ", "Huỳnh", "Quỳnh", "Khuê", "Ngọc", "Ánh", "K’Brẻo", "Ksor",
              "H’Wiêl", "Niê", "Êban", "Mlô", "Y-Thịnh", "Sơn", "Lữ", "Đỗ", "Phượng", "Nguyệt")  # fmt: skip
_TITLES = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Q. GIÁM ĐỐC SỞ R&D",
           "TL. CHỦ TỊCH <LÂM THỜI>", "TUQ. TRƯỞNG BAN “ĐỔI MỚI”")  # fmt: skip


@dataclass(frozen=True)
class ValueSet:
    """One paper's worth of values, and the plain ones of the same shape.

    values     hard ones, as a caller of documents.rendering.render_docx would give them
    plain      the same lists and the same empty fields, every text a word of its own
    printable  LibreOffice has glyphs for all of it: the PDF can be asked for every value too
    """

    values: dict[str, Any]
    plain: dict[str, Any]
    printable: bool


Flavour = Callable[[random.Random], str]


def _name(dice: random.Random) -> str:
    letters = "".join(dice.sample(ACCENTED, 6))
    return f"{dice.choice(_SYLLABLES)} {letters[:3]} {letters[3:]} {dice.choice(_SYLLABLES)}"


def _decomposed(dice: random.Random) -> str:
    return normalize("NFD", _name(dice))


def _markup(dice: random.Random) -> str:
    return f"R&D <b>{_name(dice)}</b> &amp; \"x\" 'y' &#60;"


def _broken_markup(dice: random.Random) -> str:
    return f"</w:t></w:r></w:p> {_name(dice)} ]]> <!-- -->"


def _tags(dice: random.Random) -> str:
    return f"{{{{ ten }}}} {_name(dice)} {{% for %}} {{# x #}} }}"


def _formats(dice: random.Random) -> str:
    return f"%s %(a)d {{0}} ${{b}} \\1 \\n {_name(dice)} =1+1"


def _lines(dice: random.Random) -> str:
    return f"{_name(dice)}\r\n{_name(dice)}\n\n\tba"


def _two_names(dice: random.Random) -> str:
    return f"{_name(dice)}\n{_name(dice)}"


def _quotes(dice: random.Random) -> str:
    return f"“{_name(dice)}” ‘a’ «b» …–—\u00a0x\u200by\u00adz"


def _one_word(dice: random.Random) -> str:
    return "".join(dice.choices(LOWER, k=SHORT))


def _foreign(dice: random.Random) -> str:
    return f"{_name(dice)} שלום مرحبا \u200e🏅 한국"


def _two_letters(dice: random.Random) -> str:
    return dice.choice(LOWER).upper() + dice.choice(ACCENTED).lower()


_FLAVOURS: tuple[tuple[Flavour, ...], ...] = (
    (_name, _name, _one_word),
    (_markup, _broken_markup, _name),
    (_tags, _formats),
    (_decomposed, _lines, _name),
    (_quotes, _two_letters),
    (_name, _markup, _tags, _lines, _quotes),
)
_UNPRINTABLE = (_foreign, _name)


def value_sets(key: str, fields: Fields, *, count: int) -> Iterator[ValueSet]:
    """Yield `count` sets for the template with this key and list of fields, always the same.

    In turn the lists hold one, three, no (where they may be empty) and twelve rows, once in thirty
    sets MANY; every third set leaves half of what may be empty empty; every fifth has texts of
    LONGEST letters; every seventh has letters without glyphs.
    """
    for number in range(count):
        printable = number % 7 != 6  # noqa: PLR2004 - the seventh
        flavours = _FLAVOURS[number % len(_FLAVOURS)] if printable else _UNPRINTABLE
        made = _Maker(random.Random(f"{key} {number}"), number, flavours)  # noqa: S311 - a test
        values = made.of(fields)
        yield ValueSet(values, _plain(fields, values), printable)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the place and value of everything in the values that is neither list nor object."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        yield path, value
    for name, item in inner:
        yield from leaves(item, (*path, name))


class _Maker:
    """Makes the values of one set."""

    def __init__(self, dice: random.Random, number: int, flavours: Sequence[Flavour]) -> None:
        self.dice, self.flavours = dice, flavours
        self.rows = MANY if number % 30 == 3 else ROWS[number % 4]  # noqa: PLR2004
        self.sparse = number % 3 == 2  # noqa: PLR2004 - every third
        self.longest = number % 5 == 0

    def of(self, fields: Fields, depth: int = 0) -> dict[str, Any]:
        return {field["name"]: self._value(field, depth) for field in fields}

    def _value(self, field: Mapping[str, Any], depth: int) -> Any:
        kind = field.get("type", "text")
        if kind == "object":
            return self.of(field["fields"], depth)
        if kind.startswith("list"):
            return [self._item(field, depth) for _ in range(self._count(field, depth))]
        if self.sparse and not self._needed(field) and self.dice.random() < 0.5:  # noqa: PLR2004
            return ""
        return self._leaf(field, kind, depth)

    @staticmethod
    def _needed(field: Mapping[str, Any]) -> bool:
        """Tell what may not be empty; NĐ 30/2020 wants a name under every signature."""
        return bool(field["required"]) or field["name"] == "ho_ten"

    def _count(self, field: Mapping[str, Any], depth: int) -> int:
        least = 1 if field["required"] else 0
        small = 3 if depth or "fields" not in field else self.rows
        if _draws(field):
            small = min(small, max(ROWS))
        return max(least, min(self.rows, small))

    def _item(self, field: Mapping[str, Any], depth: int) -> Any:
        if "fields" in field:
            return self.of(field["fields"], depth + 1)
        return self._text(field, depth)

    def _leaf(self, field: Mapping[str, Any], kind: str, depth: int) -> Any:
        if kind == "date":
            return str(_FIRST_DAY + timedelta(days=self.dice.randrange(_DAYS)))
        if kind == "integer":
            top = _MONEY if "đồng" in field["meaning"] else _COUNT
            return self.dice.choice((0, 1, 9, 10, 1_000, top))
        return _chart(self.dice) if kind == "chart" else self._text(field, depth)

    def _text(self, field: Mapping[str, Any], depth: int) -> str:
        example = _example(field)
        if _NOTATION.match(example):
            return f"{self.dice.randrange(1, 9_999):02d}/{self.dice.choice(('TTr', 'QĐ'))}-ĐHĐ"
        if example.isupper() and field["name"] == "quyen_han":
            return self.dice.choice(_TITLES)
        flavour = self.dice.choice(self.flavours)
        if self._names_one_thing(field, depth) and flavour in (_two_letters, _lines):
            flavour = _two_names if "xuống dòng" in field["meaning"] else _name
        text = flavour(self.dice)
        if field["name"] == "dia_danh":  # NĐ 30/2020: it begins with a capital, on one line
            return " ".join(f"{self.dice.choice(_SYLLABLES)} {text}".split())
        if len(example) > SHORT or field.get("type") == "list of text":
            wanted = LONGEST if self.longest and "list" in field.get("type", "") else PROSE
            while len(text) < wanted:
                text = f"{text} {_name(self.dice)}"
        return text

    @staticmethod
    def _names_one_thing(field: Mapping[str, Any], depth: int) -> bool:
        """Tell whether this is an office, a movement, a round: no line of two letters."""
        short = field.get("type", "text") == "text" and len(_example(field)) <= SHORT
        return short and not depth


def _draws(field: Mapping[str, Any]) -> bool:
    """Tell whether a row of this list holds a chart: hundreds of pictures are another question."""
    inner = field.get("fields", ())
    return field.get("type") == "chart" or any(_draws(one) for one in inner)


def _example(field: Mapping[str, Any]) -> str:
    example = field.get("example", "")
    if isinstance(example, list):
        example = example[0] if example else ""
    return str(example)


def _chart(dice: random.Random) -> dict[str, Any]:
    numbers = ["", "0", "0.1", "99999999999", "62.5"]
    years = list(range(2022, 2022 + dice.randrange(1, 5)))
    picked = [dice.choice(numbers) for _ in years]
    return {
        "don_vi": dice.choice(("%", "đồng", "<&>")),
        "nam": years,
        "gia_tri": picked,
        "da_xac_nhan": [dice.choice((True, False)) for _ in years],
        "muc_tieu": ["60" for _ in years],
        "chu_muc_tieu": ["60" for _ in years],
    }


def _plain(fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of the same shape in which every text that is free is a word of its own."""
    return _Plain().of(fields, values)


class _Plain:
    def __init__(self) -> None:
        self.made = 0

    def of(self, fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
        return {field["name"]: self._value(field, values[field["name"]]) for field in fields}

    def _value(self, field: Mapping[str, Any], value: Any) -> Any:
        kind = field.get("type", "text")
        if value == "" or kind in ("date", "integer", "chart"):
            return value
        if isinstance(value, list):
            return [self._item(field, item) for item in value]
        if isinstance(value, dict):
            return self.of(field["fields"], value)
        return self._word(value)

    def _item(self, field: Mapping[str, Any], item: Any) -> Any:
        return self.of(field["fields"], item) if "fields" in field else self._word(item)

    def _word(self, text: str) -> str:
        self.made += 1
        if _NOTATION.match(text):
            return f"{self.made + 10_000}/TTr-ĐHĐ"
        return f"KT. CHỨC{self.made}ZZ" if text.isupper() and len(text) > 1 else f"Chữ{self.made}zz"
