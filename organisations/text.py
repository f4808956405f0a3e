"""Texts at the door: one spelling for one name."""

import unicodedata

from django.utils.translation import gettext as _

from organisations.errors import ValueRefusedError


def clean_text(value: str, *, label: str, longest: int, required: bool = True) -> str:
    """Return the text in NFC with single spaces.

    Raises ValueRefusedError, naming the field by `label`, for an empty text where one is
    required, one of more than `longest` letters, and one with control characters.
    """
    cleaned = " ".join(unicodedata.normalize("NFC", value).split())
    if required and not cleaned:
        raise ValueRefusedError(_("Chưa nhập “%(label)s”.") % {"label": label})
    if len(cleaned) > longest:
        raise ValueRefusedError(
            _("“%(label)s” dài quá %(longest)d chữ.") % {"label": label, "longest": longest}
        )
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in cleaned):
        raise ValueRefusedError(_("“%(label)s” chứa ký tự điều khiển.") % {"label": label})
    return cleaned
