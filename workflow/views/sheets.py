"""A page's form with its lines, and the acts that fill one: the shape of the act table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils.functional import Promise

from organisations.actors import Actor
from workflow.engine import Asked
from workflow.forms.base import KeptForm
from workflow.models import Nomination

Chosen = Sequence[Nomination]
Items = Sequence[Asked]


@dataclass
class Sheet:
    """The form of one page, with its lines where the act has any.

    chosen    the nominations it is about
    headings  the words that stand over the lines, in their order
    notes     what is said above the fields
    """

    form: KeptForm
    chosen: Chosen
    lines: BaseFormSet[Any] | None = None
    headings: Sequence[str] = field(default_factory=tuple)
    notes: Sequence[str] = field(default_factory=tuple)

    def is_valid(self) -> bool:
        """Check form and lines, both even where the first is wrong, so all errors show at once."""
        lines_are_valid = self.lines is None or self.lines.is_valid()
        return self.form.is_valid() and lines_are_valid

    @property
    def rows(self) -> list[tuple[str, KeptForm]]:
        """Return the lines with their headings; a line beyond the headings is numbered."""
        lines = list(self.lines.forms) if self.lines is not None else []
        more = (f"{n}." for n in range(len(self.headings) + 1, len(lines) + 1))
        return list(zip([*self.headings, *more], lines, strict=False))

    def filled(self, name: str) -> list[dict[str, Any]]:
        """Return the cleaned lines in which the named field was filled in."""
        lines = list(self.lines.forms) if self.lines is not None else []
        return [line.cleaned_data for line in lines if line.cleaned_data.get(name)]


Perform = Callable[[Actor, Items, Sheet], object]
Lines = Callable[[HttpRequest, Chosen], tuple["BaseFormSet[Any]", Sequence[str]]]


def nothing(_chosen: Chosen) -> dict[str, Any]:
    """Return no first values."""
    return {}


def silent(_chosen: Chosen) -> Sequence[str]:
    """Return nothing to be said above the fields."""
    return ()


@dataclass(frozen=True)
class Act:
    """One act: what it is called, what it asks, what it does.

    many     it can be done to a set at once
    notes    what its page says of the law of those chosen
    options  what its form is told of the chosen ones
    beside   the verdicts stand beside its form, when it is about one nomination
    """

    name: str
    label: str | Promise
    perform: Perform
    icon: str
    form: type[KeptForm] = KeptForm
    many: bool = False
    main: bool = False
    initial: Callable[[Chosen], dict[str, Any]] = nothing
    lines: Lines | None = None
    lines_title: str | Promise = ""
    line_width: str = "col-md-4"
    hint: str | Promise = ""
    notes: Callable[[Chosen], Sequence[str]] = silent
    options: Callable[[Chosen], dict[str, Any]] = nothing
    beside: bool = False

    def sheet(self, request: HttpRequest, chosen: Chosen) -> Sheet:
        """Return the form of this act: bound on POST, with its first values otherwise."""
        if request.method == "POST":
            form = self.form(request.POST, request.FILES, **self.options(chosen))
        else:
            form = self.form(initial=self.initial(chosen), **self.options(chosen))
        notes = self.notes(chosen)
        if self.lines is None:
            return Sheet(form, chosen, notes=notes)
        lines, headings = self.lines(request, chosen)
        return Sheet(form, chosen, lines, headings, notes)
