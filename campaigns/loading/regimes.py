"""Makes the regimes, their multiples and base pay equal to those of a file."""

from typing import Any

from django.db import models

from campaigns.loading.law import remove_law, sync_law, write_law
from campaigns.loading.provisions import sync_sayings
from campaigns.loading.sync import Changes
from campaigns.models import FROM_FILE, BasePay, BonusForm, Mark, Regime
from campaigns.schema.spec import Record

_REGIME = (
    "key", "name", "law", "decree", "circular", "valid_from", "valid_to", "mark", "texts_seen",
    "texts_asked", "source",
)  # fmt: skip
_BASE_PAY = ("key", "amount", "valid_from", "said", "mark", "source")


def sync_regimes(facts: Record) -> Changes:
    """Add, change and remove regimes and what hangs on them.

    Must run in a transaction. Raises CampaignFactInUseError when a dossier is pinned to a regime
    that the file leaves out.
    """
    changes, everything = Changes(), models.Q()
    wanted_forms = _by_key(facts["forms"], ("key", "name", "names"))
    wanted_regimes = _by_key(facts["regimes"], _REGIME)
    for regime in facts["regimes"]:
        wanted_regimes[regime["key"]] |= _rounding(regime.get("rounding"))
    forms = write_law(BonusForm, everything, wanted_forms, changes)
    regimes = write_law(Regime, everything, wanted_regimes, changes)
    sync_sayings(facts["regimes"], regimes, forms, changes)
    remove_law([row for key, row in regimes.items() if key not in wanted_regimes], changes)
    remove_law([row for key, row in forms.items() if key not in wanted_forms], changes)
    sync_law(BasePay, FROM_FILE, _by_key(facts["base_pay"], _BASE_PAY), changes)
    return changes


def _by_key(rows: list[Record], names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {
        row["key"]: {name: row.get(name) for name in names} | {"position": position}
        for position, row in enumerate(rows, 1)
    }


def _rounding(rounding: Record | None) -> dict[str, Any]:
    rule = rounding or {}
    return {
        "rounding_step": rule.get("step"),
        "rounding_order": rule.get("order"),
        "rounding_clause": rule.get("clause"),
        "rounding_mark": rule.get("mark", Mark.NONE),
    }
