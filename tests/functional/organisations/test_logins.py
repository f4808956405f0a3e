import unicodedata
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from audit.models import Event
from audit.verification import verify_stream
from organisations.logins import ClosedAdapter
from organisations.models import User

PASSWORD = "mua-mua-o-Rach-Gia"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan.hồ", password=PASSWORD, full_name="Hồ Thị Lan")


def try_login(client: Client, password: str, username: str = "lan.hồ") -> int:
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    return int(answer.status_code)


def events() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("seq").values_list("action", "name", "subject"))


def test_login_with_the_right_password_comes_in_and_is_recorded(lan: User, client: Client) -> None:
    assert try_login(client, PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert events() == [("auth.logged_in", "Hồ Thị Lan", f"user:{lan.pk}")]
    assert Event.objects.get().data == {"address": "127.0.0.1"}
    assert Event.objects.get().stream == "security"


def test_login_typed_with_combining_marks_is_the_same_name(lan: User, client: Client) -> None:
    typed = unicodedata.normalize("NFD", "lan.hồ")
    assert typed != "lan.hồ"
    assert try_login(client, PASSWORD, typed) == 302


def test_login_with_a_wrong_password_is_recorded_without_what_was_typed(
    lan: User, client: Client
) -> None:
    assert try_login(client, "sai") == 200
    assert try_login(client, "sai", "mat-khau-go-nham-o") == 200
    assert events() == [
        ("auth.login_failed", "", f"user:{lan.pk}"),
        ("auth.login_failed", "", "user:unknown"),
    ]
    written = repr(list(Event.objects.values()))
    assert "sai" not in written
    assert "mat-khau-go-nham-o" not in written


def test_login_is_locked_at_the_fifth_failure_for_a_quarter_of_an_hour(
    lan: User, client: Client
) -> None:
    other = User.objects.create_user("ba", password=PASSWORD, full_name="Lê Văn Ba")
    assert [try_login(client, "sai") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert try_login(client, PASSWORD) == 429
    assert "_auth_user_id" not in client.session
    assert [action for action, _name, _subject in events()] == [
        *["auth.login_failed"] * 4,
        "auth.locked",
        "auth.locked",
    ]
    assert try_login(Client(), PASSWORD, other.username) == 302
    assert try_login(Client(REMOTE_ADDR="10.0.0.9"), PASSWORD) == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert try_login(client, PASSWORD) == 302
    assert verify_stream("security").is_good


def test_login_below_the_limit_is_forgotten_with_success(lan: User, client: Client) -> None:
    for _ in range(2):
        assert [try_login(client, "sai") for _ in range(4)] == [200] * 4
        assert try_login(client, PASSWORD) == 302
        client.logout()


def test_login_of_somebody_inactive_fails(lan: User, client: Client) -> None:
    assert try_login(client, PASSWORD) == 302
    client.logout()
    lan.is_active = False
    lan.save()
    assert try_login(client, PASSWORD) == 200
    assert "_auth_user_id" not in client.session


def test_login_of_many_from_one_address_within_a_minute_is_let_in(client: Client) -> None:
    for number in range(40):
        User.objects.create_user(f"nv{number}", password=PASSWORD, full_name="Nhân viên")
        assert try_login(Client(), PASSWORD, f"nv{number}") == 302


def test_password_change_needs_the_old_one_and_a_long_new_one(lan: User, client: Client) -> None:
    client.force_login(lan)
    new = "Ha-Tien-nam-2023"

    def change(old: str, new: str) -> int:
        fields = {"oldpassword": old, "password1": new, "password2": new}
        return int(client.post("/accounts/password/change/", fields).status_code)

    assert change("sai", new) == 200
    assert change(PASSWORD, "ngan") == 200
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)
    assert change(PASSWORD, new) == 302
    lan.refresh_from_db()
    assert lan.check_password(new)


def test_sign_up_has_no_page_and_is_closed(client: Client) -> None:
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/accounts/signup/").status_code in {302, 404}
    assert ClosedAdapter().is_open_for_signup(RequestFactory().get("/")) is False


def test_authentication_without_a_user_name_is_nobody() -> None:
    assert ClosedAdapter().authenticate(RequestFactory().post("/"), email="a@b.vn") is None
