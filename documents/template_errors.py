"""What a template can have wrong, tag by tag: codes, sentences, remedies (docs/templates.md)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from documents.errors import TemplateRefusedError


class TemplateTagHalfError(TemplateRefusedError):
    """A mark without its other half in the paragraph. Facts: missing, around."""

    code = "TEMPLATE_TAG_HALF"
    sentence = _("Thiếu dấu “%(missing)s”.")
    reason = _("Gần: %(around)s")
    remedy = _("Mỗi thẻ mở và đóng trong cùng một đoạn; hãy gõ thêm dấu còn thiếu hoặc xóa dấu lẻ.")


class TemplateTagBrokenError(TemplateRefusedError):
    """A tag that cannot be read. Facts: tag, detail (Jinja's own words)."""

    code = "TEMPLATE_TAG_BROKEN"
    sentence = _("Thẻ viết sai: %(tag)s")
    reason = "%(detail)s"
    remedy = _("Hãy chép lại thẻ từ danh mục trường.")


class TemplateBlockOpenError(TemplateRefusedError):
    """A loop or condition without its end. Facts: tag, missing."""

    code = "TEMPLATE_BLOCK_OPEN"
    sentence = _("Lệnh %(tag)s chưa được đóng.")
    remedy = _("Hãy thêm lệnh %(missing)s sau phần mà lệnh này bao trùm.")


class TemplateBlockNotOpenError(TemplateRefusedError):
    """An end, or an else, of nothing. Fact: tag."""

    code = "TEMPLATE_BLOCK_NOT_OPEN"
    sentence = _("Lệnh %(tag)s không có lệnh mở tương ứng ở trước.")
    remedy = _("Hãy xóa lệnh này, hoặc thêm lệnh mở ở đúng chỗ.")


class TemplateBlockCrossesError(TemplateRefusedError):
    """A block that opens here and closes elsewhere. Facts: tag, opened."""

    code = "TEMPLATE_BLOCK_CROSSES"
    sentence = _("Lệnh %(tag)s đóng lệnh %(opened)s ở chỗ khác: khác đoạn, khác ô hoặc khác bảng.")
    remedy = _(
        "Lặp các đoạn thì dùng {%%p … %%} ở cả hai đầu, lặp các hàng của bảng thì dùng {%%tr … %%}."
    )


class TemplateTextLostError(TemplateRefusedError):
    """Text that would disappear with the paragraph or row of a command. Facts: tag, text."""

    code = "TEMPLATE_TEXT_LOST"
    sentence = _("Chữ “%(text)s” sẽ mất vì cùng đoạn hoặc cùng hàng với lệnh %(tag)s.")
    remedy = _("Hãy để lệnh một mình trong đoạn (hoặc hàng) của nó.")


class TemplateRowOutsideError(TemplateRefusedError):
    """A command for rows where no table is. Fact: tag."""

    code = "TEMPLATE_ROW_OUTSIDE"
    sentence = _("Lệnh %(tag)s đứng ngoài bảng.")
    remedy = _("Ngoài bảng thì dùng {%%p … %%} thay cho {%%tr … %%}.")


class TemplateFilterUnknownError(TemplateRefusedError):
    """A filter that is none of ours. Facts: name, hint (may be empty)."""

    code = "TEMPLATE_FILTER_UNKNOWN"
    sentence = _("Không có bộ lọc “%(name)s”.")
    remedy = _("Hãy chép lại thẻ từ danh mục trường.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        if facts.get("hint"):
            self.why = gettext("Có phải “%(hint)s”?") % {"hint": facts["hint"]}


class TemplateTrackedChangesError(TemplateRefusedError):
    """A change that nobody accepted or rejected. Fact: text."""

    code = "TEMPLATE_TRACKED_CHANGES"
    sentence = _("Còn thay đổi chưa chấp nhận (Track Changes): “%(text)s”.")
    remedy = _("Trong Word: Xem lại (Review) → Chấp nhận tất cả (Accept All), rồi tải lên lại.")


class TemplateStyleMissingError(TemplateRefusedError):
    """A paragraph of a style that the file does not define. Facts: style, text."""

    code = "TEMPLATE_STYLE_MISSING"
    sentence = _("Đoạn “%(text)s” dùng kiểu “%(style)s” không có trong tệp.")
    remedy = _("Hãy chọn cho đoạn này một kiểu có trong tệp.")


class TemplateStyleGoneError(TemplateRefusedError):
    """A style of the version before that is there no more; a warning. Fact: style."""

    code = "TEMPLATE_STYLE_GONE"
    sentence = _("Kiểu “%(style)s” của bản trước không còn trong tệp.")
    remedy = _("Nếu không cố ý bỏ, hãy tải bản đang dùng về và sửa trên bản đó.")


WARNINGS = frozenset({TemplateStyleGoneError.code})
"""Codes that are shown and keep nothing out."""
_ALL: list[type[TemplateRefusedError]] = [
    TemplateRefusedError,
    *TemplateRefusedError.__subclasses__(),
]
SENTENCES: dict[str, type[TemplateRefusedError]] = {error.code: error for error in _ALL}
"""Every fault of a template by its code: a child process sends codes, not objects."""


class TemplateFaultsError(Refusal):
    """An upload with faults; nothing of it is kept. ``faults`` are documents.linting findings."""

    code = "TEMPLATE_HAS_FAULTS"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, faults: Sequence[object]) -> None:
        self.faults = faults
        many = {"count": len(faults)}
        super().__init__(
            gettext("Chưa nhận mẫu này."),
            why=ngettext("Có %(count)d lỗi phải sửa.", "Có %(count)d lỗi phải sửa.", len(faults))
            % many,
            next_step=gettext(
                "Hãy tải tệp có ghi chú về, sửa từng chỗ bằng Word rồi tải lên lại; mẫu đang dùng "
                "giữ nguyên."
            ),
        )


class TemplateUnchangedError(Refusal):
    """The upload is the version in use, byte for byte."""

    code = "TEMPLATE_UNCHANGED"

    def __init__(self, number: int) -> None:
        super().__init__(
            gettext("Tệp này không khác mẫu đang có."),
            why=gettext("Nội dung giống hệt bản %(number)d.") % {"number": number},
            next_step=gettext("Hãy kiểm tra đã chọn đúng tệp vừa sửa và đã lưu trong Word."),
        )


class TemplateStateError(Refusal):
    """The version is not what the act needs: no draft, or not in use."""

    code = "TEMPLATE_STATE"

    def __init__(self, number: int, status: str) -> None:
        super().__init__(
            gettext("Không làm được việc này với bản %(number)d.") % {"number": number},
            why=gettext("Bản này đang ở trạng thái “%(status)s”.") % {"status": status},
            next_step=gettext("Hãy tải lại trang để xem tình trạng mới nhất."),
        )


class TemplateChangedError(Refusal):
    """Somebody else published another version in the meantime."""

    code = "TEMPLATE_CHANGED"

    def __init__(self, title: str) -> None:
        super().__init__(
            gettext("Chưa ban hành: mẫu “%(title)s” vừa được người khác thay đổi.")
            % {"title": title},
            why=gettext("Bản đang dùng không còn là bản anh/chị đã xem."),
            next_step=gettext("Hãy so sánh lại với bản đang dùng rồi ban hành."),
        )
