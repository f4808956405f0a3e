"""Printing onto a pre-printed blank: only the words that the blank lacks, each at its place.

Coordinates are data, one file a blank (blanks/*.yaml; an office's own in `phoi/` of the data
folder, which go before the shipped ones of the same key). Pages are drawn at once, from values
that the caller has frozen, and the same each time.
"""

from documents.overprint.blanks import Blank, Place, blanks
from documents.overprint.drawing import MAX_SHIFT_MM, print_over

__all__ = ["MAX_SHIFT_MM", "Blank", "Place", "blanks", "print_over"]
