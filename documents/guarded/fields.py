"""Which fields a template reads, from its syntax tree, following loops and assignments."""

from collections.abc import Iterator

from jinja2 import nodes

SORTING = "theo_ten"
"""The filter that gives back the rows it was given, in another order."""

Scope = dict[str, str]
"""A name bound in the template and the path of the data it stands for; "" is no data."""


def paths_of(tree: nodes.Template) -> set[str]:
    """Return the dotted paths read by the tree."""
    return set(_in_block(tree.body, {"loop": ""}))


def _in_block(block: list[nodes.Node], scope: Scope) -> Iterator[str]:
    inner = dict(scope)
    for node in block:
        yield from in_node(node, inner)


def in_node(node: nodes.Node, scope: Scope) -> Iterator[str]:
    """Yield the dotted paths that one node reads; what it assigns is bound in the scope."""
    if isinstance(node, nodes.For):
        yield from _in_loop(node, scope)
    elif isinstance(node, nodes.Assign):
        yield from in_node(node.node, scope)
        _bind(node.target, path_of(node.node, scope) or "", scope)
    elif isinstance(node, nodes.If):
        yield from in_node(node.test, scope)
        for block in (node.body, node.elif_, node.else_):
            yield from _in_block(list(block), scope)
    else:
        path = path_of(node, scope)
        if path:
            yield from _prefixes(path)
        for child in node.iter_child_nodes():
            yield from in_node(child, scope)


def loop_scope(node: nodes.For, scope: Scope) -> Scope:
    """Return the scope inside a loop."""
    inner = dict(scope)
    _bind(node.target, path_of(node.iter, scope) or "", inner)
    return inner


def _in_loop(node: nodes.For, scope: Scope) -> Iterator[str]:
    yield from in_node(node.iter, scope)
    inner = loop_scope(node, scope)
    if node.test is not None:
        yield from in_node(node.test, inner)
    yield from _in_block(node.body, inner)
    yield from _in_block(node.else_, scope)


def _bind(target: nodes.Node, path: str, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = path
    else:
        for name in target.find_all(nodes.Name):
            scope[name.name] = ""


def path_of(node: nodes.Node, scope: Scope) -> str | None:
    """Return the path that an expression stands for, None when it is no plain path."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Filter) and node.name == SORTING and node.node is not None:
        return path_of(node.node, scope)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        base = path_of(node.node, scope)
        key = _key(node)
        return f"{base}.{key}" if base and key else base
    return None


def _key(node: nodes.Getattr | nodes.Getitem) -> str:
    """Return the key that is read; "" where a row of a list is taken, or one not known yet."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    key = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return key if isinstance(key, str) else ""


def _prefixes(path: str) -> Iterator[str]:
    words = path.split(".")
    for count in range(1, len(words) + 1):
        yield ".".join(words[:count])
