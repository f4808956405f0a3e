"""One whole round of a clerk's untidy list, by the one command; then everything is tampered with."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import clerks_list
from workflow.rehearsal.fates import Fate

pytestmark = [pytest.mark.soffice, pytest.mark.long]
ROOT = Path(__file__).resolve().parents[3]
RUN = str(ROOT / "bin" / "run")
PATIENCE = 900


@dataclass(frozen=True)
class Played:
    """What a run of the command left."""

    folder: Path
    status: int
    said: str

    @property
    def checked(self) -> dict[str, object]:
        content: dict[str, object] = json.loads((self.folder / "kiem-tra.json").read_text("utf-8"))
        return content

    def found(self) -> list[str]:
        """Return the findings, “where: what”."""
        content = json.loads((self.folder / "kiem-tra.json").read_text("utf-8"))
        return [f"{one['where']}: {one['what']}" for one in content["chua_dung"]]


def surroundings(data: Path) -> dict[str, str]:
    """Return an environment in which another installation's data and database are named."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("VINHDANH_")}
    return {**kept, "VINHDANH_DATA": str(data), "VINHDANH_DATABASE_URL": "postgres://nobody@0/none"}


def run(folder: Path, *arguments: str) -> Played:
    mine = folder.parent / "du-lieu-cua-toi"
    done = subprocess.run(
        [RUN, "rehearse", *arguments, "--out", str(folder)],
        env=surroundings(mine),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        text=True,
        check=False,
    )
    assert not mine.exists() or not any(mine.iterdir()), "the user's own data were touched"
    return Played(folder, done.returncode, done.stdout)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return run(tmp_path_factory.mktemp("dien-tap") / "ket-qua", str(clerks_list.TARGET))


def test_rehearse_clerks_list_ends_well(played: Played) -> None:
    assert played.status == 0, played.said
    assert played.found() == []
    assert "Mọi điều đúng như phải có." in played.said
    assert "Traceback" not in played.said


def test_rehearse_every_way_is_walked(played: Played) -> None:
    ways = played.checked["duong_di"]
    assert isinstance(ways, dict)
    assert set(ways.values()) == {fate.name for fate in Fate} - {"UNIT_HEAD"}  # no Giấy khen here
    assert len(ways) == clerks_list.SAID


def test_rehearse_everything_lies_in_the_folder(played: Played) -> None:
    dossiers = sorted((played.folder / "ho-so").iterdir())
    assert [place.name.rsplit("-", 1)[1] for place in dossiers] == ["BKT", "CTN", "TTG"]
    for place in dossiers:
        names = {path.name for path in place.iterdir()}
        assert {"ho-so-ghep.pdf", "nhat-ky.json"} <= names
        papers = {Path(name).stem for name in names if name[:2].isdigit()}
        assert names >= {f"{stem}.pdf" for stem in papers} | {f"{stem}.docx" for stem in papers}
        for path in place.glob("*.pdf"):
            assert path.read_bytes().startswith(b"%PDF-")


def test_rehearse_tables_fit_into_a_hundred_columns(played: Played) -> None:
    lines = (played.folder / "ket-qua.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 100
    assert any("Mai Thị Kiều Oanh" in line for line in lines)


def test_rehearse_again_into_the_same_folder_is_refused(played: Played) -> None:
    again = run(played.folder)
    assert again.status == 2
    assert "không trống" in again.said
    assert (played.folder / "kiem-tra.json").exists()


def test_recheck_untouched_folder_is_still_right(played: Played) -> None:
    again = run(played.folder, "--recheck")
    assert again.status == 0, again.said


def one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(f"ho-so/*{pattern}"))
    assert found, pattern
    return found[0]


def pdf_changed_after_signing(folder: Path) -> str:
    path = one(folder, "BKT/*Quyết-định*.pdf")
    content = path.read_bytes()
    assert b"/Type /Page" in content or b"/Page" in content
    middle = content.index(b"stream") + 20
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    return path.name


def pdf_of_another_dossier(folder: Path) -> str:
    path = one(folder, "BKT/*Tờ-trình-đề-nghị-khen*.pdf")
    shutil.copy(one(folder, "TTG/*Tờ-trình-đề-nghị-khen*.pdf"), path)
    return f"{path.name}: thiếu tên"


