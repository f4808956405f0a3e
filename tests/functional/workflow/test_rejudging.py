"""Judging a campaign anew after an amendment: what is touched, what it costs, what stopping leaves."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from campaigns.models import Criterion
from tests.cast import CAMPAIGN, Cast
from tests.factories import facts, nomination_in, nominations_in, person, withdraw
from tests.rows import counted
from workflow.management.commands import rejudge as command
from workflow.models import Judgement, Nomination
from workflow.services import rejudging
from workflow.services.rejudging import rejudge_campaign
from workflow.states import State


def amend() -> None:
    Criterion.objects.filter(group__key="general", n=5).update(text="Không bị kỷ luật")


def proposed(cast: Cast, many: int) -> list[Nomination]:
    some = [facts(person(f"Nguyễn Thị Hồng {number}")) for number in range(many)]
    return nominations_in(State.PROPOSED, cast, *some)


def test_everything_under_way_is_judged_anew_and_nothing_else(cast: Cast) -> None:
    gone, stays = proposed(cast, 2)
    withdraw(cast, [gone])
    draft = nomination_in(State.DRAFT, cast, facts(person("Phạm Thị Mai")))
    amend()
    told = Event.objects.filter(action="nomination.judged").count()
    (last,) = rejudge_campaign(cast.campaign)
    assert (last.done, last.total, last.changed) == (1, 1, 1)
    assert Judgement.objects.filter(nomination=stays).count() == 2
    assert Judgement.objects.filter(nomination=gone).count() == 1
    assert not Judgement.objects.filter(nomination=draft).exists()
    by = Judgement.objects.filter(nomination=stays).values_list("judged_by", flat=True)
    assert list(by) == ["Hệ thống", "Lê Quốc Hưng"]
    assert Event.objects.filter(action="nomination.judged").count() == told, "no outcome changed"


def test_second_run_repeats_nothing(cast: Cast) -> None:
    proposed(cast, 2)
    amend()
    assert [one.changed for one in rejudge_campaign(cast.campaign)] == [2]
    assert [one.changed for one in rejudge_campaign(cast.campaign)] == [0]
    assert Judgement.objects.count() == 4


def test_each_chunk_costs_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed(cast, 6)
    amend()
    monkeypatch.setattr(rejudging, "CHUNK", 2)
    costs = []
    chunks = rejudge_campaign(cast.campaign)
    next(chunks)  # reads the rules as well
    for _rest in range(2):
        with counted() as cost:
            next(chunks)
        costs.append(len(cost))
    assert costs == [7, 7]


def test_command_says_how_far_it_came(cast: Cast) -> None:
    proposed(cast, 2)
    amend()
    out = io.StringIO()
    call_command("rejudge", CAMPAIGN, stdout=out)
    assert out.getvalue().strip() == "Đã đối chiếu 2/2 đề nghị, 2 kết quả thay đổi."


def test_command_stopped_between_chunks_keeps_what_is_done(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(cast, 4)
    amend()
    monkeypatch.setattr(rejudging, "CHUNK", 2)

    def stopped(*given: Any) -> Any:
        chunks = rejudge_campaign(*given)
        yield next(chunks)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "rejudge_campaign", stopped)
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("rejudge", CAMPAIGN, stdout=out)
    assert left.value.code == 130
    assert "2/4 đề nghị" in out.getvalue()
    assert Judgement.objects.count() == 6
    assert [one.changed for one in rejudge_campaign(cast.campaign)] == [0, 2]


def test_unknown_campaign_is_named_with_those_that_are_known(cast: Cast) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("rejudge", "khong-co")
    assert "khong-co" in str(caught.value)
    assert CAMPAIGN in str(caught.value)
