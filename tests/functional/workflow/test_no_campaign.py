"""Before anything was loaded, the list of campaigns says what to do."""

from __future__ import annotations

from django.test import Client

from organisations.models import User


def test_an_empty_list_says_what_to_do(db: None) -> None:
    user = User.objects.create_user("moi", full_name="Người mới")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Chưa có phong trào nào." in client.get("/campaigns/").content.decode()
