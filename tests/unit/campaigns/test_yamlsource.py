"""A YAML text is read as values with lines, and nothing in it can run, hide or exhaust."""

import time
import unicodedata
from decimal import Decimal

import pytest

from campaigns.yamlsource import MAX_BYTES, MAX_NODES, Items, Mapping, Node, Plain, Scalar, parse


def values(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [values(child) for child in node.items]
    return {key: values(child) for key, (_line, child) in node.entries.items()}


def codes(source: bytes | str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in parse(source)[1]]


def test_documents_keys_and_values_keep_their_lines() -> None:
    documents, problems = parse("a: 1\nb:\n- x\n- {c: y}\n---\nz: 2\n")
    assert problems == []
    first, second = documents
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    line, items = first.entries["b"]
    assert line == 2
    assert isinstance(items, Items)
    assert [child.line for child in items.items] == [3, 4]
    assert second.entries["z"][1].line == 6
    assert values(first) == {"a": 1, "b": ["x", {"c": "y"}]}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", 12),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("2022-11-16", "2022-11-16"),
        ("'12'", "12"),
        ("''", ""),
        ("1e9", "1e9"),
        ("0x1F", "0x1F"),
        ("1234567890123456", "1234567890123456"),
        ('"a\\n  b"', "a b"),
    ],
)
def test_a_plain_word_stays_what_was_typed(typed: str, meant: Plain) -> None:
    documents, problems = parse(f"key: {typed}\n")
    assert problems == []
    found = values(documents[0])
    assert found == {"key": meant}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(meant)


def test_text_is_composed_however_it_was_typed() -> None:
    apart = unicodedata.normalize("NFD", "Chuyển đổi số")
    assert apart != "Chuyển đổi số"
    for source in (
        f"a: {apart}",
        f"a: {apart}".encode(),
        'a: "Chuyê\\u0309n đô\\u0309i sô\\u0301"',
    ):
        assert values(parse(source)[0][0]) == {"a": "Chuyển đổi số"}


def test_a_byte_order_mark_is_no_text() -> None:
    assert values(parse(b"\xef\xbb\xbfa: 1")[0][0]) == {"a": 1}


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("", 1, "EMPTY_FILE"),
        ("# only a remark\n", 1, "EMPTY_FILE"),
        ("a: 1\nb: [1, 2\n", 3, "YAML_SYNTAX"),
        ("a: 1\n\tb: 2\n", 2, "YAML_SYNTAX"),
        ("a: 1\na: 2\n", 2, "DUPLICATE_KEY"),
        ("a: 1\nb: {c: 1, c: 2}\n", 2, "DUPLICATE_KEY"),
        ("a: &x 1\nb: *x\n", 1, "YAML_ALIAS"),
        ("a: 1\nb: *x\n", 2, "YAML_ALIAS"),
        ("a: 1\nb: !!python/object/apply:os.getcwd []\n", 2, "YAML_TAG"),
        ("a: 1\nb: !!str 2\n", 2, "YAML_TAG"),
        ("a: 1\n? [1]\n: 2\n", 2, "WRONG_TYPE"),
        ("a: 1\nb: x\x00y\n", 2, "YAML_CHARACTER"),
        ('a: 1\nb: "\\0"\n', 2, "YAML_CHARACTER"),
        ('a: 1\nb: "\\ud800"\n', 2, "YAML_SYNTAX"),
        ("a: Đồng Tháp, Đường, Ước\nb: x\x00y\nc: 1\nd: 1\n", 2, "YAML_CHARACTER"),
        (b"a: 1\nb: \xff\n", 2, "BAD_ENCODING"),
        ("a: 1\nb: \ud800\n", 2, "BAD_ENCODING"),
        ("a: Ng\xc0y".encode("utf-16"), 1, "BAD_ENCODING"),
        ("a: 1\n" * 1 + "b: " + "[" * 30, 2, "TOO_DEEP"),
        ("x" * (MAX_BYTES + 1), 1, "TOO_LARGE"),
        ("a:\n" + "- 1\n" * (MAX_NODES + 1), MAX_NODES - 1, "TOO_LARGE"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: bytes | str, line: int, code: str) -> None:
    assert (line, code) in codes(source)


def test_every_repeated_key_is_told_and_the_first_kept() -> None:
    documents, problems = parse("a: 1\na: 2\na: 3\n")
    assert [(problem.line, problem.code) for problem in problems] == [
        (2, "DUPLICATE_KEY"),
        (3, "DUPLICATE_KEY"),
    ]
    assert "dòng 1" in problems[0].text
    assert values(documents[0]) == {"a": 1}


def test_a_billion_laughs_file_ends_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip(
            "abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True
        )
    )
    begun = time.monotonic()
    assert codes(bomb) == [(1, "YAML_ALIAS")]
    assert time.monotonic() - begun < 1
