"""Seven tasks in a line, each done by a person, as viewflow.workflow has it."""

from __future__ import annotations

from typing import Any

from django.views.generic import View as Page
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process


class NominationFlow(flow.Flow):  # type: ignore[misc]  # viewflow carries no types
    """Draft, propose, receive, appraise, review, decide, close."""

    process_class = Process

    start = flow.StartHandle().Next(this.draft)
    draft = flow.View(Page.as_view()).Next(this.propose)
    propose = flow.View(Page.as_view()).Next(this.receive)
    receive = flow.View(Page.as_view()).Next(this.appraise)
    appraise = flow.View(Page.as_view()).Next(this.review)
    review = flow.View(Page.as_view()).Next(this.decide)
    decide = flow.View(Page.as_view()).Next(this.close)
    close = flow.View(Page.as_view()).Next(this.end)
    end = flow.End()


def do(task: Any, user: Any) -> None:
    """Take a task and do it, as the pages of viewflow do: assign, start, execute."""
    with task.activation() as activation:
        activation.assign(user)
        activation.start(request=None)
        activation.execute()
