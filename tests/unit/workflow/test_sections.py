"""To whom a dossier goes, with what in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.models import Decider
from workflow.sections import (
    REPORTS,
    SECTIONS,
    WORD_TOO,
    Recipient,
    needed_by,
    recipients_of,
    section_of,
    sections_for,
)
from workflow.states import Way

CHAIRMAN, CENTRE = Decider.PROVINCIAL_CHAIRMAN, Decider.PRIME_MINISTER
TEMPLATES = Path(__file__).resolve().parents[3] / "docx_templates"


def test_centre_is_a_recipient_only_where_it_decides() -> None:
    assert recipients_of(CHAIRMAN, Way.PROVINCE) == (
        Recipient.APPRAISAL,
        Recipient.BOARD,
        Recipient.DECISION,
        Recipient.ARCHIVE,
    )
    assert Recipient.CENTRAL in recipients_of(CENTRE, Way.TWICE)
    assert recipients_of(CHAIRMAN, Way.UNIT) == (Recipient.ARCHIVE,)


def test_each_recipient_gets_what_the_one_before_got_and_more() -> None:
    counts = [len(sections_for(one)) for one in Recipient]
    assert counts == [1, 2, 3, 4, len(SECTIONS)]
    assert sections_for(Recipient.BOARD)[:1] == sections_for(Recipient.APPRAISAL)


@pytest.mark.parametrize(
    ("recipient", "authority", "last"),
    [
        (Recipient.APPRAISAL, CHAIRMAN, {"to_trinh_don_vi", "bien_ban_don_vi"}),
        (Recipient.BOARD, CHAIRMAN, {"bao_cao_tham_dinh", "to_trinh_so"}),
        (Recipient.DECISION, CHAIRMAN, {"to_trinh_hoi_dong"}),
        (Recipient.CENTRAL, CENTRE, {"to_trinh_trung_uong"}),
        (Recipient.CENTRAL, Decider.PRESIDENT, {"to_trinh_chu_tich_nuoc"}),
        (Recipient.ARCHIVE, CHAIRMAN, {"quyet_dinh"}),
    ],
)
def test_needed_grows_by_the_papers_of_the_stage(
    recipient: Recipient, authority: str, last: set[str]
) -> None:
    way = Way.PROVINCE
    order = recipients_of(authority, way)
    before = order[order.index(recipient) - 1] if recipient != order[0] else None
    known = set(needed_by(before, authority, way)) if before else set()
    assert set(needed_by(recipient, authority, way)) - known == last


def test_centres_decision_and_the_letter_up_are_not_asked_of_each_other() -> None:
    assert "quyet_dinh" not in needed_by(Recipient.ARCHIVE, CENTRE, Way.PROVINCE)
    assert "to_trinh_trung_uong" not in needed_by(Recipient.ARCHIVE, CHAIRMAN, Way.PROVINCE)
    unit = needed_by(Recipient.ARCHIVE, CHAIRMAN, Way.UNIT)
    assert set(unit) == {"bien_ban_don_vi", "quyet_dinh"}


def test_every_paper_named_is_a_template_and_reports_are_not_asked_by_key() -> None:
    named = {key for section in SECTIONS for key in section.papers}
    assert named <= {path.stem for path in TEMPLATES.glob("*.yaml")}
    assert not REPORTS & set(needed_by(Recipient.ARCHIVE, CHAIRMAN, Way.PROVINCE))
    assert named >= WORD_TOO
    assert section_of("quyet_dinh").title == "Quyết định khen thưởng"
    assert section_of("").title == section_of("phieu_tra").title == "Giấy tờ khác"
