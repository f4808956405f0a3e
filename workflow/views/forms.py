"""The one way a form meets a service, and comes back when the service refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from audit.errors import Refusal
from workflow.forms.base import KeptForm

R = TypeVar("R")


def ask(form: KeptForm, service: Callable[[], R]) -> R | None:
    """Return what the service returned, or None with its refusal put on top of the form.

    The form keeps everything that was typed; it is shown again by the view.
    """
    try:
        return service()
    except Refusal as refusal:
        form.refuse(refusal)
        return None
