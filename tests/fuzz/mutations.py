"""Good bytes made bad: cut, doubled, flipped, or with something put in that parsers dislike."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

BYTES: Sequence[bytes] = (
    b"", b"\0", b"\xff" * 9, b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b"&", b"%", b"-1",
    b"9" * 25, b"1e999", b"\x7f\xff\xff\xff", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"\xc3\x28",
    b"A" * 3000, b"\n" * 300, b"\r", b"../", b"endobj", b"stream\n", b"obj", b"[[[[[", b"(((((",
)  # fmt: skip
MARKUP: Sequence[bytes] = (
    b"<w:p>", b"</w:p>", b"<w:p/>", b"<w:r/>", b"<w:t>", b"</w:t>", b"<w:tbl>", b"<w:tc/>",
    b"<w:sectPr/>", b'w:val=""', b'w:val="-1"', b'w:val="x"', b'w:w="99999999999999999999"',
    b'w:sz="\xe2\x82\xac"', b"&#0;", b"&#55296;", b"]]>", b"<!--", b"<?x?>", b"<![CDATA[", b"xmlns=",
    b"<!DOCTYPE a>", b'r:id="rId999"', b"<w:ins/>", b"<w:del>", b"<w:fldSimple/>", b"<w:drawing/>",
    b'ref="A1:XFD1048576"', b'r="ZZZ999999999"', b't="s"', b"<v>99999999</v>", b't="e"',
)  # fmt: skip
TAGS: Sequence[bytes] = (
    b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"{%p", b"{%tr", b"{{r ", b"endif", b"endfor",
    b"{{ ''.__class__ }}", b"{% for a in range(9999999999) %}", b"{{ [] }}", b"{{ 1//0 }}", b"|so",
    b"|ngay", b"{% set a = 1 %}", b"{{ loop }}", b"{% raw %}", b"{% include 'x' %}", b"{{ a[", b"'",
    b"{{ ten|join(1) }}", b"{{ ten|max }}", b"{{ ten|default(ten) }}", b"{{ -ten }}", b"{{ ten+1 }}",
    b"{% if ten is divisibleby 0 %}", b"{{ 'a' * 9999999 }}", b"{{ ten|first|last }}", b"{{ ~ }}",
)  # fmt: skip
YAML: Sequence[bytes] = (
    b": ", b"- ", b"\t", b"&a ", b"*a", b"!!python/object:os.system ", b"2022-02-30", b"{", b"}",
    b"[", b"]", b"|", b">", b"'", b'"', b"? ", b"---\n", b"...\n", b"null", b"~", b"0o17", b"1_000",
    b".inf", b".nan", b"12:30:45", b"<<: ", b"\\ud800", b"%YAML 9.9\n", b"#", b"true", b"2022-13-01",
)  # fmt: skip
_MOST_CHANGES = 4


def changed(seed: bytes, dice: random.Random, scraps: Sequence[bytes]) -> bytes:
    """Return the bytes after one to four changes."""
    held = bytearray(seed)
    for _ in range(dice.randint(1, _MOST_CHANGES)):
        at = dice.randint(0, len(held))
        end = min(len(held), at + dice.choice((1, 2, 8, 40, 400)))
        dice.choice(_CHANGES)(held, at, end, dice.choice(scraps))
    return bytes(held)


def _flip(held: bytearray, at: int, _end: int, scrap: bytes) -> None:
    if at < len(held):
        held[at] ^= 1 << (len(scrap) % 8)


def _put_in(held: bytearray, at: int, _end: int, scrap: bytes) -> None:
    held[at:at] = scrap


def _put_over(held: bytearray, at: int, end: int, scrap: bytes) -> None:
    held[at:end] = scrap


def _take_out(held: bytearray, at: int, end: int, _scrap: bytes) -> None:
    del held[at:end]


def _double(held: bytearray, at: int, end: int, _scrap: bytes) -> None:
    held[at:at] = held[at:end]


def _cut(held: bytearray, at: int, _end: int, scrap: bytes) -> None:
    if len(scrap) % 4 == 0:  # seldom: little is left to look at
        del held[at:]


_CHANGES: Sequence[Callable[[bytearray, int, int, bytes], None]] = (
    _flip, _put_in, _put_in, _put_over, _take_out, _double, _cut,
)  # fmt: skip


def tree_changed(part: bytes, dice: random.Random, scraps: Sequence[bytes]) -> bytes:
    """Return XML that is still whole, with elements and values moved, doubled, lost or odd."""
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:  # the second change of a part
        return part
    for _ in range(dice.randint(1, _MOST_CHANGES)):
        elements = list(root.iter(etree.Element))
        one, other = dice.choice(elements), dice.choice(elements)
        word = dice.choice(scraps).decode(errors="ignore")
        _GROWN[dice.randrange(len(_GROWN))](one, other, "".join(filter(str.isprintable, word)))
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _lose(one: Any, _other: Any, _word: str) -> None:
    if one.getparent() is not None:
        one.getparent().remove(one)


def _graft(one: Any, other: Any, _word: str) -> None:
    other.insert(len(other) // 2, deepcopy(one))


def _rename(one: Any, other: Any, _word: str) -> None:
    one.tag = other.tag


def _odd_value(one: Any, _other: Any, word: str) -> None:
    for name in list(one.attrib)[:2]:
        one.set(name, word)


def _odd_text(one: Any, _other: Any, word: str) -> None:
    one.text = (one.text or "") + word


_GROWN: Sequence[Callable[[Any, Any, str], None]] = (
    _lose, _graft, _rename, _odd_value, _odd_value, _odd_text, _odd_text,
)  # fmt: skip


def package_changed(seed: bytes, dice: random.Random, scraps: Sequence[bytes]) -> bytes:
    """Return a zip of which one or two parts were changed, taken out or given another's name."""
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.randint(1, 2)):
        name = dice.choice(sorted(parts))
        how = dice.random()
        if how < 0.05 and len(parts) > 1:
            del parts[name]
        elif how < 0.1:
            parts[dice.choice(sorted(parts))] = parts[name]
        elif how < 0.35 or not name.endswith((".xml", ".rels")):
            parts[name] = changed(parts[name], dice, scraps)
        else:
            parts[name] = tree_changed(parts[name], dice, scraps)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
