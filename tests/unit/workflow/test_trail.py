"""What a page tells of an event's data."""

from __future__ import annotations

from audit.models import Event
from workflow.pages.trail import told


def test_number_of_a_version_is_no_number_in_the_golden_book() -> None:
    signed = Event(action="document.signed", data={"title": "Tờ trình", "number": 1})
    entered = Event(action="certificate.entered", data={"golden_number": "01/SV"})
    shown = [
        [(str(label), value) for label, value in one.details] for one in told([signed, entered])
    ]
    assert shown == [[("Tên văn bản", "Tờ trình")], [("Số vào sổ vàng", "01/SV")]]
