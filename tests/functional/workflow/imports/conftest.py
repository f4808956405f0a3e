"""The cast, whose lists are read."""

from tests.cast import _cast_of_module, cast

__all__ = ["_cast_of_module", "cast"]
