"""Yearly figures at the unit: entered with evidence, kept as a draft, sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Who
from campaigns.models import How
from documents.inspection import InspectedFile, Kind
from documents.models import Document
from documents.services import UploadSpec, check_upload, keep_upload
from organisations.actors import Actor
from workflow.errors_drafting import ValueFormatError
from workflow.figure_errors import FigureClosedError, FiguresMissingError
from workflow.figure_states import SAVE, SEND, FigureState, SheetState
from workflow.models import Figure, FigureSheet
from workflow.services.acting import act
from workflow.services.importing import Upload
from workflow.services.nominees import tidy
from workflow.services.sheet_moves import lock_sheet, move_sheet, require_move, stream_of
from workflow.sheet_lines import SheetLine, figures_of, is_open, lines_for

EVIDENCE = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PNG, Kind.JPEG})
_PLACES, _LARGEST = 3, Decimal(10) ** 12  # what the column holds


@dataclass(frozen=True, slots=True)
class Given:
    """One line as the unit enters it; `key` as in sheet_lines.SheetLine."""

    key: str
    value: Decimal | None
    note: str = ""
    evidence: Upload | None = None


def write_figures(
    *,
    actor: Actor,
    sheet_id: UUID,
    expected_version: int,
    given: Sequence[Given],
    women_percent: Decimal | None,
    send: bool,
) -> FigureSheet:
    """Write lines of a sheet as a draft, or write and send it; return the sheet.

    Evidence is inspected before anything is written. Lines that are not given stay as they are.
    Lines that had been sent back count as not checked once the sheet is sent again.

    Raises FileRefusedError, NotFoundError, SheetChangedError, AccessDeniedError,
    SheetMoveNotAllowedError, CampaignClosedError, FigureClosedError for a line that is not open,
    ValueFormatError; when sending, FiguresMissingError naming lines with neither value nor note.
    """
    at = timezone.now()
    files = {one.key: _inspected(actor, at, one.evidence) for one in given if one.evidence}
    return save_figures(
        actor=actor,
        sheet_id=sheet_id,
        expected_version=expected_version,
        given=given,
        files=files,
        women_percent=women_percent,
        send=send,
    )


def _inspected(actor: Actor, at: datetime, file: Upload) -> InspectedFile:
    return check_upload(
        who=actor.who(None),
        at=at,
        name=file.name,
        content=file.content,
        allowed=EVIDENCE,
        subject="figure_evidence",
    )


@act
def save_figures(  # noqa: PLR0913 - as write_figures, whose second half it is
    *,
    actor: Actor,
    sheet_id: UUID,
    expected_version: int,
    given: Sequence[Given],
    files: Mapping[str, InspectedFile],
    women_percent: Decimal | None,
    send: bool,
) -> FigureSheet:
    """Write what `write_figures` was given, its files inspected. Raises as it, but for files."""
    at = timezone.now()
    move = SEND if send else SAVE
    sheet = lock_sheet(sheet_id)
    mandate = require_move(actor, move, sheet, expected_version)
    lines = {line.key: line for line in lines_for(sheet.group, sheet.year)}
    rows = figures_of(sheet)
    who = actor.who(mandate)
    changed: dict[str, dict[str, str]] = {}
    for one in given:
        row = _open_row(sheet, lines, rows, one.key)
        before = _told(row)
        _fill(row, lines[one.key], one, actor, at)
        if one.evidence is not None:
            row.evidence = _keep(who, at, sheet, files[one.key], one.evidence)
        row.save()
        rows[one.key] = row
        if _told(row) != before:
            changed[lines[one.key].name] = {"before": before, "after": _told(row)}
    sheet.women_percent = _share(women_percent)
    if send:
        _check_whole(lines.values(), rows)
        sheet.sent_at, sheet.sent_by_id = at, actor.user_id
        sheet.figures.filter(state=FigureState.RETURNED).update(state=FigureState.ENTERED)
    return move_sheet(
        actor=actor, mandate=mandate, move=move, sheet=sheet, at=at, data={"figures": changed}
    )


def _open_row(
    sheet: FigureSheet, lines: Mapping[str, SheetLine], rows: Mapping[str, Figure], key: str
) -> Figure:
    """Return the row of a line, new if need be; refuse one that is not open to the unit."""
    line, row = lines.get(key), rows.get(key)
    if line is None:
        raise FigureClosedError(key)
    if not is_open(sheet, row):
        raise FigureClosedError(line.name)
    return row or Figure(sheet=sheet, indicator=line.indicator, line=line.line)


def _fill(row: Figure, line: SheetLine, one: Given, actor: Actor, at: datetime) -> None:
    row.value = checked_number(line, one.value)
    row.note = tidy(one.note)
    row.entered_by, row.entered_at = actor.name, at
    if row.sheet.state == SheetState.DRAFT:
        row.state = FigureState.ENTERED


def checked_number(line: SheetLine, value: Decimal | None) -> Decimal | None:
    """Return a value that fits its line, or raise ValueFormatError saying what does not."""
    if value is None:
        return None
    name = line.name
    if not value.is_finite() or value < 0 or value >= _LARGEST:
        raise ValueFormatError(name, _("Giá trị phải là số không âm."))
    if value != round(value, _PLACES):
        raise ValueFormatError(name, _("Tối đa ba chữ số thập phân."))
    if line.line is None:
        return value
    how = How(line.line.how)
    if how is How.YES_NO and value not in {0, 1}:
        raise ValueFormatError(name, _("Chọn có hoặc không."))
    if how is How.SELF and value > line.line.most:
        most = f"{line.line.most.normalize():f}"
        raise ValueFormatError(name, _("Tối đa %(most)s điểm.") % {"most": most})
    if how in {How.BONUS, How.DEDUCTION} and value != int(value):
        raise ValueFormatError(name, _("Số trường hợp phải là số nguyên."))
    return value


def _share(percent: Decimal | None) -> Decimal | None:
    if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 - a share
        raise ValueFormatError(_("Tỷ lệ nữ"), _("Tỷ lệ phải từ 0 đến 100."))
    return percent


def _keep(
    who: Who, at: datetime, sheet: FigureSheet, file: InspectedFile, upload: Upload
) -> Document:
    spec = UploadSpec(
        title=file.clean_name,
        stream=stream_of(sheet),
        subject=sheet.subject,
        body_id=sheet.unit_id,
    )
    return keep_upload(who=who, at=at, file=file, content=upload.content, spec=spec)


def _told(row: Figure) -> str:
    """Return a line as the log keeps it: value, note, and which evidence."""
    value = "" if row.value is None else f"{row.value.normalize():f}"
    evidence = f"document:{row.evidence_id}" if row.evidence_id else ""
    return "; ".join(filter(None, [value, row.note, evidence]))


def _check_whole(lines: Iterable[SheetLine], rows: Mapping[str, Figure]) -> None:
    """Refuse to send lines with neither a value nor a note that says why."""
    missing = []
    for line in lines:
        row = rows.get(line.key)
        if row is None or (row.value is None and not row.note):
            missing.append(line.name)
    if missing:
        raise FiguresMissingError(missing)
