"""What a paragraph and a run of a .docx look like once styles, defaults and themes are applied."""

from functools import cached_property
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Props = dict[str, Any]
_OFF = ("0", "false", "off", "none")
_BLACK = ("", "auto", "windowText")
_AUTO_SPACING = "280"  # twips: 14 pt, what Word makes of “auto” before and after a paragraph


def val(element: Any, tag: str, name: str = "val") -> str | None:
    """Return an attribute of a child; None where either is missing."""
    found = None if element is None else element.find(W + tag)
    return None if found is None else found.get(W + name)


def _switch(element: Any, tag: str) -> bool | None:
    found = element.find(W + tag)
    return None if found is None else found.get(W + "val", "1") not in _OFF


def run_props(element: Any) -> Props:
    """Return what an rPr says itself; nothing of what it does not name."""
    if element is None:
        return {}
    props: Props = {"size": val(element, "sz"), "color": val(element, "color")}
    props["theme_color"] = val(element, "color", "themeColor")
    for tag in ("b", "i", "caps", "vanish"):
        props[tag] = _switch(element, tag)
    fonts = element.find(W + "rFonts")
    if fonts is not None:
        props["font"] = fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        props["theme_font"] = fonts.get(W + "asciiTheme") or fonts.get(W + "hAnsiTheme")
    return {name: value for name, value in props.items() if value is not None}


def paragraph_props(element: Any) -> Props:
    """Return what a pPr says itself."""
    if element is None:
        return {}
    props: Props = {"align": val(element, "jc")}
    ind, spacing = element.find(W + "ind"), element.find(W + "spacing")
    if ind is not None:
        props["left"] = ind.get(W + "left") or ind.get(W + "start")
        props["right"] = ind.get(W + "right") or ind.get(W + "end")
        hanging = ind.get(W + "hanging")
        props["first"] = f"-{hanging}" if hanging else ind.get(W + "firstLine")
    if spacing is not None:
        for side in ("before", "after"):
            auto = spacing.get(W + side + "Autospacing", "0") not in _OFF
            props[side] = _AUTO_SPACING if auto else spacing.get(W + side)
        props["line"], props["line_rule"] = spacing.get(W + "line"), spacing.get(W + "lineRule")
    border = element.find(f"{W}pBdr/{W}bottom")
    props["bottom"] = None if border is None else border.get(W + "val", "single")
    props["top"] = val(element.find(W + "pBdr"), "top")
    props["snug"] = _switch(element, "contextualSpacing")
    return {name: value for name, value in props.items() if value is not None}


class Styles:
    """The styles of one .docx. ``styles`` and ``theme``: the roots of those parts, or None."""

    def __init__(self, styles: Any, theme: Any) -> None:
        self._root = styles
        self._theme = theme
        self._runs: dict[str, Props] = {}
        self._paragraphs: dict[str, Props] = {}

    @cached_property
    def _by_key(self) -> dict[str, Any]:
        found = [] if self._root is None else self._root.findall(W + "style")
        return {style.get(W + "styleId"): style for style in found}

    @cached_property
    def plain(self) -> str:
        """Return the key of the style of paragraphs that name none."""
        for key, style in self._by_key.items():
            if style.get(W + "type") == "paragraph" and style.get(W + "default") == "1":
                return key
        return ""

    def _default(self, which: str) -> Any:
        return None if self._root is None else self._root.find(
            f"{W}docDefaults/{W}{which}Default/{W}{which}"
        )  # fmt: skip

    def _chain(self, key: str) -> list[Any]:
        """Return the style and those it rests on, the lowest first; a circle ends it."""
        found: list[Any] = []
        while key in self._by_key and self._by_key[key] not in found:
            found.append(self._by_key[key])
            key = val(found[-1], "basedOn") or ""
        return found[::-1]

    def paragraph(self, key: str) -> Props:
        """Return the layout of a paragraph style, defaults included."""
        if key not in self._paragraphs:
            props = paragraph_props(self._default("pPr"))
            for style in self._chain(key):
                props |= paragraph_props(style.find(W + "pPr"))
            self._paragraphs[key] = props
        return dict(self._paragraphs[key])

    def run(self, key: str, character: str = "") -> Props:
        """Return the look of letters in a paragraph style, under a character style if named."""
        name = f"{key}\n{character}"
        if name not in self._runs:
            props = run_props(self._default("rPr"))
            for style in (*self._chain(key), *self._chain(character)):
                props |= self._themed(run_props(style.find(W + "rPr")))
            self._runs[name] = props
        return dict(self._runs[name])

    @staticmethod
    def _themed(props: Props) -> Props:
        """Let a named font win over a theme font that a lower style named."""
        return (
            props | {"theme_font": ""} if "font" in props and "theme_font" not in props else props
        )

    def font(self, props: Props) -> str:
        """Return the name of the face, the theme's where the look names a theme font."""
        theme = props.get("theme_font", "")
        if theme and self._theme is not None:
            which = "majorFont" if theme.startswith("major") else "minorFont"
            latin = self._theme.find(f".//{A}{which}/{A}latin")
            if latin is not None:
                return str(latin.get("typeface", ""))
        return str(props.get("font", ""))

    @staticmethod
    def color(props: Props) -> str:
        """Return six digits; “auto” and the theme's own text colour are black."""
        if props.get("theme_color") in ("text1", "dark1"):
            return "000000"
        color = str(props.get("color", ""))
        return "000000" if color in _BLACK else color.upper()

    def over(self, key: str, own: Any, character: str) -> Props:
        """Return the look of one run: its paragraph's style, its own style, what it says itself."""
        return self.run(key, character) | self._themed(run_props(own))

    def bordered(self, key: str) -> bool:
        """Whether tables of this style have borders inside."""
        return any(drawn(style.find(f"{W}tblPr/{W}tblBorders")) for style in self._chain(key))


def drawn(borders: Any) -> bool:
    """Whether borders (tblBorders, tcBorders, or None) are drawn on two sides or more."""
    if borders is None:
        return False
    return sum(side.get(W + "val", "none") not in ("none", "nil") for side in borders) > 1
