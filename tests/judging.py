"""Gates, facts and verdicts for the tests of judging, on the real plan of the cast."""

from __future__ import annotations

from pathlib import Path

from audit.services import SYSTEM
from campaigns.models import Gate
from campaigns.services import load_campaign
from tests.cast import Cast
from tests.replay import walk
from workflow.models import Nomination
from workflow.services.facts import FactGiven, enter_facts
from workflow.services.overruling import overrule_rule

DATA = Path(__file__).resolve().parent.parent / "campaigns" / "data"
DISCIPLINE = "general.5"
"""No wrongdoing, no discipline: a person says yes or no (plan 243/KH-UBND, mục IV.3.1)."""
SOURCE = "Xác nhận của Công an tỉnh số 12/CAT-PX01"


def load_law() -> None:
    """Load regimes and rules of law, which the cast does without."""
    for name in ("regimes.yaml", "law_rules.yaml"):
        _load(name)


def load_regimes() -> None:
    """Load the regimes of law, without the rules."""
    _load("regimes.yaml")


def _load(name: str) -> None:
    def steps() -> None:
        load_campaign(who=SYSTEM, source=(DATA / name).read_bytes())

    walk(("load", name), steps)


def gate(cast: Cast, move: str, *rules: str) -> Gate:
    """Let the campaign ask for rules at a move."""
    return Gate.objects.create(campaign=cast.campaign, move=move, rules=list(rules))


def enter(cast: Cast, login: str, row: Nomination, key: str, value: object) -> Nomination:
    """Let somebody enter one fact with its source."""
    return enter_facts(
        actor=cast[login],
        nomination_id=row.pk,
        expected_version=row.version,
        facts=[FactGiven(key, value, SOURCE)],
    )


def overrule(cast: Cast, login: str, row: Nomination, rule: str = DISCIPLINE) -> None:
    """Let somebody overrule one rule."""
    overrule_rule(
        actor=cast[login],
        nomination_id=row.pk,
        expected_version=row.version,
        rule=rule,
        reason="Kỷ luật đã hết hiệu lực từ năm 2021",
    )
