"""The rule pack: NĐ 30/2020 as data, read once from packs/, with its version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PACKS = Path(__file__).resolve().parent / "packs"
CURRENT = "nd30-2020"


@dataclass(frozen=True)
class Rule:
    """One rule: its title in Vietnamese and the clause that it comes from."""

    key: str
    title: str
    source: str


@dataclass(frozen=True)
class Pack:
    """One version of the rules. ``data``: the measures, as plain JSON, that the checker reads.

    not_judged  keys of templates whose layout the decree says nothing of
    """

    key: str
    version: int
    title: str
    in_force_from: date
    rules: Mapping[str, Rule]
    not_judged: frozenset[str]
    data: Mapping[str, Any]


@cache
def pack(key: str = CURRENT) -> Pack:
    """Return a pack that ships with the product; KeyError for a key that has none."""
    path = _PACKS / f"{key}.yaml"
    if path.parent != _PACKS or not path.is_file():
        raise KeyError(key)
    held = yaml.safe_load(path.read_text("utf-8"))
    heads = ("key", "version", "title", "in_force_from", "rules", "not_judged")
    return Pack(
        key=held["key"],
        version=held["version"],
        title=held["title"],
        in_force_from=held["in_force_from"],
        rules={name: Rule(name, **row) for name, row in held["rules"].items()},
        not_judged=frozenset(held["not_judged"]),
        data={name: value for name, value in held.items() if name not in heads},
    )
