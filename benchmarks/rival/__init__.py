"""The way of a nomination in viewflow.workflow, for benchmarks/transitions.py alone."""
