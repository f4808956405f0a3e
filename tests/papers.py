"""A small printing shop for tests: units, people, templates, papers; made by the services."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import yaml

from audit.services import Who
from documents.models import Document, DocumentVersion
from documents.services import PaperSpec, request_document
from documents.templates import TemplateFiles, publish_template
from organisations.models import Unit, UnitType

CLERK = Who(user_id="7", name="Nguyễn Thị Ánh Nguyệt", role="unit_clerk", unit="Sở TT&TT")
AT = datetime(2023, 12, 5, 2, 30, tzinfo=UTC)
DAY = date(2023, 12, 5)
STREAM = "dossier:0f5b"
FIELDS = [
    {"name": "ten", "meaning": "Tên đơn vị", "type": "text", "required": True, "example": "Sở A"},
    {"name": "so", "meaning": "Số, ký hiệu", "type": "text", "required": False, "example": "01"},
    {
        "name": "ds",
        "meaning": "Danh sách",
        "type": "list of object",
        "required": False,
        "example": [],
        "fields": [{"name": "ho_ten", "meaning": "Họ và tên", "type": "text", "required": True}],
    },
]
VALUES: dict[str, object] = {
    "ten": "Công ty TNHH R&D <Kiên Giang>",
    "so": "05/TTr-STTTT",
    "ds": [{"ho_ten": "Đặng Thị Thuý Phượng"}, {"ho_ten": "Huỳnh Ngọc Mỹ"}],
}


def docx_bytes(*paragraphs: str) -> bytes:
    """Return a .docx of plain paragraphs, set in the typeface of official papers."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Times New Roman"
    for text in paragraphs:
        paper.add_paragraph(text)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


LETTER = (
    "{{ ten }} – số {{ so }}",
    "{%p for d in ds %}",
    "Ông (bà): {{ d.ho_ten }}",
    "{%p endfor %}",
)


def publish(key: str = "giay_moi", *paragraphs: str) -> None:
    """Publish a template of this key, the letter when no text is given."""
    content = docx_bytes(*(paragraphs or LETTER))
    files = TemplateFiles(key=key, title="Giấy mời", content=content, fields=FIELDS)
    publish_template(who=CLERK, at=AT, files=files)


def write_template(folder: Path, key: str, *paragraphs: str, fields: object = FIELDS) -> None:
    """Write <key>.docx and <key>.yaml into a folder."""
    (folder / f"{key}.docx").write_bytes(docx_bytes(*(paragraphs or LETTER)))
    listed = {"key": key, "title": "Giấy mời", "fields": fields}
    (folder / f"{key}.yaml").write_text(yaml.safe_dump(listed, allow_unicode=True))


def spec(values: Mapping[str, object] = VALUES, **changes: Any) -> PaperSpec:
    """Return the order of a letter, changed as asked."""
    facts: dict[str, Any] = {
        "template_key": "giay_moi",
        "title": "Giấy mời họp",
        "values": values,
        "must_contain": ("Đặng Thị Thuý Phượng",),
        "stream": STREAM,
        "subject": STREAM,
    }
    return PaperSpec(**{**facts, **changes})


def ask(**changes: Any) -> tuple[Document, DocumentVersion]:
    """Request a letter; return it and its first version."""
    document = request_document(who=CLERK, at=AT, spec=spec(**changes))
    return document, document.versions.get()


def unit(code: str = "so-tttt", kind: UnitType = UnitType.DEPARTMENT) -> Unit:
    """Return a unit of this code."""
    return Unit.objects.create(code=code, type=kind, path=f"{code}/", valid_from=date(2000, 1, 1))
