"""The words of each kind of fault: what is there, and what should be."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = tuple[str | Promise, str | Promise]

_SIDES: dict[str, str | Promise] = {
    "top": gettext_lazy("mép trên"),
    "bottom": gettext_lazy("mép dưới"),
    "left": gettext_lazy("mép trái"),
    "right": gettext_lazy("mép phải"),
}
_ALIGNS: dict[str, str | Promise] = {
    "left": gettext_lazy("canh trái"),
    "right": gettext_lazy("canh phải"),
    "center": gettext_lazy("canh giữa"),
    "both": gettext_lazy("canh đều hai lề"),
}
_SAYS: Words = ("“%(found)s”", "“%(wanted)s”")
_WORDS: dict[str, Words] = {
    "paper": (
        gettext_lazy("khổ %(width)s × %(height)s mm"),
        gettext_lazy("khổ A4, 210 × 297 mm"),
    ),
    "landscape": (
        gettext_lazy("trang ngang mà không có bảng"),
        gettext_lazy("trình bày theo chiều dài của khổ A4"),
    ),
    "margin": (
        gettext_lazy("%(side)s %(mm)s mm"),
        gettext_lazy("%(side)s từ %(low)s đến %(high)s mm"),
    ),
    "font": (gettext_lazy("phông chữ %(fonts)s"), gettext_lazy("phông chữ %(font)s")),
    "color": (gettext_lazy("chữ màu %(colors)s"), gettext_lazy("chữ màu đen")),
    "number.missing": (
        gettext_lazy("không đánh số trang ở lề trên"),
        gettext_lazy("số trang ở giữa lề trên, không hiển thị ở trang thứ nhất"),
    ),
    "number.below": (
        gettext_lazy("số trang ở lề dưới"),
        gettext_lazy("số trang ở giữa lề trên, không hiển thị ở trang thứ nhất"),
    ),
    "number.first": (
        gettext_lazy("trang thứ nhất có số trang"),
        gettext_lazy("không hiển thị số trang thứ nhất"),
    ),
    "number.annex": (
        gettext_lazy("phụ lục đánh số trang tiếp theo văn bản"),
        gettext_lazy("mỗi phụ lục đánh số trang riêng, từ 1"),
    ),
    "number.text": (
        gettext_lazy("số trang là “%(found)s”"),
        gettext_lazy("chữ số Ả Rập, không có chữ và dấu"),
    ),
    "size": (gettext_lazy("cỡ chữ %(sizes)s"), gettext_lazy("cỡ chữ %(low)s đến %(high)s")),
    "align": (gettext_lazy("%(align)s"), gettext_lazy("%(wanted)s")),
    "words": _SAYS,
    "number": _SAYS,
    "symbol": _SAYS,
    "date": _SAYS,
    "place": _SAYS,
    "end": (gettext_lazy("“%(found)s” ở cuối"), "%(wanted)s"),
    "dash": _SAYS,
    "colon": _SAYS,
    "clause": _SAYS,
    "point": _SAYS,
    "order": _SAYS,
    "authority": _SAYS,
    "title": _SAYS,
    "dot": ("“%(found)s”", gettext_lazy("sau số thứ tự của điều có dấu chấm")),
    "roman": ("“%(found)s”", gettext_lazy("số thứ tự bằng chữ số La Mã")),
    "arabic": ("“%(found)s”", gettext_lazy("số thứ tự bằng chữ số Ả Rập")),
    "one.line": (
        gettext_lazy("nhiều căn cứ trên một dòng"),
        gettext_lazy("mỗi căn cứ một dòng, cuối dòng có dấu chấm phẩy"),
    ),
    "law": (
        "“%(found)s”",
        gettext_lazy("luật, pháp lệnh không ghi số, ký hiệu, cơ quan ban hành"),
    ),
    "unnumbered": ("“%(found)s”", gettext_lazy("ghi số, ký hiệu")),
    "kept": ("“%(found)s”", gettext_lazy("dòng cuối “- Lưu: VT, đơn vị soạn thảo.”")),
    "as.above": ("“%(found)s”", gettext_lazy("dòng đầu “- Như trên;”")),
    "missing": (gettext_lazy("không có"), gettext_lazy("phải có")),
    "with": (
        gettext_lazy("không có dòng “(Kèm theo …)”"),
        gettext_lazy("dòng “(Kèm theo …)” dưới tên phụ lục"),
    ),
    "rule.missing": (
        gettext_lazy("không có đường kẻ ngang phía dưới"),
        gettext_lazy("đường kẻ ngang, nét liền, phía dưới"),
    ),
    "rule.dashed": (gettext_lazy("đường kẻ nét đứt"), gettext_lazy("đường kẻ nét liền")),
    "rule.length": (
        gettext_lazy("đường kẻ dài bằng %(ratio)s dòng chữ"),
        gettext_lazy("dài bằng %(low)s đến %(high)s dòng chữ"),
    ),
    "row": (
        gettext_lazy("không ngang hàng"),
        gettext_lazy("ngang hàng với thành phần bên cạnh (sơ đồ bố trí, mục IV)"),
    ),
    "single": (gettext_lazy("cách %(line)s dòng"), gettext_lazy("cách dòng đơn")),
    "gap": (gettext_lazy("cách %(gap)s pt"), gettext_lazy("cách %(wanted)s pt")),
    "indent": (gettext_lazy("lùi đầu dòng %(mm)s mm"), gettext_lazy("lùi 1 cm hoặc 1,27 cm")),
    "pitch": (
        gettext_lazy("cách dòng %(line)s"),
        gettext_lazy("cách dòng từ %(low)s đến %(high)s"),
    ),
    "close": (
        gettext_lazy("khoảng cách đoạn %(gap)s pt"),
        gettext_lazy("khoảng cách giữa các đoạn tối thiểu %(wanted)s pt"),
    ),
    "room": (
        gettext_lazy("chỗ ký cao %(gap)s pt"),
        gettext_lazy("chỗ cho chữ ký giữa chức vụ và họ tên"),
    ),
    "seal": (
        gettext_lazy("dấu trùm %(ratio)s bề ngang chữ ký, tính từ bên trái"),
        gettext_lazy("dấu trùm khoảng 1/3 chữ ký, về phía bên trái"),
    ),
    "address": (
        gettext_lazy("địa chỉ cơ quan không ở chân trang thứ nhất"),
        gettext_lazy("địa chỉ cơ quan ở cuối trang thứ nhất"),
    ),
    "rule.above": (
        gettext_lazy("không có đường kẻ hết chiều ngang phía trên"),
        gettext_lazy("dưới một đường kẻ nét liền, dài hết chiều ngang phần chữ"),
    ),
    "frame": (gettext_lazy("không có khung"), gettext_lazy("khung hình chữ nhật viền đơn")),
    "scan": (
        gettext_lazy("không đọc được chữ (bản chụp)"),
        gettext_lazy("bản có chữ; bản chụp phải xem bằng mắt"),
    ),
}
_EITHER: dict[tuple[str, object], Words] = {
    ("bold", True): (gettext_lazy("chữ không đậm"), gettext_lazy("chữ đậm")),
    ("bold", False): (gettext_lazy("chữ đậm"), gettext_lazy("chữ không đậm")),
    ("italic", True): (gettext_lazy("chữ đứng"), gettext_lazy("chữ nghiêng")),
    ("italic", False): (gettext_lazy("chữ nghiêng"), gettext_lazy("chữ đứng")),
    ("case", "upper"): (gettext_lazy("chữ in thường"), gettext_lazy("chữ in hoa")),
    ("case", "lower"): (gettext_lazy("chữ in hoa"), gettext_lazy("chữ in thường")),
}


def words_of(aspect: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is there and what should be, in the language of the reader."""
    found, expected = (
        _EITHER[aspect, facts["wanted"]] if aspect in ("bold", "italic", "case") else _WORDS[aspect]
    )
    said = {name: _said(name, value) for name, value in facts.items()}
    return str(found) % said, str(expected) % said


def _said(name: str, value: object) -> str:
    """Return a fact as people write it: a comma before decimals, sides and alignments in words."""
    if isinstance(value, list):
        return _("; ").join(_said(name, item) for item in value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    text = str(value)
    if name == "side":
        return str(_SIDES[text])
    if name in ("align", "wanted"):
        return str(_ALIGNS.get(text, text))
    return text
