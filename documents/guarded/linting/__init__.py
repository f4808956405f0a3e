"""Judging a template tag by tag, in the child: where each fault stands, and what can be healed."""