def word_file_of_another_dossier(folder: Path) -> str:
    path = one(folder, "BKT/*Biên-bản*.docx")
    shutil.copy(one(folder, "TTG/*Biên-bản*.docx"), path)
    return f"{path.stem}.pdf: thiếu tên"


def file_gone(folder: Path) -> str:
    path = one(folder, "CTN/ho-so-ghep.pdf")
    path.unlink()
    return "CTN/ho-so-ghep.pdf: không đọc được .pdf"


def paper_without_its_signatures(folder: Path) -> str:
    path = one(folder, "TTG/*Tờ-trình-của-Hội-đồng*.pdf")
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"%%EOF") + 6])
    return f"{path.name}: có 0 chữ ký, phải có 2"


def export_edited(folder: Path) -> str:
    path = one(folder, "TTG/nhat-ky.json")
    text = path.read_text("utf-8")
    path.write_text(text.replace("Mai Thị Kiều Oanh", "Mai Thị Kiều Hoa", 1), "utf-8")
    return "TTG/nhat-ky.json: "


def in_database(folder: Path, *statements: str) -> None:
    """Do what a person with the database file can do: drop the triggers, then write."""
    link = sqlite3.connect(folder / "du-lieu" / "vinhdanh.sqlite3")
    triggers = link.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (name,) in triggers:
        link.execute(f'drop trigger "{name}"')
    for statement in statements:
        assert link.execute(statement).rowcount >= 1, statement
    link.commit()
    link.close()


def event_edited(folder: Path) -> str:
    in_database(
        folder,
        "update audit_event set action = 'nomination.declined' where action = 'nomination.decided'",
    )
    return "nội dung bị sửa"


def number_lost(folder: Path) -> str:
    in_database(
        folder,
        "update documents_registerentry set number = 9 where id = (select id from"
        " documents_registerentry where number = 2 limit 1)",
    )
    return "số không liền nhau"


def state_moved(folder: Path) -> str:
    in_database(
        folder,
        "update workflow_nomination set state = 'draft' where id = (select id from"
        " workflow_nomination where state = 'closed' limit 1)",
    )
    return "Nháp, phải là Đã lưu hồ sơ"


TAMPERINGS: list[Callable[[Path], str]] = [
    pdf_changed_after_signing,
    pdf_of_another_dossier,
    word_file_of_another_dossier,
    file_gone,
    paper_without_its_signatures,
    export_edited,
    event_edited,
    number_lost,
    state_moved,
]


@pytest.fixture(scope="module")
def tampered(played: Played) -> tuple[Played, dict[str, str]]:
    """A copy in which everything was tampered with at once, read again; what must be found."""
    copy = played.folder.with_name("ban-sao")
    shutil.copytree(played.folder, copy)
    due = {tampering.__name__: tampering(copy) for tampering in TAMPERINGS}
    return run(copy, "--recheck"), due


@pytest.mark.parametrize("name", [tampering.__name__ for tampering in TAMPERINGS])
def test_recheck_tampering_is_found(tampered: tuple[Played, dict[str, str]], name: str) -> None:
    again, due = tampered
    assert again.status == 1
    assert "CHƯA ĐÚNG" in again.said
    assert any(due[name] in finding for finding in again.found()), again.found()


def test_workers_ctrl_c_leaves_none_behind(played: Played) -> None:
    program = (
        "import django; django.setup()\n"
        "import time\n"
        "from workflow.rehearsal.workers import workers\n"
        "try:\n"
        "    with workers():\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(600)\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped', flush=True)\n"
    )
    env = {
        **surroundings(played.folder / "du-lieu"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    del env["VINHDANH_DATABASE_URL"]
    child = subprocess.Popen(
        [sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    os.killpg(child.pid, signal.SIGINT)
    assert child.communicate(timeout=60)[0] == b"stopped\n"
    assert group_is_gone(child.pid)


def group_is_gone(group: int) -> bool:
    """Tell whether nobody of a process group is left, within five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
    return False
