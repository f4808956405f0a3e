"""`manage.py show_regimes [--gaps]`: every form × every regime, and what nobody has read yet."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from campaigns.matrix import Matrix, matrix
from campaigns.models import BasePay, Regime
from campaigns.money import money_text
from campaigns.regimes import regime_gaps
from campaigns.sayings import Said

_EMPTY = "-"


class Command(BaseCommand):
    """Prints the regimes as loaded and entered; writes nothing."""

    help = _("In các chế độ khen thưởng: tiền thưởng, số bộ, mẫu số, tỷ lệ phiếu, thời hạn.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --gaps."""
        parser.add_argument(
            "--gaps", action="store_true", help=_("chỉ in những điều còn thiếu hoặc chưa đối chiếu")
        )

    def handle(self, *args: object, **options: object) -> None:
        """Print each regime in the order of time; “*” marks what was not read in its text."""
        table = matrix()
        for place, each in enumerate(table.regimes):
            self.stdout.write(_heading(each.regime))
            if options["gaps"]:
                lines: Iterable[str] = regime_gaps(each, table.names)
            else:
                lines = _lines(table, place)
            for line in lines:
                self.stdout.write(f"  {line}")
        for pay in BasePay.objects.all() if not options["gaps"] else []:
            since = f"{pay.valid_from:%d/%m/%Y}" if pay.valid_from else pay.said
            mark = "" if pay.relied_upon else "*"
            self.stdout.write(f"{since}: {money_text(pay.amount)}{mark} {pay.source}".rstrip())


def _heading(regime: Regime) -> str:
    until = f"{regime.valid_to:%d/%m/%Y}" if regime.valid_to else ""
    return f"{regime.key}: {regime.name} ({regime.valid_from:%d/%m/%Y}-{until}, {regime.mark})"


def _lines(table: Matrix, place: int) -> Iterator[str]:
    """Yield what one regime says: of each form, then of general matters."""
    for form in table.forms:
        for group in form.cells[place]:
            cells = "; ".join(_cell(one) for one in group.said)
            yield f"{form.key:<16} {group.title}: {cells}"
    for topic in table.topics:
        for one in topic.cells[place]:
            yield f"{topic.title}: {_cell(one)}"


def _cell(one: Said) -> str:
    """Return “cá nhân 1,5* [clause]”."""
    value = one.value or _EMPTY
    mark = "*" if one.value and not one.relied_upon else ""
    clause = f" [{one.clause}]" if one.clause else ""
    return f"{one.name} {value}{mark}{clause}".strip()
