"""What is kept of a rehearsal: the tables as text, and a file by which it can be read again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rich.console import Console, RenderableType

from audit.errors import Refusal
from workflow.rehearsal.checks import Finding
from workflow.rehearsal.fates import Fate, Fates

TABLES = "ket-qua.txt"
CHECKED = "kiem-tra.json"
WIDTH = 100


class NoRehearsalError(Refusal):
    """A folder is not that of a rehearsal that came to its end."""

    code = "REHEARSAL_MISSING"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("“%(folder)s” không phải kết quả của một lần diễn tập.") % {"folder": folder},
            why=_("Không đọc được tệp %(name)s trong thư mục này.") % {"name": CHECKED},
            next_step=_("Hãy chọn thư mục mà lần diễn tập đã ghi (tùy chọn --out)."),
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read again, in numbers, and what was found wrong."""

    nominations: int
    papers: int
    files: int
    signatures: int
    chains: int
    findings: list[Finding]


def keep_tables(folder: Path, tables: list[RenderableType]) -> None:
    """Write the tables as they are shown, WIDTH columns wide, without colours."""
    with (folder / TABLES).open("w", encoding="utf-8") as file:
        console = Console(file=file, width=WIDTH)
        for table in tables:
            console.print(table)


def keep_checked(folder: Path, workbook: dict[str, str], fates: Fates, checked: Checked) -> None:
    """Write what was checked, who went which way, and from which list."""
    content: dict[str, Any] = {
        "danh_sach": workbook,
        "da_doc_lai": {key: value for key, value in asdict(checked).items() if key != "findings"},
        "chua_dung": [asdict(finding) for finding in checked.findings],
        "duong_di": {str(key): fate.name for key, fate in fates.by_id.items()},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / CHECKED).write_text(text, encoding="utf-8")


def kept_fates(folder: Path) -> tuple[dict[str, str], Fates]:
    """Return the list that was played and the ways walked. Raises NoRehearsalError."""
    try:
        content = json.loads((folder / CHECKED).read_text(encoding="utf-8"))
        ways = {UUID(key): Fate[name] for key, name in content["duong_di"].items()}
        return content["danh_sach"], Fates(ways)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoRehearsalError(folder) from error
