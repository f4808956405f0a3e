"""The order of Vietnamese names. Pure: the guarded child sorts lists by it, the rooms above too."""

from unicodedata import normalize

ALPHABET = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)
_ORDER = {letter: place for place, letter in enumerate(ALPHABET)}

Key = tuple[int, ...]


def vietnamese_key(text: str) -> Key:
    """Return the place of a text in Vietnamese order (a ă â … đ … ô ơ …, tones within letters)."""
    letters = normalize("NFC", text).casefold()
    return tuple(_ORDER.get(letter, -1 if letter == " " else len(_ORDER)) for letter in letters)


def given_name_key(name: str) -> tuple[Key, Key]:
    """Return the sorting key of a person: given name first, then the whole name."""
    return vietnamese_key(name.rsplit(" ", 1)[-1]), vietnamese_key(name)
