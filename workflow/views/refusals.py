"""Pages for what was not done: refusals of the product, and errors of the web itself.

The web's own errors are refusals too, so each has a code, a reason and a next step. Their pages
ask the database nothing, because they must come out while it is away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from audit.errors import Refusal

logger = logging.getLogger(__name__)


class BadRequestError(Refusal):
    """The browser sent something that no page of ours sends."""

    code = "BAD_REQUEST"
    status = HTTPStatus.BAD_REQUEST


class RequestTooLargeError(Refusal):
    """More bytes, fields or files in one form than one form may carry."""

    code = "REQUEST_TOO_LARGE"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NotAllowedError(Refusal):
    """The web's own 403, where no service said it better."""

    code = "NOT_ALLOWED"
    status = HTTPStatus.FORBIDDEN


class FormExpiredError(Refusal):
    """The form's secret is missing or old (CSRF)."""

    code = "FORM_EXPIRED"
    status = HTTPStatus.FORBIDDEN


class PageNotFoundError(Refusal):
    """No such page, or not this person's: the two look alike on purpose."""

    code = "PAGE_NOT_FOUND"
    status = HTTPStatus.NOT_FOUND


class LockedOutError(Refusal):
    """Too many wrong passwords."""

    code = "LOGIN_LOCKED"
    status = HTTPStatus.TOO_MANY_REQUESTS


class ServerFaultError(Refusal):
    """A fault of ours; the log has the details, the page has none."""

    code = "SERVER_FAULT"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


def error_page(request: HttpRequest | None, refusal: Refusal) -> HttpResponse:
    """Return a page that needs no database: code, what, why, next step."""
    content = render_to_string("ui/error.html", {"refusal": refusal, "status": int(refusal.status)})
    del request  # its user and session live in the database
    return HttpResponse(content, status=refusal.status)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the refusal inside the ordinary layout, with the refusal's own status."""
    return render(request, "ui/refusal.html", {"refusal": refusal}, status=refusal.status)


def refusals_to_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a Refusal that no form caught becomes a page, never a 500."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        logger.info("refused %s %s: %s", request.method, request.path, exception.code)
        return refusal_page(request, exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; a form beyond the limits is a 413."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        refusal: Refusal = RequestTooLargeError(
            _("Biểu mẫu gửi lên quá lớn."),
            why=_("Một lần gửi chỉ được mang một lượng dữ liệu, số ô và số tệp có hạn."),
            next_step=_("Hãy chia nhỏ nội dung rồi gửi lại."),
        )
    else:
        refusal = BadRequestError(
            _("Yêu cầu không hợp lệ."),
            why=_("Trình duyệt gửi lên nội dung mà hệ thống không hiểu."),
            next_step=_("Hãy quay lại trang trước, tải lại trang rồi làm lại."),
        )
    return error_page(request, refusal)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    del exception
    refusal = NotAllowedError(
        _("Không được phép vào trang này."),
        why=_("Vai trò hiện tại không có quyền với trang này."),
        next_step=_("Hãy về trang đầu hoặc hỏi người quản trị hệ thống của cơ quan."),
    )
    return error_page(request, refusal)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: an address that leads nowhere and a foreign one read the same."""
    del exception
    refusal = PageNotFoundError(
        _("Không tìm thấy trang."),
        why=_("Địa chỉ sai, hoặc nội dung này không thuộc phạm vi được xem."),
        next_step=_("Hãy kiểm tra địa chỉ, hoặc về trang đầu và tìm lại."),
    )
    return error_page(request, refusal)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    refusal = ServerFaultError(
        _("Hệ thống gặp lỗi, việc vừa làm chưa được ghi."),
        why=_("Lỗi đã được ghi vào nhật ký máy chủ."),
        next_step=_("Hãy thử lại; nếu lỗi lặp lại, báo người quản trị kèm thời điểm xảy ra."),
    )
    return error_page(request, refusal)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: usually a form left open too long, or log-in in another tab."""
    logger.info("csrf failure on %s: %s", request.path, reason)
    refusal = FormExpiredError(
        _("Biểu mẫu đã hết hiệu lực, nội dung chưa được ghi."),
        why=_("Trang được mở trước khi đăng nhập lại, hoặc đã mở quá lâu."),
        next_step=_("Hãy quay lại trang trước, tải lại trang rồi gửi lại."),
    )
    return error_page(request, refusal)


def locked_out(
    request: HttpRequest, response: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE; says nothing about whether the name exists."""
    del response, credentials
    refusal = LockedOutError(
        _("Tạm khóa đăng nhập."),
        why=_("Mật khẩu sai quá nhiều lần."),
        next_step=_(
            "Hãy chờ %(minutes)d phút rồi thử lại. "
            "Nếu quên mật khẩu, hãy liên hệ người quản trị hệ thống của cơ quan."
        )
        % {"minutes": settings.AXES_COOLOFF_TIME.total_seconds() // 60},
    )
    return error_page(request, refusal)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """handler429, for allauth's own limits on log-in."""
    return locked_out(request)
