"""A council's vote against the law of the dossier: what is computed, and what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.models import Threshold
from campaigns.regimes import vote_rule
from campaigns.sayings import threshold_text
from campaigns.thresholds import Ballot, Result, result_of
from workflow.law import Law
from workflow.models import Nomination


@dataclass(frozen=True, slots=True)
class Asked:
    """What the law asks of the vote on one nomination, in words for its page.

    words  "" where it asks nothing; missing  what is asked for by name, "" where nothing is
    """

    words: str
    missing: str


def result_by_law(law: Law, nomination: Nomination, ballot: Ballot) -> Result | None:
    """Return what a vote comes to by the dossier's regime; None where that says nothing checked."""
    row = law.threshold(nomination)
    if row is None or not row.relied_upon:
        return None
    return result_of(vote_rule(row), ballot)


def asked_by_law(law: Law, nomination: Nomination) -> Asked:
    """Return what the page shows above a nomination's vote."""
    said = law.of(nomination)
    form = nomination.award_item.form.name
    if said is None:
        return Asked("", f"chế độ khen thưởng của hồ sơ {nomination.dossier.code}")
    missing = f"tỷ lệ phiếu {form} theo {said.regime.name}"
    row = law.threshold(nomination)
    words = threshold_text(row) if row else ""
    if row is None or not words:
        return Asked("", missing)
    if not row.relied_upon:
        return Asked("", f"{missing} (đã nạp {words}, chưa đối chiếu văn bản gốc)")
    clause = f" ({row.clause})" if row.clause else ""
    return Asked(words + clause, "" if _computable(row) else missing)


def _computable(row: Threshold) -> bool:
    return row.pass_ratio is not None
