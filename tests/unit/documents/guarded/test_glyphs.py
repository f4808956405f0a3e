from documents.guarded.glyphs import table_of

CMAP = b"""
2 beginbfchar
<01> <0110>
<02> <1EAF>
endbfchar
2 beginbfrange
<03> <05> <0041>
<06> <07> [<0061> <00660069>]
endbfrange
"""


def test_table_of_reads_single_codes_and_both_kinds_of_range() -> None:
    assert table_of(CMAP) == {1: "Đ", 2: "ắ", 3: "A", 4: "B", 5: "C", 6: "a", 7: "fi"}
