"""The cast, for lists that are sent by one of them."""

from tests.cast import _cast_of_module, cast

__all__ = ["_cast_of_module", "cast"]
