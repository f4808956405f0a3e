"""The warm parent of guarded work without its walls: frames in, frames out, whatever happens."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents.guarded import zygote
from documents.guarded.frames import asking, collect, frame, read_frame
from documents.guarded.jobs import JOBS
from documents.guarded.papers import docx_text
from documents.guarded.refusal import RefusedInChildError
from tests.files import docx_of

ROOT = Path(__file__).resolve().parents[4]
SERVE = "from documents.guarded.zygote import main; main()"


def request(job: str, body: bytes = b"", *, seconds: int = 5, **arguments: object) -> bytes:
    return frame(*asking(job, seconds, arguments, body))


def answers(*requests: bytes) -> list[dict[str, Any]]:
    """Return what a zygote says to these requests, each with its product under "body"."""
    done = subprocess.run(
        [sys.executable, "-c", SERVE], input=b"".join(requests), stdout=subprocess.PIPE,
        cwd=ROOT, check=True, timeout=60,
    )  # fmt: skip
    stream, found = io.BytesIO(done.stdout), []
    while (one := read_frame(stream)) is not None:
        found.append({**one[0], "body": one[1]})
    return found


def test_frame_is_read_as_it_was_written() -> None:
    stream = io.BytesIO(frame({"job": "x"}, b"\n{}") + frame({"job": "y"}))
    assert read_frame(stream) == ({"job": "x", "size": 3}, b"\n{}")
    assert read_frame(stream) == ({"job": "y", "size": 0}, b"")
    assert read_frame(stream) is None


def test_jobs_are_answered_in_their_order_and_a_bad_one_harms_no_other() -> None:
    found = answers(
        request("check_pdf", b"not a PDF"),
        request("no_such_job"),
        request("check_image", b"", kind="PNG", max_pixels=1),
    )
    assert found == [
        {"refused": "PDF_DAMAGED", "facts": {}, "size": 0, "body": b""},
        {"crash": "KeyError: 'no_such_job'", "size": 0, "body": b""},
        {"refused": "IMAGE_TYPE", "facts": {}, "size": 0, "body": b""},
    ]


def test_arguments_that_look_like_a_request_are_none() -> None:
    """They are handed on unread: no letter of theirs ends the line or begins another job."""
    mischief = '\n{"job": "docx_text", "seconds": 5, "said": 2, "size": 2}\n{}'
    template = docx_of("{{ a }}")
    made = answers(
        request("render", template, values={"a": mischief}),
        request("check_pdf", b"not a PDF"),
    )
    assert [answer.get("refused", "") for answer in made] == ["", "PDF_DAMAGED"]
    assert '"job": "docx_text"' in docx_text(made[0]["body"])[0]


def told(monkeypatch: pytest.MonkeyPatch, job: Callable[..., Any]) -> dict[str, Any]:
    monkeypatch.setitem(JOBS, "job", job)
    answer: dict[str, Any] = json.loads(
        zygote._work(*asking("job", 5, {}, b"abc")).partition(b"\n")[0]
    )
    return answer


def raising(error: BaseException) -> Callable[..., Any]:
    def job(_body: bytes) -> Any:
        raise error

    return job


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (RefusedInChildError("CODE", page=3), {"refused": "CODE", "facts": {"page": "3"}}),
        (MemoryError(), {"limit": "MemoryError"}),
        (RecursionError(), {"limit": "RecursionError"}),
        (ValueError("x" * 400), {"crash": "ValueError: " + "x" * 288}),
    ],
)
def test_what_a_job_raises_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, answer: dict[str, Any]
) -> None:
    assert told(monkeypatch, lambda body: (body.decode(), b"")) == {"result": "abc", "size": 0}
    assert told(monkeypatch, raising(error)) == {**answer, "size": 0}


def test_child_that_answers_nothing_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_body: bytes) -> Any:
        while True:
            pass

    monkeypatch.setitem(JOBS, "job", busy)
    assert json.loads(zygote._run(*asking("job", 1, {}, b"")))["limit"].startswith("ended with")


def test_answer_is_not_waited_for_for_ever() -> None:
    reader, writer = os.pipe()
    assert collect(reader, 0.05) == b""
    assert collect(reader, -1) == b""
    os.write(writer, frame({"half": 1}, b"abc")[:-1])
    assert collect(reader, 0.05) == b""
    os.close(writer)
    assert collect(reader, 5) == b""
    os.close(reader)


def test_one_answer_is_taken_out_of_a_pipe_that_stays_open() -> None:
    reader, writer = os.pipe()
    os.write(writer, frame({"result": 1}, b"a\nb"))
    assert collect(reader, 5) == frame({"result": 1}, b"a\nb")
    os.close(writer)
    os.close(reader)
