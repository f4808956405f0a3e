"""The product's settings with viewflow's own apps beside it, for benchmarks/transitions.py."""

from config.settings import *  # noqa: F403 - settings are a list of names
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "viewflow", "viewflow.workflow", "benchmarks.rival"]
