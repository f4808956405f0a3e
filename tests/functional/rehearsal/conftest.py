"""The cast, for lists that the command refuses."""

from tests.cast import _cast_of_module, cast

__all__ = ["_cast_of_module", "cast"]
