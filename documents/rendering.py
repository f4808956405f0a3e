"""From a template and values to a .docx: a pure function, done in the guarded child.

``render_docx`` knows no nomination and no user; the same template and values give the same
bytes. Templates use docxtpl's tags with fields, loops, branches and the filters of
documents.guarded.filters.

Pictures are drawn from numbers only (documents.charts).

Not promised: ``colspan``/``hm``/``vm`` tags, subdocuments, rich text and pictures from values.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from documents.errors import DocxUnreadableError, RenderTimeoutError, ValueFormatError
from documents.guard import GuardedWorkError, run_guarded
from documents.text import clean_text

MAX_DEPTH = 8
_WHOLE, _ROWS = (bool, int), (list, tuple)
_OBJECT = (dict, Mapping)  # asking an abstract class is slow: dict first


@dataclass(frozen=True)
class Finding:
    """A fault of a template. ``field``, ``hint``, ``detail`` and ``place`` may be empty."""

    code: str
    field: str = ""
    hint: str = ""
    detail: str = ""
    place: str = ""


def plain(value: Any, *, field: str = "", depth: int = 0) -> Any:
    """Return a copy made of JSON's types only, every text cleaned (documents.text).

    Raises ValueFormatError at anything else: a template must never hold an object of ours.
    """
    if isinstance(value, str):
        return clean_text(value, field=field)
    if value is None or isinstance(value, _WHOLE) or _is_finite(value):
        return value
    if depth < MAX_DEPTH and isinstance(value, _ROWS):
        return [plain(item, field=field, depth=depth + 1) for item in value]
    if depth < MAX_DEPTH and isinstance(value, _OBJECT):
        return {
            (
                key
                if type(key) is str and key.isascii() and key.isprintable()  # a field's name
                else clean_text(str(key), field=field)
            ): (
                clean_text(item, field=str(key))
                if type(item) is str  # nearly all
                else plain(item, field=str(key), depth=depth + 1)
            )
            for key, item in value.items()
        }
    raise ValueFormatError(field=field, detail=type(value).__name__)


def _is_finite(value: Any) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _guarded(job: str, template: bytes, **arguments: Any) -> tuple[Any, bytes]:
    try:
        return run_guarded(job, template, **arguments)
    except GuardedWorkError as error:
        if error.limit:
            raise RenderTimeoutError from error
        raise DocxUnreadableError(detail=error.detail) from error


def render_docx(template: bytes, values: Mapping[str, Any], *, mark: str = "") -> bytes:
    """Return the .docx made of the template (bytes of a .docx) and plain values.

    mark  a line printed at the foot of every page, whatever the template; "" for none

    Every value that the template prints is found again in the result before it is returned.
    Raises TemplateFieldUnknownError, TemplateSyntaxError, TemplateForbiddenError,
    ValueMissingError (a printed null), ValueFormatError, TextControlCharsError,
    RenderTimeoutError, RenderMismatchError, DocxUnreadableError.
    """
    said = clean_text(mark, field="mark")
    return _guarded("render", template, values=plain(values), mark=said)[1]


def template_fields(template: bytes) -> frozenset[str]:
    """Return the fields that the template reads, as dotted paths: "ds", "ds.ten".

    An item of a list has its list's path. Raises TemplateSyntaxError, TemplateForbiddenError,
    DocxUnreadableError.
    """
    return frozenset(_guarded("template_paths", template)[0])


def check_template(template: bytes, fields: Iterable[str]) -> list[Finding]:
    """Return the faults that must be mended before publishing; none means publishable.

    fields  the dotted paths that the data has; one without listed children may hold any
    Raises DocxUnreadableError, RenderTimeoutError.
    """
    found, _ = _guarded("check_template", template, fields=sorted(fields))
    return [Finding(**fault) for fault in found]
