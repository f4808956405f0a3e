"""`manage.py show_regimes [--gaps]`: every form × every regime, and what nobody has read yet."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from campaigns.models import BasePay, BonusForm, Mark, Regime
from campaigns.money import KINDS, Multiple, RegimeFacts, money_text
from campaigns.regimes import regime_facts, regime_gaps

_EMPTY = "-"


class Command(BaseCommand):
    """Prints the regimes as loaded; writes nothing."""

    help = _("In các chế độ khen thưởng đã nạp: hệ số tiền thưởng, lương cơ sở, điều còn thiếu.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --gaps."""
        parser.add_argument(
            "--gaps", action="store_true", help=_("chỉ in những điều còn thiếu hoặc chưa đối chiếu")
        )

    def handle(self, *args: object, **options: object) -> None:
        """Print each regime in the order of time; “*” marks what was not read in its text."""
        facts = regime_facts(Regime.objects.values_list("pk", flat=True))
        for regime in Regime.objects.order_by("valid_from"):
            self.stdout.write(_heading(regime))
            if not options["gaps"]:
                for line in _matrix(facts[regime.pk]):
                    self.stdout.write(line)
            for gap in regime_gaps(regime) if options["gaps"] else []:
                self.stdout.write(f"  {gap}")
        for pay in BasePay.objects.all() if not options["gaps"] else []:
            since = f"{pay.valid_from:%d/%m/%Y}" if pay.valid_from else pay.said
            mark = "" if pay.mark == Mark.SEEN else "*"
            self.stdout.write(f"{since}: {money_text(pay.amount)}{mark} {pay.source}".rstrip())


def _heading(regime: Regime) -> str:
    until = f"{regime.valid_to:%d/%m/%Y}" if regime.valid_to else ""
    return f"{regime.key}: {regime.name} ({regime.valid_from:%d/%m/%Y}-{until}, {regime.mark})"


def _matrix(facts: RegimeFacts) -> Iterator[str]:
    """Yield a line for each form of which the regime says anything."""
    for form in BonusForm.objects.all():
        row = [facts.multiples.get((form.key, kind)) for kind in KINDS]
        if any(row):
            cells = (
                f"{kind} {_cell(said)}" for kind, said in zip(KINDS.values(), row, strict=True)
            )
            yield f"  {form.key:<16} {'; '.join(cells)}"


def _cell(multiple: Multiple | None) -> str:
    if multiple is None or multiple.value is None:
        return _EMPTY
    shown = f"{multiple.value.normalize():f}".replace(".", ",")
    return shown if multiple.verified else f"{shown}*"
