"""A draft is begun, edited by two, published by the file's own way, or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audit.models import Event
from audit.services import Who
from campaigns.cloning import NewCampaign
from campaigns.drafts import AddRow, MoveRow, RemoveRow, SetFields
from campaigns.errors import (
    CampaignActNotAllowedError,
    CampaignClosedError,
    CampaignFactInUseError,
    CampaignKeyTakenError,
    DraftChangedError,
    DraftExistsError,
    DraftFaultyError,
    DraftOutdatedError,
    DraftPlaceGoneError,
    DraftUnchangedError,
)
from campaigns.models import (
    AwardForm,
    AwardItem,
    Campaign,
    CampaignVersion,
    Indicator,
    IndicatorTarget,
    Occasion,
)
from campaigns.queries import draft_of, published_version
from campaigns.services import (
    begin_amendment,
    begin_campaign,
    clone_campaign,
    discard_draft,
    edit_draft,
    load_campaign,
    publish_draft,
)
from campaigns.yamlwriter import write_campaign
from organisations.actors import Actor

KEY = "kg-cds-2022-2025"
NEXT = NewCampaign("kg-2026", "Kiên Giang 2026", "Kiên Giang", "kien-giang", 2026, 2029)


@pytest.fixture
def first(kien_giang: Campaign) -> CampaignVersion:
    version = published_version(KEY)
    assert version is not None
    return version


@pytest.fixture
def draft(first: CampaignVersion, secretary: Actor) -> CampaignVersion:
    return begin_amendment(actor=secretary, version_id=first.pk)


def another(name: str = "Lê Thị Bình") -> Actor:
    from tests.functional.campaigns.conftest import actor_as

    made = actor_as("board_secretary")
    return Actor(user_id=8, name=name, position="Thư ký", mandates=made.mandates)


def row(draft: CampaignVersion, section: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in draft.contents[section] if r.get("key") == key)
    return found


def publish(draft: CampaignVersion, actor: Actor, **said: Any) -> CampaignVersion:
    latest = published_version(draft.key)
    asked: dict[str, Any] = {
        "expected_version": draft.version,
        "expected_number": (latest.number or 0) if latest else 0,
        "note": "Quyết định số 5",
    }
    return publish_draft(actor=actor, draft_id=draft.pk, **(asked | said))


def set_theme(draft: CampaignVersion, actor: Actor, theme: str, version: int) -> CampaignVersion:
    edit = SetFields(("campaign",), {("theme",): theme})
    return edit_draft(actor=actor, draft_id=draft.pk, expected_version=version, edit=edit)


def test_a_campaign_is_begun_edited_and_published(db: None, secretary: Actor) -> None:
    draft = begin_campaign(actor=secretary, about=NEXT)
    assert (draft.campaign, draft.number, draft.state) == (None, None, "draft")
    assert not Campaign.objects.exists()
    draft = edit_draft(
        actor=secretary,
        draft_id=draft.pk,
        expected_version=1,
        edit=AddRow(("recipients",), {("text",): "Lưu: VT"}),
    )
    published = publish(draft, secretary)
    campaign = Campaign.objects.get(key="kg-2026")
    assert (published.number, published.origin, published.campaign) == (1, "browser", campaign)
    assert (campaign.period_from, campaign.period_to) == (2026, 2029)
    assert campaign.versions.count() == 1
    assert draft_of("kg-2026") is None
    actions = list(Event.objects.order_by("seq").values_list("action", flat=True))
    assert actions == ["campaign.drafted", "campaign.draft_edited", "campaign.created"]
    last = Event.objects.latest("seq")
    assert (last.data["version"], last.data["note"], last.name) == (
        1,
        "Quyết định số 5",
        secretary.name,
    )


def test_an_amendment_changes_only_its_rows_and_says_what(
    draft: CampaignVersion, secretary: Actor
) -> None:
    ids = {one.key: one.pk for one in Indicator.objects.all()}
    g2 = draft.contents["indicators"]["items"][1]
    edit = SetFields(
        ("indicators", "items", g2["#"]), {("y2023", "value"): 65, ("y2023", "clause"): "Điều 1"}
    )
    draft = edit_draft(actor=secretary, draft_id=draft.pk, expected_version=1, edit=edit)
    event = Event.objects.latest("seq")
    assert (event.before["y2023"]["value"], event.after["y2023"]["value"]) == (60, 65)
    assert event.data["place"] == f"indicators/items/{g2['#']}"
    touched = [{"id": "x", "name": "An"}]
    published = publish(draft, secretary, touched=touched)
    assert (published.number, published.based_on, published.note) == (2, 1, "Quyết định số 5")
    assert [(one["at"][-1], one["old"], one["new"]) for one in published.changes] == [
        ("value", 60, 65),
        ("clause", "Mục II.2.1.a", "Điều 1"),
    ]
    assert published.touched == touched
    assert published.published_by == secretary.name
    assert {one.key: one.pk for one in Indicator.objects.all()} == ids
    assert IndicatorTarget.objects.get(indicator__key="g2", year=2023).value == 65


def test_file_and_browser_are_one_way_in(
    draft: CampaignVersion, secretary: Actor, shipped: str, who: Who
) -> None:
    old = "op: '>=', value: 60, clause: Mục II.2.1.a"
    g2 = draft.contents["indicators"]["items"][1]
    edit = SetFields(("indicators", "items", g2["#"]), {("y2023", "value"): 65})
    draft = edit_draft(actor=secretary, draft_id=draft.pk, expected_version=1, edit=edit)
    publish(draft, secretary)
    [loaded] = load_campaign(who=who, source=shipped.replace(old, old.replace("60", "65")))
    assert (loaded.outcome, loaded.version) == ("unchanged", 2)
    latest = published_version(KEY)
    assert latest is not None
    [again] = load_campaign(who=who, source=write_campaign(latest.contents).text)
    assert again.outcome == "unchanged"


def test_who_may_and_who_may_not(draft: CampaignVersion, secretary: Actor, clerk: Actor) -> None:
    edit = SetFields(("campaign",), {("theme",): "x"})
    acts: list[Callable[[Actor], object]] = [
        lambda who: begin_campaign(actor=who, about=NEXT),
        lambda who: edit_draft(actor=who, draft_id=draft.pk, expected_version=1, edit=edit),
        lambda who: publish(draft, who, expected_version=2),
    ]
    before = Event.objects.count()
    for act in acts:
        with pytest.raises(CampaignActNotAllowedError):
            act(clerk)
    assert Event.objects.count() == before
    for act in acts:
        act(secretary)
    version = published_version(KEY)
    assert version is not None
    with pytest.raises(CampaignActNotAllowedError):
        begin_amendment(actor=clerk, version_id=version.pk)
    with pytest.raises(CampaignActNotAllowedError):
        clone_campaign(actor=clerk, version_id=version.pk, about=NEXT)
    again = begin_amendment(actor=secretary, version_id=version.pk)
    with pytest.raises(CampaignActNotAllowedError):
        discard_draft(actor=clerk, draft_id=again.pk, expected_version=1)
    discard_draft(actor=secretary, draft_id=again.pk, expected_version=1)
    assert draft_of(KEY) is None
    assert Event.objects.latest("seq").action == "campaign.draft_discarded"


def test_the_slower_of_two_is_told_who_was_faster(draft: CampaignVersion, secretary: Actor) -> None:
    set_theme(draft, another(), "Của Bình", 1)
    with pytest.raises(DraftChangedError, match="Lê Thị Bình"):
        set_theme(draft, secretary, "Của Đức", 1)
    draft.refresh_from_db()
    assert draft.contents["campaign"]["theme"] == "Của Bình"
    set_theme(draft, secretary, "Của Đức", 2)
    draft.refresh_from_db()
    assert draft.contents["campaign"]["theme"] == "Của Đức"


def test_two_people_edit_different_places_at_the_same_time(
    draft: CampaignVersion, secretary: Actor
) -> None:
    one, two = (
        ("award_forms", row(draft, "award_forms", key)["#"]) for key in ("bk_tinh", "hcld3")
    )
    set_theme(draft, another(), "Của Bình", 1)
    for place, version in ((one, 1), (two, 1)):
        edit = SetFields(place, {("short_name",): "Ngắn"})
        edit_draft(actor=secretary, draft_id=draft.pk, expected_version=version, edit=edit)
    draft.refresh_from_db()
    assert [form.get("short_name") for form in draft.contents["award_forms"]] == [
        "Ngắn", "Bằng khen Thủ tướng Chính phủ", "Ngắn",
    ]  # fmt: skip
    assert draft.version == 4


def test_a_row_that_somebody_is_editing_is_not_removed_unseen(
    draft: CampaignVersion, secretary: Actor
) -> None:
    awards = draft.contents["awards"]
    place = ("awards", awards[2]["#"])
    item = (*place, "items", awards[2]["items"][0]["#"])
    edit = SetFields(item, {("rule",): "Quy định mới"})
    edit_draft(actor=another(), draft_id=draft.pk, expected_version=1, edit=edit)
    with pytest.raises(DraftChangedError, match="Lê Thị Bình"):
        edit_draft(actor=secretary, draft_id=draft.pk, expected_version=1, edit=RemoveRow(place))
    edit_draft(actor=secretary, draft_id=draft.pk, expected_version=2, edit=RemoveRow(place))
    with pytest.raises(DraftPlaceGoneError):
        edit_draft(actor=another(), draft_id=draft.pk, expected_version=3, edit=edit)
    moved = MoveRow(("awards", awards[1]["#"]), -1)
    edit_draft(actor=another(), draft_id=draft.pk, expected_version=1, edit=moved)
    draft.refresh_from_db()
    assert [one["key"] for one in draft.contents["awards"]] == ["interim_2023", "annual"]


def test_a_faulty_draft_is_kept_and_not_published(draft: CampaignVersion, secretary: Actor) -> None:
    place = ("award_forms", row(draft, "award_forms", "bk_tinh")["#"])
    edit = SetFields(place, {("level",): "huyện"})
    draft = edit_draft(actor=secretary, draft_id=draft.pk, expected_version=1, edit=edit)
    with pytest.raises(DraftFaultyError) as refused:
        publish(draft, secretary)
    assert "Hình thức khen thưởng › dòng 1" in refused.value.why
    assert AwardForm.objects.get(key="bk_tinh").level == "province"
    still = draft_of(KEY)
    assert still is not None
    assert published_version(KEY).number == 1  # type: ignore[union-attr]


def test_what_was_shown_is_what_is_published(
    draft: CampaignVersion, secretary: Actor, shipped: str, who: Who
) -> None:
    draft = set_theme(draft, secretary, "Khác", 1)
    with pytest.raises(DraftChangedError):
        publish(draft, secretary, expected_version=1)
    load_campaign(who=who, source=shipped.replace("theme: Xây dựng", "theme: Phát triển"))
    with pytest.raises(DraftOutdatedError, match="bản 2"):
        publish(draft, secretary, expected_number=1)
    assert publish(draft, secretary, expected_number=2).number == 3


def test_nothing_new_is_not_published(draft: CampaignVersion, secretary: Actor) -> None:
    with pytest.raises(DraftUnchangedError):
        publish(draft, secretary)
    assert draft_of(KEY) is not None


def test_a_campaign_has_one_draft_and_a_key_one_campaign(
    draft: CampaignVersion, first: CampaignVersion, secretary: Actor
) -> None:
    with pytest.raises(DraftExistsError, match=KEY):
        begin_amendment(actor=secretary, version_id=first.pk)
    for key in (KEY,):
        taken = NewCampaign(key, "x", "x", "x", 2026, 2026)
        with pytest.raises(CampaignKeyTakenError):
            begin_campaign(actor=secretary, about=taken)
    begin_campaign(actor=secretary, about=NEXT)
    with pytest.raises(CampaignKeyTakenError):
        clone_campaign(actor=secretary, version_id=first.pk, about=NEXT)


def test_a_key_is_not_taken_by_an_edit(draft: CampaignVersion, secretary: Actor) -> None:
    edit = SetFields(("campaign",), {("key",): "khac"})
    draft = edit_draft(actor=secretary, draft_id=draft.pk, expected_version=1, edit=edit)
    with pytest.raises(CampaignKeyTakenError):
        publish(draft, secretary)
    assert Campaign.objects.count() == 1


def test_a_clone_is_a_campaign_of_its_own(first: CampaignVersion, secretary: Actor) -> None:
    draft = clone_campaign(actor=secretary, version_id=first.pk, about=NEXT)
    published = publish(draft, secretary)
    assert published.number == 1
    occasions = Occasion.objects.filter(campaign__key="kg-2026")
    assert list(occasions.values_list("key", "year", "status")) == [
        ("annual", None, "closed"),
        ("interim_2027", 2027, "closed"),
        ("final_2029", 2029, "closed"),
    ]
    assert Occasion.objects.filter(campaign__key=KEY).count() == 3


def test_loading_refuses_what_it_refuses_of_a_file(
    draft: CampaignVersion, kien_giang: Campaign, secretary: Actor
) -> None:
    draft = set_theme(draft, secretary, "Khác", 1)
    Campaign.objects.update(status="closed")
    with pytest.raises(CampaignClosedError):
        publish(draft, secretary)
    Campaign.objects.update(status="open")
    form = AwardForm.objects.get(key="hcld3")
    other = Campaign.objects.create(
        key="khac", province="x", province_key="x", name="x", period_from=2022, period_to=2025,
        loaded_at=kien_giang.loaded_at, source_sha256="x",
    )  # fmt: skip
    occasion = Occasion.objects.create(campaign=other, key="a", title="a", kind="annual")
    AwardItem.objects.create(campaign=other, occasion=occasion, form=form, key="a", rule="a")
    for section, key in (("awards", "final_2025"), ("award_forms", "hcld3")):
        place = (section, row(draft, section, key)["#"])
        draft = edit_draft(
            actor=secretary,
            draft_id=draft.pk,
            expected_version=draft.version,
            edit=RemoveRow(place),
        )
    sets = draft.contents["dossier"]["sets"][0]
    draft = edit_draft(
        actor=secretary,
        draft_id=draft.pk,
        expected_version=draft.version,
        edit=RemoveRow(("dossier", "sets", sets["#"])),
    )
    with pytest.raises(CampaignFactInUseError):
        publish(draft, secretary)
    assert draft_of(KEY) is not None
    assert AwardForm.objects.filter(key="hcld3").exists()
