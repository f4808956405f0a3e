"""docs/errors.md lists every code with its sentence, as written in the source."""

from functools import cache

from audit.errors import AlreadyRecordedError
from tools import list_errors


@cache
def source() -> list_errors.Source:
    """The source of the product, read once."""
    return list_errors.Source()


@cache
def rows() -> list[list_errors.Row]:
    return list(source().rows())


def test_page_is_what_the_source_says() -> None:
    assert list_errors.PAGE.read_text("utf-8") == list_errors.page(rows()), (
        "run: .venv/bin/python tools/list_errors.py"
    )


def test_a_code_means_one_thing() -> None:
    known = set(rows())
    inside_a_room = [(row.room, row.code) for row in known]
    assert sorted(inside_a_room) == sorted(set(inside_a_room))
    with_status = {(row.code, row.status) for row in known}
    assert len(with_status) == len({row.code for row in known})


def test_inherited_status_is_followed() -> None:
    assert source().is_refusal("FileEmptyError")
    assert source().status("FileEmptyError") == 422
    assert not source().is_refusal("Source")


def test_known_refusal_has_its_row() -> None:
    known = {row.code: row for row in rows()}
    row = known[AlreadyRecordedError.code]
    assert (row.status, row.room) == (AlreadyRecordedError.status, "audit")
    assert row.sentence
    assert row.meaning
