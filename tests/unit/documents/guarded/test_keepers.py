"""Children that stay: one per template, replaced when they end, killed when they hang."""

import hashlib
import io
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.guarded import keepers as room
from documents.guarded.frames import asking, read_frame
from documents.guarded.keepers import Keepers
from documents.guarded.papers import docx_text
from tests.files import docx_of

A, B, C = docx_of("một {{ a }}"), docx_of("hai {{ a }}"), docx_of("ba {{ a }}")


@pytest.fixture
def keepers() -> Iterator[Keepers]:
    kept = Keepers(most=2, papers=3)
    yield kept
    kept.close()
    assert len(kept) == 0


def asked(keepers: Keepers, template: bytes, *, seconds: int = 20, **values: Any) -> dict[str, Any]:
    answer = keepers.run(*asking("render", seconds, {"values": values}, template))
    read = read_frame(io.BytesIO(answer))
    assert read is not None
    return {**read[0], "body": read[1]}


def text(keepers: Keepers, template: bytes, value: str) -> str:
    return docx_text(asked(keepers, template, a=value)["body"])[0]


def pids(keepers: Keepers) -> list[int]:
    return [keeper.pid for keeper in keepers._kept.values()]


def test_one_child_makes_all_papers_of_a_template(keepers: Keepers) -> None:
    assert text(keepers, A, "x") == "một x"
    first = pids(keepers)
    assert text(keepers, A, "y") == "một y"
    assert pids(keepers) == first
    assert text(keepers, B, "x") == "hai x"
    assert len(set(pids(keepers))) == 2


def named(keepers: Keepers, template: bytes, value: str) -> dict[str, Any]:
    """Return what is said to the values alone, the template named by its hash."""
    head, said = asking("render", 20, {"values": {"a": value}})
    key = hashlib.sha256(template).hexdigest()
    read = read_frame(io.BytesIO(keepers.run({**head, "template": key}, said)))
    assert read is not None
    return {**read[0], "body": read[1]}


def test_template_is_wanted_when_no_child_keeps_it(keepers: Keepers) -> None:
    wanted = {"wanted": hashlib.sha256(A).hexdigest(), "size": 0, "body": b""}
    assert named(keepers, A, "x") == wanted
    assert len(keepers) == 0
    text(keepers, A, "x")
    assert docx_text(named(keepers, A, "y")["body"])[0] == "một y"
    (child,) = pids(keepers)
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert named(keepers, A, "x") == wanted


def test_empty_template_is_a_damaged_one(keepers: Keepers) -> None:
    assert asked(keepers, b"", a="x")["crash"].startswith("BadZipFile")


def test_child_used_longest_ago_makes_room(keepers: Keepers) -> None:
    for template in (A, B, A):
        text(keepers, template, "x")
    oldest, kept = pids(keepers)
    assert text(keepers, C, "x") == "ba x"
    assert pids(keepers)[0] == kept
    with pytest.raises(ProcessLookupError):
        os.kill(oldest, 0)


def test_child_is_renewed_after_its_papers(keepers: Keepers) -> None:
    for _ in range(3):
        text(keepers, A, "x")
    assert len(keepers) == 0
    assert text(keepers, A, "x") == "một x"


def test_child_that_was_killed_is_replaced(keepers: Keepers) -> None:
    text(keepers, A, "x")
    (first,) = pids(keepers)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert text(keepers, A, "y") == "một y"
    assert pids(keepers) != [first]


def test_child_that_hangs_is_killed_and_harms_no_other(keepers: Keepers) -> None:
    text(keepers, A, "x")
    text(keepers, B, "x")
    hanging, other = pids(keepers)
    os.kill(hanging, signal.SIGSTOP)
    answer = asked(keepers, A, seconds=0, a="x")
    assert answer["limit"].startswith("ended with status")
    assert pids(keepers) == [other]
    assert text(keepers, A, "y") == "một y"


def test_child_past_its_processor_time_is_ended_by_the_kernel(
    keepers: Keepers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(_seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (0, resource.RLIM_INFINITY))

    monkeypatch.setattr(room, "_allow", none_left)
    assert "limit" in asked(keepers, A, a="x")
    monkeypatch.undo()
    assert text(keepers, A, "y") == "một y"


def test_refusal_comes_back_and_the_child_stays(keepers: Keepers) -> None:
    text(keepers, A, "x")
    first = pids(keepers)
    assert asked(keepers, A)["refused"] == "TEMPLATE_FIELD_UNKNOWN"
    assert pids(keepers) == first


def test_forked_process_holds_no_pipe_into_a_child(keepers: Keepers) -> None:
    text(keepers, A, "x")
    (keeper,) = keepers._kept.values()
    child = os.fork()
    if child == 0:
        with room.leaving():
            keepers.forget()
            for pipe in (keeper.writer, keeper.reader):
                with pytest.raises(OSError, match="Bad file descriptor"):
                    os.fstat(pipe)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert text(keepers, A, "y") == "một y"


def test_child_neither_reads_the_next_jobs_nor_answers_them(keepers: Keepers) -> None:
    text(keepers, A, "x")
    [child] = pids(keepers)
    for taken in (0, 1):
        assert Path(f"/proc/{child}/fd/{taken}").readlink() == Path(os.devnull)


def test_child_that_ran_out_of_room_is_replaced(
    keepers: Keepers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more_room(_seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (0, resource.RLIM_INFINITY))

    monkeypatch.setattr(room, "_allow", no_more_room)
    assert asked(keepers, A, a="x" * 10_000_000)["limit"] == "MemoryError"
    monkeypatch.undo()
    assert len(keepers) == 0
    assert text(keepers, A, "y") == "một y"
