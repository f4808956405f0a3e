import pytest

from audit import registry


def test_register_makes_an_act_known_and_twice_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_actions", set())
    registry.register("nomination.proposed", "work_item.closed_late")
    registry.register("nomination.proposed")
    assert registry.known() == {"nomination.proposed", "work_item.closed_late"}
    registry.check("nomination.proposed")


@pytest.mark.parametrize("name", ["", "proposed", "Nomination.proposed", "a.b.c", "a._b", "a.b "])
def test_register_of_another_shape_is_refused(name: str) -> None:
    with pytest.raises(registry.UnknownActionError):
        registry.register(name)


def test_check_of_an_unregistered_act_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", {"a.b"})
    with pytest.raises(registry.UnknownActionError):
        registry.check("a.c")
