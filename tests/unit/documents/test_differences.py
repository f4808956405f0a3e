from documents.differences import Piece, Row, text_changes


def told(row: Row) -> tuple[str, str]:
    def side(pieces: tuple[Piece, ...]) -> str:
        return "".join(f"[{one.text}]" if one.differs else one.text for one in pieces)

    return side(row.before), side(row.after)


def test_equal_texts_have_no_rows() -> None:
    assert text_changes("một\nhai", "một\n\n  hai ") == []


def test_changed_words_are_marked_and_equal_paragraphs_left_out() -> None:
    before = "\n".join([*"abcde", "Tặng Bằng khen cho {{ ten }}.", *"fghi"])
    after = before.replace("Bằng khen", "Giấy khen").replace("{{ ten }}", "{{ ho_ten }}")
    rows = text_changes(before, after)
    assert [row.gap for row in rows] == [4, 0, 0, 0, 3]
    assert told(rows[2]) == (
        "Tặng [Bằng] khen cho [{{ ten }}].",
        "Tặng [Giấy] khen cho [{{ ho_ten }}].",
    )
    assert [row.differs for row in rows] == [False, False, True, False, False]


def test_a_paragraph_only_one_side_has_stands_alone() -> None:
    rows = text_changes("một\nhai", "một\nmới\nhai\nba")
    assert [told(row) for row in rows if row.differs] == [("", "[mới]"), ("", "[ba]")]
    assert [told(row) for row in text_changes("một\nhai", "hai") if row.differs] == [("[một]", "")]


def test_only_added_or_only_removed_words_leave_the_other_side_unmarked() -> None:
    [row] = text_changes("a b", "a b c")
    assert told(row) == ("a b", "a b[ c]") or told(row) == ("a b", "a b[ ][c]")
    [row] = text_changes("a b c", "a b")
    assert not any(piece.differs for piece in row.after)
