"""A walk that a tape writes again for the cast is, row by row, what the services wrote."""

from __future__ import annotations

from tests.cast import Cast
from tests.factories import nomination_in
from tests.functional.workflow.test_replay import taken_back
from workflow.states import State


def test_a_way_is_written_again_as_the_services_wrote_it(cast: Cast) -> None:
    start = cast.tape.walked

    def way() -> tuple[object, ...]:
        cast.tape.walked = start
        row = nomination_in(State.CLOSED, cast)
        return row.pk, row.version, row.dossier.code

    first, known = taken_back(way), len(cast.tape.recordings)
    assert taken_back(way) == first
    assert len(cast.tape.recordings) == known
