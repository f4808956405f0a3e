"""How people write the names of awards and of nominees, made comparable.

Clerks write "BK tỉnh", "Bằng khen TTg", "HCLĐ hạng 3", with and without marks, composed or
not. Words are folded to plain lower-case letters, abbreviations written out, and words that
carry no meaning dropped; what is left is compared as a set.
"""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_WRITTEN_OUT = {
    "bk": "bang khen",
    "bkttg": "bang khen thu tuong chinh phu",
    "bkttcp": "bang khen thu tuong chinh phu",
    "bktt": "bang khen thu tuong chinh phu",
    "bkt": "bang khen tinh",
    "gk": "giay khen",
    "hc": "huan chuong",
    "hcld": "huan chuong lao dong",
    "hcldhb": "huan chuong lao dong hang ba",
    "ld": "lao dong",
    "ttg": "thu tuong chinh phu",
    "ttcp": "thu tuong chinh phu",
    "cp": "chinh phu",
    "ctn": "chu tich nuoc",
    "ct": "chu tich",
    "ctubnd": "chu tich uy ban nhan dan",
    "ubnd": "uy ban nhan dan",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "htx": "hop tac xa",
    "dn": "doanh nghiep",
    "cb": "can bo",
    "cc": "cong chuc",
    "vc": "vien chuc",
    "cbcc": "can bo cong chuc",
    "cbccvc": "can bo cong chuc vien chuc",
    "nld": "nguoi lao dong",
    "vn": "viet nam",
    "tp": "thanh pho",
    "1": "nhat",
    "2": "nhi",
    "3": "ba",
    "i": "nhat",
    "ii": "nhi",
    "iii": "ba",
}
_EMPTY = frozenset({"cua", "cho", "tang", "thuong", "trinh", "cap", "cac", "va", "de", "nghi"})
_GLUED_CLASS = re.compile(r"\b(hcld|ld|hang|h)([123])\b")


def fold(text: str) -> str:
    """Return the text in lower case without marks, "đ" as "d", single-spaced."""
    lowered = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(bare.replace("đ", "d").split())


def words(text: str) -> frozenset[str]:
    """Return the meaningful words of a name, folded and written out.

    Empty for a text without any, which fits nothing.
    """
    spaced = _GLUED_CLASS.sub(r"\1 \2", fold(text))
    found: set[str] = set()
    for word in _WORD.findall(spaced):
        found.update(_WRITTEN_OUT.get(word, word).split())
    return frozenset(found - _EMPTY)


def slug(text: str) -> str:
    """Return a key made of a name's folded words, equal for different spellings of it."""
    written = (_WRITTEN_OUT.get(word, word) for word in _WORD.findall(fold(text)))
    kept = [word for phrase in written for word in phrase.split() if word not in _EMPTY]
    return "_".join(kept)
