"""A template judged before anything of it is kept: what is wrong, where, and what to do.

Faults keep a template out; warnings are shown and a person decides. What is promised: a template
without faults was read by docxtpl and made into a paper once, from its fields' own examples.

The page a fault stands on comes from documents.paragraph_pages, afterwards: it needs a layout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Refusal
from documents.errors import DocxUnreadableError, RenderTimeoutError
from documents.fields import Fields, paths_of, sample_values
from documents.format30 import Finding, check_docx, pack
from documents.guard import GuardedWorkError, run_guarded
from documents.paragraph_pages import Pages
from documents.rendering import render_docx
from documents.template_errors import SENTENCES, WARNINGS

AUTHOR, INITIALS = "VinhDanh", "VD"
NOWHERE = -1


@dataclass(frozen=True)
class LintFinding:
    """One fault or warning in the reader's language.

    place     "" where only the whole was read
    at        the number of its paragraph among all, for page and comment; NOWHERE for the whole
    page      from 1; 0 while nobody has laid the file out, and for headers, which are on many
    is_fault  it keeps the template out; else a person decides
    mendable  documents.format30.mend_docx puts it right
    """

    code: str
    place: str
    what: str
    why: str = ""
    next_step: str = ""
    at: int = NOWHERE
    page: int = 0
    is_fault: bool = True
    mendable: bool = False

    @property
    def where(self) -> str:
        """Return page and place in words, as far as they are known."""
        page = _("trang %(page)s") % {"page": self.page} if self.page else ""
        return ", ".join(word for word in (page, self.place) if word)


@dataclass(frozen=True)
class Lint:
    """A judged template: findings in the order of reading, and the healed .docx.

    healed    the tags that Word had split, now whole
    comments  how many comments were taken out
    """

    findings: list[LintFinding]
    content: bytes
    healed: list[str]
    comments: int

    @property
    def faults(self) -> list[LintFinding]:
        """Return what keeps the template out."""
        return [one for one in self.findings if one.is_fault]

    @property
    def warnings(self) -> list[LintFinding]:
        """Return what a person should look at."""
        return [one for one in self.findings if not one.is_fault]

    @property
    def mendable(self) -> int:
        """Return how many findings documents.format30.mend_docx puts right."""
        return sum(one.mendable for one in self.findings)


def lint_template(
    content: bytes, fields: Fields, *, styles: Sequence[str] = (), judged: bool = True
) -> Lint:
    """Judge a .docx that passed documents.inspection against the fields that its data has.

    styles  names of styles that the version before used: each that is gone is a warning
    judged  whether NĐ 30/2020/NĐ-CP sets its layout: it has nothing to say of a certificate
    Raises DocxUnreadableError, RenderTimeoutError.
    """
    arguments = {"fields": sorted(paths_of(fields)), "styles": list(styles)}
    told, healed = _guarded("lint_template", content, **arguments)
    findings = [_finding(one) for one in told["found"]]
    if all(not one.is_fault for one in findings):
        findings += _tried(healed, fields)
    findings += _layout(healed, told["places"]) if judged else []
    return Lint(findings, healed, told["healed"], told["comments"])


def styles_in(content: bytes) -> list[str]:
    """Return the names of the paragraph styles that a template uses.

    Raises DocxUnreadableError, RenderTimeoutError.
    """
    styles: list[str] = _guarded("template_styles", content)[0]
    return styles


def commented(content: bytes, findings: Iterable[LintFinding]) -> bytes:
    """Return the .docx with a Word comment at each finding; old comments are taken out.

    Raises DocxUnreadableError, RenderTimeoutError.
    """
    notes = [{"at": one.at, "text": _note(one)} for one in findings]
    return _guarded("comment_template", content, notes=notes, author=AUTHOR, initials=INITIALS)[1]


def with_pages(findings: Iterable[LintFinding], pages: Pages | None) -> list[LintFinding]:
    """Return the findings with the pages that are known; all without one where none is."""
    known = pages.of if pages else {}
    return [replace(one, page=known.get(one.at, 0)) for one in findings]


def place_text(place: Mapping[str, Any]) -> str:
    """Return where a paragraph stands, as a person counts; "" for the whole."""
    if not place:
        return ""
    facts = {name: place[name] for name in ("table", "row", "cell", "paragraph")}
    where = (
        _("bảng %(table)s, hàng %(row)s, ô %(cell)s, đoạn %(paragraph)s")
        if place["table"]
        else _("đoạn %(paragraph)s")
    ) % facts
    part = {"header": _("đầu trang"), "footer": _("chân trang")}.get(place["part"], "")
    return f"{part}, {where}" if part else where


def _guarded(job: str, content: bytes, **arguments: Any) -> tuple[Any, bytes]:
    try:
        return run_guarded(job, content, **arguments)
    except GuardedWorkError as error:
        if error.limit:
            raise RenderTimeoutError from error
        raise DocxUnreadableError(detail=error.detail) from error


def _finding(told: Mapping[str, Any]) -> LintFinding:
    refusal = SENTENCES[told["code"]](**told["facts"])
    said = _said(refusal, place_text(told["place"]), told["at"])
    return replace(said, is_fault=said.code not in WARNINGS)


def _said(refusal: Refusal, place: str = "", at: int = NOWHERE) -> LintFinding:
    words = (str(refusal.what), str(refusal.why), str(refusal.next_step))
    return LintFinding(refusal.code, place, *words, at=at)


def _tried(content: bytes, fields: Fields) -> list[LintFinding]:
    """Make one paper of the examples: what only a making shows, such as a null that is printed."""
    try:
        render_docx(content, sample_values(fields))
    except Refusal as refusal:
        return [_said(refusal, _("khi điền thử bằng dữ liệu ví dụ"))]
    return []


def _layout(content: bytes, places: Sequence[Mapping[str, Any]]) -> list[LintFinding]:
    """Return as warnings what the template's own looks have against NĐ 30/2020/NĐ-CP."""
    return [_layout_finding(fault, places) for fault in check_docx(content)]


def _layout_finding(fault: Finding, places: Sequence[Mapping[str, Any]]) -> LintFinding:
    """Return a fault of the looks; its place is counted as those of the tags are."""
    facts = {"found": fault.found, "expected": fault.expected}
    at = fault.place.paragraph if fault.place.part == "word/document.xml" else None
    place = str(fault.place)
    if at is not None:
        words = f"“{fault.place.text}”" if fault.place.text else ""
        place = ", ".join(word for word in (place_text(places[at]), words) if word)
    return LintFinding(
        code=f"ND30_{fault.rule}",
        place=place,
        what=_("Thể thức: %(found)s; quy định: %(expected)s.") % facts,
        why=pack().rules[fault.rule].title,
        at=NOWHERE if at is None else at,
        is_fault=False,
        mendable=fault.mendable,
    )


def _note(finding: LintFinding) -> str:
    place = f"[{finding.where}] " if finding.where else ""
    words = (f"{place}{finding.what}", finding.why, finding.next_step)
    return "\n".join(word for word in words if word)
