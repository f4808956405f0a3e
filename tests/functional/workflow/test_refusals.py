"""Every error that a person can meet is a page with code, reason and next step."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from audit.errors import Refusal
from config.urls import urlpatterns as product_urls
from organisations.models import User
from workflow.views import refusals


class SampleError(Refusal):
    """A refusal of a service, for the middleware to show."""

    code = "SAMPLE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


ERRORS: dict[str, Exception] = {
    "refusal": SampleError("Chưa ghi.", why="Thiếu <b>ngày</b>.", next_step="Nhập ngày."),
    "missing": Http404(),
    "denied": PermissionDenied(),
    "odd": SuspiciousOperation(),
    "big": RequestDataTooBig(),
    "fields": TooManyFieldsSent(),
    "files": TooManyFilesSent(),
    "fault": ZeroDivisionError(),
}


@login_not_required
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


@login_not_required
def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST))


class Urls:
    """The product's addresses, with two that fail as asked."""

    urlpatterns = [*product_urls, path("fail/<kind>/", fail), path("take/", take)]
    handler400 = "workflow.views.refusals.bad_request"
    handler403 = "workflow.views.refusals.permission_denied"
    handler404 = "workflow.views.refusals.page_not_found"
    handler500 = "workflow.views.refusals.server_error"


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("refusal", 422, "SAMPLE"),
        ("missing", 404, "PAGE_NOT_FOUND"),
        ("denied", 403, "NOT_ALLOWED"),
        ("odd", 400, "BAD_REQUEST"),
        ("big", 413, "REQUEST_TOO_LARGE"),
        ("fields", 413, "REQUEST_TOO_LARGE"),
        ("files", 413, "REQUEST_TOO_LARGE"),
        ("fault", 500, "SERVER_FAULT"),
    ],
)
def test_error_becomes_a_page_with_its_code(
    visitor: Client, kind: str, status: int, code: str
) -> None:
    with override_settings(ROOT_URLCONF=Urls):
        answer = visitor.get(f"/fail/{kind}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert code in text
    assert "Việc cần làm:" in text
    assert "Traceback" not in text


def test_refusal_page_shows_the_words_escaped(visitor: Client) -> None:
    with override_settings(ROOT_URLCONF=Urls):
        text = visitor.get("/fail/refusal/").content.decode()
    assert "Chưa ghi." in text
    assert "Thiếu &lt;b&gt;ngày&lt;/b&gt;." in text
    assert "Nhập ngày." in text


def test_form_without_its_secret_is_told_to_reload(visitor: Client) -> None:
    with override_settings(ROOT_URLCONF=Urls):
        answer = visitor.post("/take/", {"a": "1"})
    assert answer.status_code == 403
    assert "FORM_EXPIRED" in answer.content.decode()


def test_form_beyond_the_limit_of_fields_is_too_large(db: None) -> None:
    with override_settings(ROOT_URLCONF=Urls, DATA_UPLOAD_MAX_NUMBER_FIELDS=3):
        answer = Client().post("/take/", {f"f{n}": "1" for n in range(9)})
    assert answer.status_code == 413


def test_error_pages_ask_the_database_nothing(rf: RequestFactory) -> None:
    """Without the db fixture, a query here would fail the test."""
    for handler in (refusals.server_error, refusals.too_many_requests):
        assert "refusal" in handler(rf.get("/")).content.decode()


def test_wrong_password_too_often_is_locked_out(db: None) -> None:
    User.objects.create_user("lan", password="dung mat khau 123", full_name="Lan")
    right = {"login": "lan", "password": "dung mat khau 123"}
    wrong = {"login": "lan", "password": "sai"}
    assert Client().post("/accounts/login/", right).status_code == 302
    client = Client()
    answers = [client.post("/accounts/login/", wrong) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "LOGIN_LOCKED" in answers[-1].content.decode()
    assert "Hãy chờ 15 phút" in answers[-1].content.decode()
    client.post("/accounts/login/", right)
    assert "_auth_user_id" not in client.session
