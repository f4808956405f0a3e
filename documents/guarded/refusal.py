"""How work done in the guarded child says no: a code and facts, no class and no translation."""


class RefusedInChildError(Exception):
    """A refusal to carry out: its code stands in documents.errors, its facts fill the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UnsuitableError(Exception):
    """A shorter way of making a paper does not fit this template or these values."""
