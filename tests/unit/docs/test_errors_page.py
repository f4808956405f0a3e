"""docs/errors.md lists every code with its sentence, as written in the source."""

from audit.errors import AlreadyRecordedError
from tools import list_errors


def test_page_is_what_the_source_says() -> None:
    assert list_errors.PAGE.read_text("utf-8") == list_errors.page(), (
        "run: .venv/bin/python tools/list_errors.py"
    )


def test_a_code_means_one_thing() -> None:
    rows = set(list_errors.Source().rows())
    inside_a_room = [(row.room, row.code) for row in rows]
    assert sorted(inside_a_room) == sorted(set(inside_a_room))
    with_status = {(row.code, row.status) for row in rows}
    assert len(with_status) == len({row.code for row in rows})


def test_inherited_status_is_followed() -> None:
    source = list_errors.Source()
    assert source.is_refusal("FileEmptyError")
    assert source.status("FileEmptyError") == 422
    assert not source.is_refusal("Source")


def test_known_refusal_has_its_row() -> None:
    rows = {row.code: row for row in list_errors.Source().rows()}
    row = rows[AlreadyRecordedError.code]
    assert (row.status, row.room) == (AlreadyRecordedError.status, "audit")
    assert row.sentence
    assert row.meaning
