"""What the rules' room refuses, each with its code (docs/errors.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext as _

from audit.errors import Refusal

_PROBLEMS_SHOWN = 20


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a campaign file: the line (1-based), a stable code, a sentence.

    key  the key that is missing, where that is what is wrong
    """

    line: int
    code: str
    text: str
    key: str = ""

    def __str__(self) -> str:
        """Return "dòng 12: …"."""
        return _("dòng %(line)d: %(text)s") % {"line": self.line, "text": self.text}


class CampaignFileInvalidError(Refusal):
    """A campaign file cannot be loaded; `problems` lists everything found, in line order."""

    code = "CAMPAIGN_FILE_INVALID"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems[:_PROBLEMS_SHOWN]]
        if len(self.problems) > _PROBLEMS_SHOWN:
            more = len(self.problems) - _PROBLEMS_SHOWN
            lines.append(_("và %(count)d lỗi khác") % {"count": more})
        super().__init__(
            _("Không nạp tệp phong trào; dữ liệu đang có không thay đổi."),
            why="; ".join(lines) + ".",
            next_step=_("Sửa các dòng đã nêu rồi nạp lại."),
        )


class ExampleInvalidError(CampaignFileInvalidError):
    """An example regulation cannot be laid over its campaign; lines are those of its own file."""

    code = "EXAMPLE_INVALID"


class CampaignFactInUseError(Refusal):
    """The new file leaves out a fact on which a nomination stands."""

    code = "CAMPAIGN_FACT_IN_USE"

    def __init__(self, facts: Sequence[str]) -> None:
        super().__init__(
            _("Không nạp tệp phong trào; dữ liệu đang có không thay đổi."),
            why=_("Tệp bỏ mục mà hồ sơ đang dùng: %(facts)s.") % {"facts": ", ".join(facts)},
            next_step=_("Giữ lại các mục này trong tệp, hoặc đóng đợt xét thay vì xóa."),
        )


class CampaignClosedError(Refusal):
    """The campaign takes no more changes or nominations."""

    code = "CAMPAIGN_CLOSED"

    def __init__(self, campaign: str) -> None:
        super().__init__(
            _("Phong trào “%(name)s” đã đóng.") % {"name": campaign},
            why=_("Phong trào đã đóng không nhận đề nghị mới và không thay đổi quy định."),
            next_step=_("Liên hệ Thường trực Hội đồng Thi đua - Khen thưởng nếu cần mở lại."),
        )


class OccasionClosedError(Refusal):
    """The occasion does not take nominations now."""

    code = "OCCASION_CLOSED"

    def __init__(self, occasion: str) -> None:
        super().__init__(
            _("Đợt “%(name)s” chưa mở hoặc đã đóng.") % {"name": occasion},
            why=_("Chỉ nhận đề nghị khi đợt xét đang mở."),
            next_step=_("Chọn đợt đang mở, hoặc hỏi Thường trực Hội đồng Thi đua - Khen thưởng."),
        )


class AwardFormNotInOccasionError(Refusal):
    """The form named is not given on this occasion, or not to this kind of nominee."""

    code = "AWARD_FORM_NOT_IN_OCCASION"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, text: str, occasion: str, offered: Sequence[str]) -> None:
        super().__init__(
            _("“%(text)s” không có trong đợt “%(occasion)s”.")
            % {"text": text, "occasion": occasion},
            why=_("Đợt này chỉ xét: %(offered)s.") % {"offered": "; ".join(offered) or "—"},
            next_step=_("Chọn một hình thức trong danh sách, hoặc chuyển sang đợt khác."),
        )


class AwardFormAmbiguousError(Refusal):
    """The form named fits several items of the occasion."""

    code = "AWARD_FORM_AMBIGUOUS"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, text: str, fitting: Sequence[str]) -> None:
        super().__init__(
            _("“%(text)s” có thể là nhiều mục khen thưởng.") % {"text": text},
            why=_("Phù hợp với: %(fitting)s.") % {"fitting": "; ".join(fitting)},
            next_step=_("Ghi đầy đủ tên mục khen thưởng."),
        )


class SubjectKindUnknownError(Refusal):
    """The campaign has no such category of nominee."""

    code = "SUBJECT_KIND_UNKNOWN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, text: str, offered: Sequence[str]) -> None:
        super().__init__(
            _("Không có đối tượng “%(text)s” trong phong trào.") % {"text": text},
            why=_("Các đối tượng của phong trào: %(offered)s.") % {"offered": "; ".join(offered)},
            next_step=_("Chọn một đối tượng trong danh sách."),
        )


class SubjectKindAmbiguousError(Refusal):
    """The words fit several categories of nominee."""

    code = "SUBJECT_KIND_AMBIGUOUS"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, text: str, fitting: Sequence[str]) -> None:
        super().__init__(
            _("“%(text)s” có thể là nhiều đối tượng.") % {"text": text},
            why=_("Phù hợp với: %(fitting)s.") % {"fitting": "; ".join(fitting)},
            next_step=_("Ghi rõ hơn tên đối tượng."),
        )


class CampaignActNotAllowedError(Refusal):
    """The person holds no office that may do this to a campaign."""

    code = "CAMPAIGN_ACT_NOT_ALLOWED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Bạn không có quyền làm việc này với phong trào."),
            why=_("Chỉ thư ký Hội đồng Thi đua - Khen thưởng hoặc người quản trị được làm."),
            next_step=_("Nhờ người có quyền thực hiện."),
        )


class CampaignChangedError(Refusal):
    """Somebody else changed the same row first."""

    code = "CAMPAIGN_CHANGED"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” vừa được người khác thay đổi.") % {"name": name},
            why=_("Trang bạn đang xem đã cũ."),
            next_step=_("Tải lại trang, xem thay đổi rồi làm lại nếu vẫn cần."),
        )


