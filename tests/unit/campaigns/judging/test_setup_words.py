"""Every field and word of rules and gates has a Vietnamese name where campaigns are set up."""

from collections.abc import Iterator

from campaigns.schema.judging import GATES, RULES
from campaigns.schema.spec import Choice, Form, ListOf, Spec
from campaigns.schema.wording import SECTIONS, label_of, word_of

COMPARISONS = {">", ">=", "<", "<="}


def fields(spec: Spec, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Spec]]:
    yield names, spec
    if isinstance(spec, ListOf):
        yield from fields(spec.item, names)
    if isinstance(spec, Form):
        for name, inner in spec.fields.items():
            yield from fields(inner, (*names, name))


EVERY = [*fields(RULES, ("rules",)), *fields(GATES, ("gates",))]


def test_every_field_has_a_name() -> None:
    unnamed = [".".join(names) for names, _spec in EVERY if label_of(names) == names[-1]]
    assert not unnamed
    assert {"rules", "gates"} <= SECTIONS.keys()


def test_every_word_that_can_be_chosen_is_said_in_vietnamese() -> None:
    chosen = {
        (names, word) for names, spec in EVERY if isinstance(spec, Choice) for word in spec.words
    }
    raw = {word for names, word in chosen if word_of(names, word) == word}
    assert raw == COMPARISONS
