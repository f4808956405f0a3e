"""What the workers call, by name, to keep time: see workflow.services.clocks."""

from workflow.services import clocks


def reckon_anew(campaign_key: str) -> int:
    """Reckon the last days of open work anew after a limit or the calendar has changed."""
    return clocks.reckon_anew(campaign_key)
