"""The closed list of acts that can be recorded.

Each room names its own in AppConfig.ready(). A word is never taken off the list while events
with it exist: verification reports an unknown act as damage.
"""

import re

_SHAPE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
_actions: set[str] = set()


class UnknownActionError(ValueError):
    """An act was recorded, or registered, under a name that is not allowed. A bug, not a refusal."""


def register(*actions: str) -> None:
    """Add acts to the list, each as `noun.past` in lower case; naming one again does nothing.

    Raises UnknownActionError for a name of another shape.
    """
    for action in actions:
        if not _SHAPE.fullmatch(action):
            message = f"{action!r} is not of the shape noun.past"
            raise UnknownActionError(message)
        _actions.add(action)


def check(action: str) -> None:
    """Raise UnknownActionError unless the act is on the list."""
    if action not in _actions:
        message = f"{action!r} is not registered; call audit.registry.register in AppConfig.ready()"
        raise UnknownActionError(message)


def known() -> frozenset[str]:
    """Return every registered act."""
    return frozenset(_actions)
