"""Write docs/errors.md from the refusals in the source: code, status, sentence, meaning, room.

Run it after adding or changing a refusal; a test compares the page with the source.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "errors.md"
ROOMS = ("audit", "organisations", "campaigns", "documents", "signatures", "workflow")
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
HEAD = """# What a refusal means

Everything that the product will not do, it says with a code, what was not done, why, and what to do next. A code never changes its meaning. This page is written by `tools/list_errors.py`; a test compares it with the source.

| code | status | the person reads | it means | room |
|---|---|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Row:
    """One line of the page."""

    code: str
    status: int
    sentence: str
    meaning: str
    room: str

    def __str__(self) -> str:
        """Return the line in Markdown."""
        cells = (f"`{self.code}`", str(self.status), self.sentence, self.meaning, f"`{self.room}`")
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _assigned(body: ast.ClassDef, name: str) -> ast.expr | None:
    for line in body.body:
        if isinstance(line, ast.Assign):
            targets: list[ast.expr] = line.targets
        elif isinstance(line, ast.AnnAssign):
            targets = [line.target]
        else:
            continue
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return line.value
    return None


def _code(node: ast.expr | None) -> str:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    ):
        return node.value
    return ""


def _sentence(node: ast.AST) -> str:
    """Return the first translated sentence inside a node."""
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in {"_", "gettext", "gettext_lazy"}
            and isinstance(call.args[0], ast.Constant)
        ):
            return str(call.args[0].value)
    return ""


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _first_paragraph(node: ast.ClassDef | ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")


class Source:
    """The classes of all rooms by name, to follow what a refusal inherits."""

    def __init__(self) -> None:
        self.files = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for room in ROOMS
            for path in sorted((ROOT / room).rglob("*.py"))
        }
        self.classes = {
            node.name: node
            for tree in self.files.values()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
        }

    def lineage(self, name: str) -> Iterator[ast.ClassDef]:
        """Yield a class and the classes it inherits from, nearest first."""
        body = self.classes.get(name)
        if body is None:
            return
        yield body
        for base in body.bases:
            if isinstance(base, ast.Name):
                yield from self.lineage(base.id)

    def is_refusal(self, name: str) -> bool:
        """Tell whether a class derives from audit.errors.Refusal."""
        return any(body.name == "Refusal" for body in self.lineage(name))

    def status(self, name: str) -> int:
        """Return the HTTP status that a refusal's page has."""
        for body in self.lineage(name):
            value = _assigned(body, "status")
            if isinstance(value, ast.Attribute):
                return int(HTTPStatus[value.attr])
        return int(HTTPStatus.CONFLICT)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each code: of a class, or of a call that names the code itself."""
        raised = self.raised()
        for path, tree in self.files.items():
            room = path.relative_to(ROOT).parts[0]
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and self.is_refusal(node.name):
                    code = _code(_assigned(node, "code"))
                    sentence = _sentence(node) or _sentence(raised.get(node.name, node))
                    status = self.status(node.name)
                elif isinstance(node, ast.FunctionDef):
                    call = self.call_with_code(node)
                    code, sentence = (_code(call.args[0]), _sentence(call)) if call else ("", "")
                    status = self.status(_called(call)) if call else 0
                else:
                    continue
                if code:
                    yield Row(code, status, sentence, _first_paragraph(node), room)

    def raised(self) -> dict[str, ast.Call]:
        """Return, for each refusal, a call that makes one."""
        return {
            _called(node): node
            for tree in self.files.values()
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and self.is_refusal(_called(node))
        }

    def call_with_code(self, function: ast.FunctionDef) -> ast.Call | None:
        """Return the call in a function that makes a refusal with a code of its own."""
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if self.is_refusal(_called(node)) and _code(node.args[0]):
                return node
        return None


def page(rows: Iterable[Row]) -> str:
    """Return docs/errors.md as it should be."""
    return HEAD + "".join(f"{row}\n" for row in sorted(set(rows)))


if __name__ == "__main__":
    PAGE.write_text(page(Source().rows()), encoding="utf-8")
    print(f"→ {PAGE.relative_to(ROOT)}")
