"""Notes which lines and branches of the product run, at next to no cost.

Python 3.11 lets coverage.py look on only by stopping at every line it runs, Django's among them,
which doubles the time of every test. Here each statement of the product sets one byte of a file
before it runs, and so does each way out of a branch. All processes share that file: what forks,
what a test starts and what is killed is counted too. Where the file cannot be written, in the
sandbox, nothing is counted and nothing breaks.

What there is to be taken, what is left out and how it is judged stays coverage.py's business:
told.py hands it what was taken. tests/functional/tooling/test_counting.py shows that both agree.
"""

from __future__ import annotations

import ast
import marshal
import mmap
import os
import sys
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

TAKEN = "_lines_taken_"
"""The name of the marks inside a module."""


@dataclass(frozen=True)
class Mark:
    """One byte: a line was reached, or a branch on it went one way.

    way  True where the branch went into its body, False where it went past; None for a line
    """

    line: int
    way: bool | None = None


@dataclass
class Marker:
    """Puts marks into the tree of a module; the same source always gets the same marks."""

    marks: list[Mark] = field(default_factory=list)

    def module(self, tree: ast.Module, name: str) -> None:
        """Mark a whole module, which opens its marks as the first thing it does."""
        first = _prelude(tree.body)
        opening = ast.parse(f"{TAKEN} = __import__('line_marks').opened({name!r}, 0)").body
        call = opening[0].value  # type: ignore[attr-defined]  # an assignment, as written above
        before, after = tree.body[:first], tree.body[first:]
        at = [mark for one in before for mark in self._lines(one)]
        tree.body = [*before, *opening, *at, *self._body(after)]
        call.args[1] = ast.Constant(len(self.marks))
        ast.fix_missing_locations(tree)

    def _set(self, at: ast.AST, *marks: Mark) -> list[ast.stmt]:
        """Return the statements that set marks, as if they stood at a node."""
        made: list[ast.stmt] = []
        for mark in marks:
            byte = ast.Subscript(
                ast.Name(TAKEN, ast.Load()), ast.Constant(len(self.marks)), ast.Store()
            )
            self.marks.append(mark)
            made.append(ast.Assign([byte], ast.Constant(1)))
            for node in ast.walk(made[-1]):
                ast.copy_location(node, at)
        return made

    def _lines(self, node: ast.stmt) -> list[ast.stmt]:
        above = [one.lineno for one in getattr(node, "decorator_list", ())]
        return self._set(node, *map(Mark, [*above, node.lineno]))

    def _body(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for node in body:
            made += [*self._lines(node), node]
            self._within(node)
        return made

    def _within(self, node: ast.stmt) -> None:
        match node:
            case ast.If() | ast.While():
                self._branch(node, node.test)
            case ast.For() | ast.AsyncFor():
                self._branch(node, node.iter)
            case ast.With() | ast.AsyncWith():
                node.body = self._body(node.body)
            case ast.Try() | ast.TryStar():
                self._try(node)
            case ast.Match():
                self._match(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                first = int(ast.get_docstring(node, clean=False) is not None)
                node.body = [*node.body[:first], *self._body(node.body[first:])]

    def _branch(self, node: ast.If | ast.While | ast.For | ast.AsyncFor, asked: ast.expr) -> None:
        """Mark both ways; that of a loop which ends by itself is its `else`."""
        into, past = Mark(asked.lineno, way=True), Mark(asked.lineno, way=False)
        node.body = [*self._set(asked, into), *self._body(node.body)]
        node.orelse = [*self._set(asked, past), *self._body(node.orelse)]

    def _try(self, node: ast.Try | ast.TryStar) -> None:
        node.body, node.orelse = self._body(node.body), self._body(node.orelse)
        for handler in node.handlers:
            if handler.type is not None:
                handler.type = self._tried(handler, handler.type)
                handler.body = self._body(handler.body)
            else:
                handler.body = [
                    *self._set(handler, Mark(handler.lineno)),
                    *self._body(handler.body),
                ]
        node.finalbody = self._body(node.finalbody)

    def _tried(self, handler: ast.ExceptHandler, caught: ast.expr) -> ast.expr:
        """Return what a handler catches, in words that also mark that it was asked."""
        asked = ast.parse(f"({TAKEN}.__setitem__({len(self.marks)}, 1), 0)[1]", mode="eval").body
        self.marks.append(Mark(handler.lineno))
        for node in ast.walk(asked):
            ast.copy_location(node, handler)
        asked.value.elts[1] = caught  # type: ignore[attr-defined]  # a pair, as written above
        return asked

    def _match(self, node: ast.Match) -> None:
        """Mark a case and that those above it did not match; and that none did."""
        past: list[Mark] = []
        for case in node.cases:
            line = case.pattern.lineno
            here = [*past, Mark(line), Mark(line, way=True)]
            case.body = [*self._set(case.pattern, *here), *self._body(case.body)]
            past += [Mark(line), Mark(line, way=False)]
        last = node.cases[-1]
        if last.guard or not (isinstance(last.pattern, ast.MatchAs) and not last.pattern.pattern):
            none = ast.match_case(ast.MatchAs(), body=self._set(last.pattern, *past))
            node.cases.append(none)


def _prelude(body: Sequence[ast.stmt]) -> int:
    """Return how many statements have to stay first: docstring and `from __future__`."""
    first = 0
    for node in body:
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not (said or future):
            break
        first += 1
    return first


def marks_of(source: bytes) -> list[Mark]:
    """Return the marks that a module gets, in the order of their bytes."""
    marker = Marker()
    marker.module(ast.parse(source), "")
    return marker.marks


# --- at run time ---------------------------------------------------------------------------------
_folder = Path()
_root = Path()


def kept(folder: Path, name: str) -> Path:
    """Return the file that holds a module's marks; `name` is its path below the root."""
    return folder / f"{blake2b(name.encode(), digest_size=16).hexdigest()}.taken"


def opened(name: str, count: int) -> MutableSequence[int]:
    """Return a module's marks, shared with every other process; a module calls it."""
    try:
        with kept(_folder, name).open("a+b") as file:
            os.ftruncate(file.fileno(), count + 1)  # an empty file cannot be mapped
            shared = mmap.mmap(file.fileno(), count + 1)
    except (OSError, ValueError):  # no such folder, or a process that may not write so much
        return bytearray(count + 1)
    return shared  # type: ignore[return-value]  # its bytes are set, which is all that is done


class _Loader(SourceFileLoader):
    """Loads a module with its marks; the compiled one is kept in the folder of the run."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self.get_data(path)
        digest = blake2b(path.encode() + b"\0" + source, digest_size=16).hexdigest()
        compiled = _folder / f"{digest}.code"
        try:
            known: CodeType = marshal.loads(compiled.read_bytes())  # noqa: S302 - written below
        except (OSError, EOFError, ValueError):
            return self._compiled(path, source, compiled)
        return known

    def _compiled(self, path: str, source: bytes, keep: Path) -> CodeType:
        tree = ast.parse(source)
        Marker().module(tree, str(Path(path).relative_to(_root)))
        code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        part = keep.with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(marshal.dumps(code))
            part.replace(keep)
        except OSError:
            pass  # another process will compile it anew
        return code


@dataclass(frozen=True)
class _Finder:
    """Finds the modules of the rooms as Python does, and has them loaded with marks."""

    rooms: frozenset[str]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, _target: object = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self.rooms:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is None or type(spec.loader) is not SourceFileLoader or spec.origin is None:
            return spec
        if Path(spec.origin).is_relative_to(_root):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def install(folder: Path, root: Path, rooms: Iterable[str]) -> None:
    """Count from now on what is imported of the rooms, packages right below the root.

    folder  where the marks of a run are kept, of all its processes
    """
    global _folder, _root  # one interpreter counts for one run
    folder.mkdir(parents=True, exist_ok=True)
    _folder, _root = folder, root
    sys.meta_path.insert(0, _Finder(frozenset(rooms)))
