"""A real browser on a real server over the demo province."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests import rounds

PASSWORD = "Trinh-dien-Kien-Giang-2022"


@pytest.fixture
def province(transactional_db: None) -> None:
    """The demo province, committed, with compiled catalogues and signing keys."""
    call_command("compile_catalogues")
    call_command("createcachetable")
    rounds.load_province()


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, province: None
) -> Iterator[Callable[[str], Page]]:
    """Return a function that signs somebody in, each in a window of his own.

    Any script error or breach of the content policy fails the test. That a page came with a
    status of 4xx is no error here: refusals have one.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def sign_in(username: str) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="vi-VN", viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", hear)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("heading", name="Việc cần làm").wait_for()
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []
