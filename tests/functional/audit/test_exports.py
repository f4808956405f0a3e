import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit import registry, services
from audit.errors import ExportUnreadableError
from audit.exports import export_heads, export_stream, held_heads, verify_export
from audit.models import Event
from audit.services import Entry, Who, record
from audit.verdicts import Damage
from tests.tamper import triggers_off

AT = datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
LAN = Who("7", "Trần Thị Lan")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", {"thing.made"})
    for stream in ("dossier:1", "dossier:1", "dossier:2"):
        record(who=LAN, entry=Entry(stream, "thing.made", "x", data={"tên": "Ộ"}), at=AT)


def edit(stream: str = "dossier:1") -> None:
    with triggers_off():
        Event.objects.filter(stream=stream, seq=1).update(name="x")


def run(*words: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(*words, stdout=out, stderr=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_export_verifies_after_a_trip_through_json_without_database(
    django_assert_num_queries: object,
) -> None:
    export = json.loads(json.dumps(export_stream("dossier:1")))
    assert [event["seq"] for event in export["events"]] == [1, 2]
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert verify_export(export).is_good
        assert verify_export(export, services.KEY).is_good
        assert verify_export(export, b"another key").damage == Damage.FORGED


def test_export_that_was_edited_cut_or_left_without_head_is_found() -> None:
    edited, cut, headless = (
        json.loads(json.dumps(export_stream("dossier:1"))) for _copy in range(3)
    )
    edited["events"][1]["name"] = "x"
    cut["events"].pop()
    headless["head"] = None
    assert verify_export(edited).damage == Damage.EDITED
    assert verify_export(cut).damage == Damage.TRUNCATED
    assert verify_export(headless).damage == Damage.HEAD_MISSING


@pytest.mark.parametrize("spoil", ["events", "stream", "head"])
def test_export_of_another_shape_is_refused(spoil: str) -> None:
    export = json.loads(json.dumps(export_stream("dossier:1")))
    export[spoil] = {"events": [{}], "head": {"seq": 1}, "stream": None}[spoil]
    if spoil == "stream":
        del export["stream"]
    with pytest.raises(ExportUnreadableError):
        verify_export(export)


def test_heads_go_out_and_come_back_from_both_kinds_of_export() -> None:
    heads = held_heads(export_heads())
    assert {stream: head.seq for stream, head in heads.items()} == {"dossier:1": 2, "dossier:2": 1}
    assert held_heads(export_stream("dossier:1")) == {"dossier:1": heads["dossier:1"]}


@pytest.mark.parametrize("content", [{}, {"heads": 5}, {"heads": [{"seq": 1}]}, {"heads": [None]}])
def test_held_heads_of_anything_else_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(ExportUnreadableError):
        held_heads(content)


def test_verify_audit_of_a_good_log_ends_with_0() -> None:
    assert run("verify_audit") == (0, "2 chuỗi, 3 sự kiện, 0 chuỗi hỏng.\n")
    assert run("verify_audit", "--stream", "dossier:2") == (
        0,
        "1 chuỗi, 1 sự kiện, 0 chuỗi hỏng.\n",
    )


def test_verify_audit_of_a_damaged_log_ends_with_1_and_names_the_event() -> None:
    edit()
    code, said = run("verify_audit")
    assert code == 1
    assert "dossier:1: HỎNG tại sự kiện số 1: nội dung bị sửa." in said
    assert "2 chuỗi, 1 sự kiện, 1 chuỗi hỏng." in said
    assert run("verify_audit", "--stream", "dossier:1")[0] == 1
    assert run("verify_audit", "--stream", "dossier:2")[0] == 0


def test_verify_audit_says_when_the_clock_went_back() -> None:
    early = datetime(2023, 10, 5, 0, 30, tzinfo=UTC)
    record(who=LAN, entry=Entry("dossier:2", "thing.made", "x"), at=early)
    code, said = run("verify_audit")
    assert code == 0
    assert "dossier:2: lưu ý, đồng hồ lùi 3600 giây tại sự kiện số 2." in said


def test_verify_audit_shows_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.management.commands.verify_audit.STREAMS_A_STEP", 1)
    assert "đã kiểm tra 2 chuỗi" in run("verify_audit")[1]


def test_verify_audit_of_an_unknown_stream_is_refused() -> None:
    with pytest.raises(CommandError, match="dossier:9"):
        run("verify_audit", "--stream", "dossier:9")


def test_verify_audit_against_heads_held_outside_finds_a_lost_stream(tmp_path: Path) -> None:
    held = tmp_path / "heads.json"
    assert run("export_audit", "--heads", "--out", str(held)) == (0, "")
    assert run("verify_audit", "--against", str(held))[0] == 0
    held.write_text(held.read_text(encoding="utf-8").replace("dossier:2", "dossier:3"))
    code, said = run("verify_audit", "--against", str(held))
    assert code == 1
    assert "dossier:3: HỎNG tại sự kiện số 1: phần cuối bị cắt." in said


@pytest.mark.parametrize("content", ["", "[]", "{}", None])
def test_verify_audit_against_another_file_is_refused(tmp_path: Path, content: str | None) -> None:
    held = tmp_path / "heads.json"
    if content is not None:
        held.write_text(content)
    with pytest.raises(CommandError):
        run("verify_audit", "--against", str(held))


def test_export_audit_writes_a_stream_or_refuses_an_unknown_one() -> None:
    code, said = run("export_audit", "dossier:1")
    assert code == 0
    assert json.loads(said) == json.loads(json.dumps(export_stream("dossier:1")))
    with pytest.raises(CommandError, match="dossier:9"):
        run("export_audit", "dossier:9")
