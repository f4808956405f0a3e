"""What sharing out the work of a desk refuses with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from audit.errors import Refusal


class AssigneeUnfitError(Refusal):
    """The person named may not do the work: no such role at that desk, or it is his own case."""

    code = "ASSIGNEE_UNFIT"

    def __init__(self, *, person: str, why: str) -> None:
        super().__init__(
            _("Không giao được việc cho %(person)s.") % {"person": person},
            why=why,
            next_step=_("Hãy chọn người đang giữ vai trò này tại cơ quan."),
        )


class TakenByAnotherError(Refusal):
    """A colleague has taken the work upon himself, and the campaign makes it his alone."""

    code = "TAKEN_BY_ANOTHER"

    def __init__(self, *, name: str, person: str) -> None:
        super().__init__(
            _("Đề nghị của %(name)s đang do %(person)s xử lý.") % {"name": name, "person": person},
            why=_("Phong trào quy định ai nhận việc thì người đó làm."),
            next_step=_(
                "Hãy chờ người đó trả lại việc chung, hoặc vào “Phân công” ở “Việc cần làm”, "
                "bấm “Tôi nhận” để nhận thay; nhật ký ghi lại việc nhận thay."
            ),
        )


class NoWorkError(Refusal):
    """Nothing waits on this nomination that could be shared out."""

    code = "NO_WORK"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Không có việc nào đang chờ ở đề nghị của %(name)s.") % {"name": name},
            next_step=_("Hãy tải lại danh sách việc cần làm."),
        )
