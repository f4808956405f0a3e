"""The pictures of the way say what the table says, and what the nomination's steps say."""

from __future__ import annotations

import itertools

import pytest
from django.utils.translation import override

from workflow.drawing.diagram import Diagram, diagram_of
from workflow.drawing.track import Station, track_of
from workflow.management.commands.draw_process import DOCS, file_name
from workflow.pages.process import process_svg
from workflow.states import State, Way, line_of, moves_from


@pytest.mark.parametrize("way", Way)
def test_every_state_that_a_way_reaches_is_drawn_once_and_nothing_else(way: Way) -> None:
    reached = {State.DRAFT}
    while (
        more := {
            move.target
            for state in reached
            for move in moves_from(state, way)
            if isinstance(move.target, State)
        }
        - reached
    ):
        reached |= more
    drawn = [box.state for box in diagram_of(way).boxes]
    assert sorted(drawn) == sorted(reached)


@pytest.mark.parametrize("way", Way)
def test_every_move_from_a_drawn_state_has_its_arrow(way: Way) -> None:
    diagram = diagram_of(way)
    drawn = {box.state for box in diagram.boxes}
    moves = {
        (state, move.name)
        for state in drawn
        for move in moves_from(state, way)
        if isinstance(move.target, State)
    }
    assert len(diagram.arrows) == len(moves)
    assert len(diagram.moves) == len({m.name for state in drawn for m in moves_from(state, way)})


@pytest.mark.parametrize("way", Way)
def test_boxes_lie_inside_the_picture_and_never_on_one_another(way: Way) -> None:
    diagram = diagram_of(way)
    for box in diagram.boxes:
        assert box.x >= 0
        assert box.right <= diagram.width
        assert box.bottom <= diagram.height
    for one, other in itertools.combinations(diagram.boxes, 2):
        beside = one.right <= other.x or other.right <= one.x
        above = one.bottom <= other.y or other.bottom <= one.y
        assert beside or above, (one.state, other.state)


@pytest.mark.parametrize("way", Way)
def test_line_is_drawn_downwards_in_its_order(way: Way) -> None:
    boxes = {box.state: box for box in diagram_of(way).boxes}
    line = [boxes[state] for state in line_of(way, central=True)]
    assert len({box.x for box in line}) == 1
    assert [box.y for box in line] == sorted(box.y for box in line)


def test_what_comes_back_is_drawn_with_two_heads() -> None:
    diagram = diagram_of(Way.PROVINCE)
    both = [arrow for arrow in diagram.arrows if arrow.both]
    remembering = {
        (state, move.name)
        for state in State
        for move in moves_from(state, Way.PROVINCE)
        if move.remembers and state in _states(diagram)
    }
    assert len(both) == len(remembering)


def _states(diagram: Diagram) -> set[State]:
    return {box.state for box in diagram.boxes}


@pytest.mark.parametrize("way", Way)
def test_pictures_in_the_docs_are_those_of_the_table(way: Way) -> None:
    """Where this fails: manage.py draw_process."""
    with override("vi"):
        assert (DOCS / file_name(way)).read_text(encoding="utf-8") == process_svg(way)


def test_pictures_have_neither_script_nor_style() -> None:
    for way in Way:
        drawn = process_svg(way)
        assert "<script" not in drawn
        assert "style=" not in drawn


def test_track_is_green_as_far_as_something_was_done() -> None:
    track = track_of([Station("A", "done", "01/01/2023"), Station("B", "now"), Station("C", "")])
    assert [stop.x for stop in track.stops] == sorted(stop.x for stop in track.stops)
    assert track.reached == track.stops[1].x < track.last_x == track.stops[2].x
    assert track_of([Station("A", "")]).reached == track.stops[0].x


def test_state_aside_hangs_below_the_words_of_its_station() -> None:
    plain, aside = (
        track_of([Station("Đang thẩm định", "left", aside=text)])
        for text in ("", "Trả lại bổ sung 23/11/2023")
    )
    [stop] = aside.stops
    assert stop.aside_top > stop.foot
    assert stop.aside_top + stop.aside_height <= aside.height
    assert [line.text for line in stop.aside] == ["Trả lại bổ sung", "23/11/2023"]
    assert aside.height > plain.height
    assert plain.stops[0].aside_top == 0


def test_long_names_are_broken_and_never_cut() -> None:
    name = "Lãnh đạo cơ quan thường trực phong trào"
    [stop] = track_of([Station("Đủ điều kiện", "", by=name)]).stops
    assert " ".join(line.text for line in stop.lines if line.kind == "by") == name
