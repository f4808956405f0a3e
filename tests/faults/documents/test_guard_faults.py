"""The guarded child under kill -9, a hang, a fork: the next job is done."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from documents import guard, rendering
from documents.errors import RenderTimeoutError
from documents.guard import GuardedWorkError, _guard, run_guarded
from documents.reading import docx_text
from documents.rendering import render_docx
from tests.files import docx_of
from tests.processes import named, send

PAPER = docx_of("{{ a }}")


def made() -> str:
    return docx_text(render_docx(PAPER, {"a": "đủ"}))


def zygote() -> int:
    made()
    assert _guard.box is not None
    assert _guard.box.process is not None
    return _guard.box.process.pid


def inside() -> int:
    """Return the zygote as it is inside its walls: the nearest Python, its children are further."""
    return named(zygote(), Path(sys.executable).name)[0]


def test_killed_zygote_is_replaced_and_the_job_done() -> None:
    first = zygote()
    send(first, signal.SIGKILL)
    assert made() == "đủ"
    assert zygote() != first


def test_zygote_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _guard.close()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(GuardedWorkError, match="the child ended"):
            run_guarded("docx_text", PAPER)
    assert made() == "đủ"


def test_stopped_zygote_is_replaced_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    send(inside(), signal.SIGSTOP)
    monkeypatch.setattr(guard, "_GRACE_SECONDS", 1)
    with pytest.raises(GuardedWorkError, match="no answer"):
        run_guarded("docx_text", PAPER, seconds=1)
    monkeypatch.undo()
    assert made() == "đủ"


def test_stopped_zygote_that_reads_nothing_does_not_hold_up_the_writer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(inside(), signal.SIGSTOP)
    monkeypatch.setattr(guard, "_GRACE_SECONDS", -14)
    with pytest.raises(RenderTimeoutError):
        render_docx(PAPER + b"\0" * 5_000_000, {"a": "x"})


def test_forked_process_has_its_own_zygote_and_leaves_the_parents_alone() -> None:
    first = zygote()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if made() == "đủ" and zygote() != first else 1
            _guard.close()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert zygote() == first


def test_paper_that_never_ends_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = docx_of("{% for a in ds %}{% for b in ds %}{% for c in ds %}x{% endfor %}{% endfor %}"
                      "{% endfor %}")  # fmt: skip
    monkeypatch.setattr(rendering, "run_guarded", partial(run_guarded, seconds=1))
    with pytest.raises(RenderTimeoutError):
        render_docx(endless, {"ds": list(range(2_000))})
    assert made() == "đủ"
    assert "xxxxxxxx" in docx_text(render_docx(endless, {"ds": [1, 2]}))
