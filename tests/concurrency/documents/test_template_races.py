"""Two people at one template at once, on PostgreSQL: one wins, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from audit.verification import verify_all
from documents.models import TemplateStatus, TemplateVersion
from documents.services import templates as service
from documents.services.templates import draft_template, judge_template, publish_draft
from documents.template_errors import TemplateChangedError, TemplateStateError
from tests.concurrency.workflow.test_races import at_once
from tests.papers import AT, CLERK, LETTER, ask, docx_bytes, publish
from tests.racing import CONTROLS, TRIALS, Course, course

__all__ = ["course"]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional")]
KEY = "giay_moi"
CLICKS = 2


def upload(*words: str) -> Callable[[], TemplateVersion]:
    """Return the act of keeping an upload that was judged before, as the page does."""
    lint = judge_template(key=KEY, name="mau.docx", content=docx_bytes(*LETTER, *words))
    return lambda: draft_template(who=CLERK, at=AT, key=KEY, lint=lint, note="x")


def publishing(version: TemplateVersion) -> Callable[[], TemplateVersion]:
    """Return the act of publishing a draft by somebody who sees the version in use now."""
    seen = in_use().pk
    return lambda: publish_draft(who=CLERK, at=AT, version_id=version.pk, expected_current=seen)


def in_use() -> TemplateVersion:
    return TemplateVersion.objects.get(key=KEY, status=TemplateStatus.PUBLISHED)


def without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both read before either writes."""
    meet = threading.Barrier(2)

    def unlocked(key: str) -> list[TemplateVersion]:
        found = list(TemplateVersion.objects.filter(key=key).order_by("number"))
        meet.wait(timeout=10)
        return found

    monkeypatch.setattr(service, "_lock", unlocked)


def two_publications() -> list[Callable[[], TemplateVersion]]:
    publish()
    drafts = [upload(word)() for word in ("một", "hai")]
    return [publishing(draft) for draft in drafts]


def test_two_publications_without_the_lock_break_on_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    acts = two_publications()
    without_the_lock(monkeypatch)
    ended = at_once(*acts)
    assert [type(one) for one in ended.broken] == [IntegrityError]


def test_two_publications_at_once_are_one_and_one_who_is_told_to_compare_again() -> None:
    ended = at_once(*two_publications())
    assert (len(ended.done), ended.broken) == (1, [])
    assert [type(one) for one in ended.refused] == [TemplateChangedError]
    assert in_use() == ended.done[0]
    assert [found for found in verify_all() if found.damage] == []


def test_one_draft_is_published_once_by_two_clicks() -> None:
    publish()
    for number in range(CLICKS):
        act = publishing(upload(str(number))())
        ended = at_once(act, act)
        assert (len(ended.done), ended.broken) == (1, [])
        assert [type(one) for one in ended.refused] == [TemplateStateError]


def test_two_uploads_without_the_lock_want_the_same_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish()
    acts = [upload(word) for word in ("một", "hai")]
    without_the_lock(monkeypatch)
    ended = at_once(*acts)
    assert [type(one) for one in ended.broken] == [IntegrityError]


def test_uploads_and_a_publication_at_once_all_happen_in_some_order() -> None:
    publish()
    for number in range(CLICKS):
        first, second = upload(f"một {number}"), upload(f"hai {number}")
        ended = at_once(first, second, publishing(upload(f"ba {number}")()))
        assert (len(ended.done), ended.refused, ended.broken) == (3, [], [])
    numbers = [one.number for one in TemplateVersion.objects.order_by("number")]
    assert numbers == list(range(1, 3 * CLICKS + 2))
    assert in_use().status == TemplateStatus.PUBLISHED
    assert [found for found in verify_all() if found.damage] == []


def test_paper_is_made_of_the_template_that_was_in_use_when_it_was_asked_for(
    course: Course,
) -> None:
    """Replaced while it is asked for, many times: one template or the other, whole, and for good.

    Without the guard, which is that the version is kept with the paper, a worker would take what
    is in use when he comes to it: in the control the request comes first and he would be wrong.
    """
    publish()
    first, draft = in_use(), upload("một")()

    def begin_anew() -> list[Callable[[], Any]]:
        TemplateVersion.objects.filter(pk=draft.pk).update(status="draft")
        TemplateVersion.objects.filter(pk=first.pk).update(status="published")
        publish_it = partial(publish_draft, who=CLERK, at=AT, version_id=draft.pk,
                             expected_current=first.pk)  # fmt: skip
        return [publish_it, ask]

    for _trial in range(CONTROLS):
        publish_it, request = begin_anew()
        _document, version = request()
        publish_it()
        assert version.template_version == first != in_use()
    for trial in range(TRIALS):
        ended = course.run(begin_anew()[:: 1 if trial % 2 else -1])
        assert (len(ended.done), ended.refused, ended.broken) == (2, [], [])
        asked_for = next(one[1] for one in ended.done if isinstance(one, tuple))
        assert asked_for.template_version_id in {first.pk, draft.pk}
        assert TemplateVersion.objects.filter(key=KEY, status="published").count() == 1
        assert in_use() == draft
