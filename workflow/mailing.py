"""What a letter says: codes of dossiers and sessions, addresses of pages, no name and no result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.models import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body of plain text."""

    subject: str
    body: str


def letter_of(notices: Sequence[Notice]) -> Letter:
    """Return one person's letter about some notices, in Vietnamese; at least one notice.

    Who is nominated, in which step a nomination stands and what was decided are not in it:
    a mailbox is read by more than its owner.
    """
    with translation.override("vi"):
        lines = [line_of(row) for row in notices]
        subject = lines[0]
        if len(lines) > 1:
            subject = ngettext(
                "VinhDanh: %(count)d thông báo", "VinhDanh: %(count)d thông báo", len(lines)
            ) % {"count": len(lines)}
        parts = [f"- {line}" + _address(row) for line, row in zip(lines, notices, strict=True)]
        return Letter(subject, "\n".join([_("Kính gửi anh/chị,"), "", *parts, "", _foot()]))


def line_of(notice: Notice) -> str:
    """Return one notice as a line of a letter."""
    words = {
        NoticeKind.ARRIVED: ngettext(
            "%(count)d việc mới trong hồ sơ %(code)s",
            "%(count)d việc mới trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.ASSIGNED: ngettext(
            "%(count)d việc được giao trong hồ sơ %(code)s",
            "%(count)d việc được giao trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.SOON: ngettext(
            "%(count)d việc sắp đến hạn trong hồ sơ %(code)s",
            "%(count)d việc sắp đến hạn trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.TODAY: ngettext(
            "%(count)d việc đến hạn hôm nay trong hồ sơ %(code)s",
            "%(count)d việc đến hạn hôm nay trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.LATE: ngettext(
            "%(count)d việc quá hạn trong hồ sơ %(code)s",
            "%(count)d việc quá hạn trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.ESCALATED: ngettext(
            "%(count)d việc bộ phận của anh/chị để quá hạn trong hồ sơ %(code)s",
            "%(count)d việc bộ phận của anh/chị để quá hạn trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.SUGGESTED: ngettext(
            "%(count)d đề xuất hình thức khác trong hồ sơ %(code)s",
            "%(count)d đề xuất hình thức khác trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.ANSWERED: ngettext(
            "Đơn vị trả lời %(count)d đề xuất hình thức trong hồ sơ %(code)s",
            "Đơn vị trả lời %(count)d đề xuất hình thức trong hồ sơ %(code)s",
            notice.count,
        ),
        NoticeKind.CONVENED: _("Triệu tập phiên họp Hội đồng %(code)s"),
        NoticeKind.HANDING: _("Đang phát phiếu kín trong phiên họp %(code)s"),
        NoticeKind.VOTING: _("Đang bỏ phiếu kín trong phiên họp %(code)s"),
        NoticeKind.TO_COUNT: _("Cần kiểm phiếu của phiên họp %(code)s"),
    }[NoticeKind(notice.kind)]
    return words % {"count": notice.count, "code": notice.code}


def _address(notice: Notice) -> str:
    if notice.session_id is not None:
        return _page(reverse("council_session", args=[notice.session_id]))
    return _page(reverse("dossier", args=[notice.dossier_id]))


def _page(path: str) -> str:
    """Return the address of a page on a line of its own; nothing where the site has none."""
    return f"\n  {settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else ""


def _foot() -> str:
    text = _(
        "Thư tự động của VinhDanh. Đổi cách nhận thông báo sau khi đăng nhập, mục “Thông báo”."
    )
    return text + _page(reverse("notice_settings"))
