"""What is refused where it is asked whether a nominee is the person behind an account."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from audit.errors import Refusal


class PersonUnsettledError(Refusal):
    """Somebody with an account has the nominee's name, and nobody has said whether it is he."""

    code = "PERSON_UNSETTLED"

    def __init__(self, *, name: str, accounts: Sequence[str]) -> None:
        super().__init__(
            _("Chưa xác định %(name)s có phải là người dùng trùng tên hay không.") % {"name": name},
            why=_(
                "Trùng tên với tài khoản: %(accounts)s. Không ai được xử lý đề nghị của chính mình."
            )
            % {"accounts": "; ".join(accounts)},
            next_step=_("Hãy mở đề nghị, chọn “Xác định người trùng tên tài khoản”."),
        )


class NotNamesakeError(Refusal):
    """The account neither bears the nominee's name nor is tied to the nominee."""

    code = "NOT_NAMESAKE"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Tài khoản được chọn không trùng tên với %(name)s.") % {"name": name},
            why=_("Chỉ đối chiếu với người dùng trùng tên, hoặc người đã được xác định trước đó."),
            next_step=_("Hãy mở lại trang đề nghị để xem danh sách hiện nay."),
        )
