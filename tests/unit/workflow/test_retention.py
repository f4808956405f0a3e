"""Retention is a suggestion by who decided, and says that no schedule was read."""

from campaigns.models import Decider
from campaigns.models.stated import RELIED_UPON
from workflow.retention import TERMS, retention_of


def test_every_authority_has_its_term_and_none_is_passed_off_as_read() -> None:
    years = {decider: retention_of(decider) for decider in Decider}
    assert {one: term.years for one, term in years.items() if term} == {
        Decider.PRESIDENT: None,
        Decider.PRIME_MINISTER: None,
        Decider.PROVINCIAL_CHAIRMAN: 20,
        Decider.UNIT_HEAD: 10,
    }
    assert all(term.mark.value not in RELIED_UPON for term in TERMS.values())
    assert all("chưa đối chiếu" in str(term.source) for term in TERMS.values())
