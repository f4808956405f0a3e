"""Rules as data, and verdicts that cite them (docs/verdicts.md)."""
