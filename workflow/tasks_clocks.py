"""What the workers call, by name, to keep time and tell people: see the schedule in 0010."""

from django.utils import timezone

from workflow.services import clocks, mails, medians, telling


def reckon_anew(campaign_key: str) -> int:
    """Reckon the last days of open work anew after a limit or the calendar has changed."""
    return clocks.reckon_anew(campaign_key)


def each_minute() -> int:
    """Tell people of their work, make the letters of the day, measure the steps, send what is due.

    Return how many letters left.
    """
    telling.tell(timezone.now())
    telling.send_digest(timezone.now())
    medians.measure_steps(timezone.now())
    return mails.send_mails(timezone.now())
