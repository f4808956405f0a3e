"""From figures to points to a ranking: pure, exact, and with the arithmetic written out."""