class CampaignStateUnchangedError(Refusal):
    """The campaign or occasion is in the asked-for state already."""

    code = "CAMPAIGN_STATE_UNCHANGED"

    def __init__(self, name: str, state: str) -> None:
        super().__init__(
            _("“%(name)s” đã ở trạng thái “%(state)s”.") % {"name": name, "state": state},
            next_step=_("Tải lại trang để xem trạng thái hiện tại."),
        )


class DraftChangedError(Refusal):
    """Somebody else edited the same place of a draft first; what was typed is kept."""

    code = "CAMPAIGN_DRAFT_CHANGED"

    def __init__(self, by: str) -> None:
        super().__init__(
            _("Chưa ghi: %(name)s vừa sửa chỗ này trước.") % {"name": by},
            why=_("Nội dung bạn gõ vẫn còn trong các ô bên dưới, chưa ghi đè lên ai."),
            next_step=_(
                "Mở lại mục này ở một thẻ khác để xem nội dung mới; nếu vẫn cần, bấm “Ghi” lần nữa."
            ),
        )


class DraftPlaceGoneError(Refusal):
    """The row that was edited is not in the draft any more."""

    code = "CAMPAIGN_DRAFT_ROW_GONE"

    def __init__(self) -> None:
        super().__init__(
            _("Dòng này không còn trong bản nháp."),
            why=_("Một người khác đã bỏ nó, hoặc bản nháp đã được làm lại."),
            next_step=_("Về trang bản nháp để xem các dòng đang có."),
        )


class DraftExistsError(Refusal):
    """A campaign has one draft at a time."""

    code = "CAMPAIGN_DRAFT_EXISTS"

    def __init__(self, key: str, by: str) -> None:
        super().__init__(
            _("Phong trào “%(key)s” đang có một bản nháp.") % {"key": key},
            why=_("Bản nháp do %(name)s lập; mỗi phong trào chỉ có một bản nháp.") % {"name": by},
            next_step=_("Mở bản nháp ấy để sửa tiếp, hoặc bỏ nó rồi lập lại."),
        )


class CampaignKeyTakenError(Refusal):
    """A new campaign needs a key that no other has."""

    code = "CAMPAIGN_KEY_TAKEN"

    def __init__(self, key: str) -> None:
        super().__init__(
            _("Mã “%(key)s” đã có phong trào khác dùng.") % {"key": key},
            why=_("Mã phong trào đứng trong địa chỉ và nhật ký nên không dùng chung."),
            next_step=_("Chọn một mã khác."),
        )


class DraftFaultyError(Refusal):
    """A draft with faults is not published."""

    code = "CAMPAIGN_DRAFT_FAULTY"

    def __init__(self, faults: Sequence[str]) -> None:
        shown = list(faults[:_PROBLEMS_SHOWN])
        if len(faults) > _PROBLEMS_SHOWN:
            shown.append(_("và %(count)d lỗi khác") % {"count": len(faults) - _PROBLEMS_SHOWN})
        super().__init__(
            _("Chưa ban hành: bản nháp còn %(count)d lỗi.") % {"count": len(faults)},
            why="\n".join(shown),
            next_step=_("Sửa từng chỗ đã nêu rồi ban hành lại."),
        )


class DraftOutdatedError(Refusal):
    """Another version came out after the page of the amendment was shown."""

    code = "CAMPAIGN_DRAFT_OUTDATED"

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Chưa ban hành: bản %(number)d vừa ra trong lúc bạn xem.") % {"number": number},
            why=_("Danh sách thay đổi bạn xem là so với bản cũ hơn."),
            next_step=_("Xem lại danh sách thay đổi so với bản mới rồi ban hành."),
        )


class DraftUnchangedError(Refusal):
    """There is nothing to publish."""

    code = "CAMPAIGN_DRAFT_UNCHANGED"

    def __init__(self) -> None:
        super().__init__(
            _("Bản nháp không khác bản đang áp dụng."),
            why=_("Ban hành một bản không có gì thay đổi sẽ làm rối lịch sử."),
            next_step=_("Sửa bản nháp, hoặc bỏ nó."),
        )


class RegimeActNotAllowedError(Refusal):
    """The person may not say what the law says."""

    code = "REGIME_ACT_NOT_ALLOWED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Bạn không có quyền nhập quy định hoặc lịch nghỉ."),
            why=_("Chỉ người quản trị được nhập, vì hồ sơ của mọi đơn vị tính theo giá trị này."),
            next_step=_("Gửi văn bản cho người quản trị để nhập."),
        )


class RegimeFactUnknownError(Refusal):
    """The regimes have no such place for a fact."""

    code = "REGIME_FACT_UNKNOWN"
    status = HTTPStatus.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Không có mục “%(name)s” trong chế độ khen thưởng.") % {"name": name},
            next_step=_("Mở trang Chế độ khen thưởng và chọn mục cần nhập."),
        )


class RegimeFactKnownError(Refusal):
    """The fact was read in its own text; an office need not, and may not, enter another."""

    code = "REGIME_FACT_KNOWN"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” đã có giá trị đọc từ văn bản.") % {"name": name},
            why=_("Giá trị đã đối chiếu với văn bản thì không nhập thay được."),
            next_step=_("Nếu giá trị sai, sửa tệp regimes.yaml và nạp lại bằng load_campaign."),
        )


class RegimeFactInvalidError(Refusal):
    """A value that cannot be, or one without the place where it was read."""

    code = "REGIME_FACT_INVALID"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(_("Chưa ghi giá trị này."), why=why, next_step=_("Sửa rồi ghi lại."))
