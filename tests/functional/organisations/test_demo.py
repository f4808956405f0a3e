import unicodedata
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from audit.verification import verify_stream
from organisations.actors import actor_for
from organisations.demo import DEMO_FILE, demo_files, load_demo, logins_of, read_demo
from organisations.models import Grant, GroupMember, Role, Unit, UnitType, User
from organisations.queries import unit_facts_of

COLLECTIVES = set(UnitType) - {
    UnitType.GOVERNMENT, UnitType.PEOPLES_COMMITTEE, UnitType.COUNCIL, UnitType.EMULATION_GROUP,
}  # fmt: skip


def run(*words: str) -> str:
    out = StringIO()
    call_command("load_demo", *words, stdout=out)
    return out.getvalue()


def test_demo_loads_whole_and_again_changes_nothing(db: None) -> None:
    said = run("--yes")
    today = timezone.localdate()
    kinds = Counter(Unit.objects.values_list("type", flat=True))
    assert {kind for kind in COLLECTIVES if kinds[kind] >= 12} == COLLECTIVES
    assert len(COLLECTIVES) == 8
    assert kinds[UnitType.DISTRICT] == 15
    desks = {"so-tttt", "hd-tdkt", "ubnd-tinh", "ban-tdkt"}
    assert desks <= set(Unit.objects.values_list("code", flat=True))
    assert len(unit_facts_of(Unit.objects.all(), today)) == Unit.objects.count()

    people = User.objects.all()
    held = [mandate for user in people for mandate in actor_for(user, today).mandates]
    assert len(people) >= 24
    assert {mandate.role for mandate in held} == set(Role.values)
    assert [mandate.delegation_ref for mandate in held if mandate.delegation_ref]
    password = read_demo()["password"]
    assert all(user.check_password(password) for user in people)
    assert verify_stream("organisation").is_good

    shown = (settings.DATA_DIR / "demo-logins.txt").read_text(encoding="utf-8")
    assert password in shown
    assert all(user.username in shown and user.full_name in shown for user in people)
    assert "Thêm 146 đơn vị, 48 người dùng, 48 phân quyền, 2 ủy quyền." in said

    events = Event.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert run("--yes") == "Thêm 0 đơn vị, 0 người dùng, 0 phân quyền, 0 ủy quyền.\n"
    assert len(queries) <= 12
    assert Event.objects.count() == events


def test_demo_is_refused_on_a_real_installation(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="VINHDANH_DEMO"):
        run()
    assert not Unit.objects.exists()
    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr("organisations.management.commands.load_demo.read_demo", small)
    assert "Thêm 1 đơn vị, 1 người dùng" in run()


def small() -> dict[str, object]:
    content = read_demo()
    return {
        **content,
        "groups": content["groups"][1:2],
        "people": content["people"][:1],
        "delegations": [],
    }


def test_demo_that_breaks_half_way_loads_nothing(db: None) -> None:
    content = small()
    content["people"] = [{"login": "x y", "name": "X", "position": "", "roles": []}]
    with pytest.raises(Exception, match="x y"):
        load_demo(content, progress=lambda _: None)
    assert not Unit.objects.exists()


def test_demo_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("schema: something/1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="something/1"):
        read_demo(other)


def test_demo_file_is_nfc_and_every_login_has_a_role() -> None:
    assert unicodedata.is_normalized("NFC", DEMO_FILE.read_text(encoding="utf-8"))
    assert all(login.roles for login in logins_of(read_demo()))


@pytest.mark.parametrize("campaign", sorted(demo_files()))
def test_each_demo_province_has_everybody_its_round_needs(db: None, campaign: str) -> None:
    run("--yes", "--campaign", campaign)
    content = read_demo(demo_files()[campaign])
    held = {(grant.role, grant.unit.code) for grant in Grant.objects.select_related("unit")}
    desks = content["round"]["desks"]
    assert {
        (Role.APPRAISER, desks["appraisal"]), (Role.DEPARTMENT_HEAD, desks["appraisal"]),
        (Role.BOARD_SECRETARY, desks["board"]), (Role.BOARD_HEAD, desks["board"]),
        (Role.CHAIRMAN, desks["decision"]), (Role.CENTRAL_OFFICER, desks["central"]),
        (Role.DOCUMENT_CLERK, "ubnd-tinh"), (Role.ADMINISTRATOR, "ubnd-tinh"),
    } <= held  # fmt: skip
    clerks = {code for role, code in held if role == Role.UNIT_CLERK}
    assert clerks == {code for role, code in held if role == Role.UNIT_HEAD}
    assert len(clerks) >= 3
    names = [person["name"] for person in content["people"]]
    assert len(set(names)) == len(names)


def test_emulation_groups_have_their_members(db: None) -> None:
    for _twice in range(2):
        run("--yes", "--campaign", "dt-cds-2021-2025")
    members = {
        group: {row.member.code for row in GroupMember.objects.filter(group__code=group)}
        for group in ("khoi-1", "cum-1")
    }
    assert members == {
        "khoi-1": {"cq-nong-nghiep", "cq-y-te", "cq-giao-duc"},
        "cum-1": {"dia-phuong-1", "dia-phuong-2"},
    }


def test_demo_of_an_unknown_campaign_is_refused_with_those_there_are(db: None) -> None:
    with pytest.raises(CommandError, match="kg-cds-2022-2025"):
        run("--yes", "--campaign", "khong-co")
