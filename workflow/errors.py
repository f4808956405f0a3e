"""What the workflow refuses, and the sentences it refuses with."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from audit.errors import Refusal
from campaigns.judging.verdicts import Outcome, Verdict
from workflow.states import Move, State


class NotFoundError(Refusal):
    """There is no such thing, or it is not this person's to see: one answer for both."""

    code = "NOT_FOUND"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            _("Không tìm thấy nội dung này."),
            why=_("Nội dung không tồn tại hoặc không thuộc phạm vi của anh/chị."),
            next_step=_("Hãy quay lại danh sách và mở lại từ đó."),
        )


class NominationChangedError(Refusal):
    """Somebody else was faster."""

    code = "NOMINATION_CHANGED"

    def __init__(self, *, name: str, changed_by: str, changed_at: datetime) -> None:
        when = timezone.localtime(changed_at)
        super().__init__(
            _("Chưa ghi nhận: đề nghị của %(name)s vừa được người khác thay đổi.") % {"name": name},
            why=_("%(who)s đã thay đổi lúc %(time)s ngày %(day)s.")
            % {"who": changed_by, "time": f"{when:%H:%M}", "day": f"{when:%d/%m/%Y}"},
            next_step=_("Hãy xem lại nội dung mới rồi làm lại; những gì anh/chị đã nhập vẫn còn."),
        )


class MoveNotAllowedError(Refusal):
    """The table has no such move from this state."""

    code = "MOVE_NOT_ALLOWED"

    def __init__(self, *, name: str, move: Move, state: State) -> None:
        super().__init__(
            _("Không thể “%(act)s” cho đề nghị của %(name)s.") % {"act": move.label, "name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state.label},
            next_step=_("Hãy mở trang của đề nghị để xem những việc có thể làm lúc này."),
        )


class AccessDeniedError(Refusal):
    """This person may not do this to this nomination now."""

    code = "ACCESS_DENIED"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, act: str, why: str) -> None:
        super().__init__(
            _("Anh/chị không được “%(act)s”.") % {"act": act},
            why=why,
            next_step=_(
                "Nếu đây là việc của anh/chị, hãy đề nghị quản trị hệ thống kiểm tra quyền."
            ),
        )


class GuardError(Refusal):
    """A condition of the move does not hold; `code` says which."""

    def __init__(self, code: str, what: str, *, why: str, next_step: str) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.code = code


OUTCOME_WORDS = {
    Outcome.NOT_MET: _lazy("không đạt"),
    Outcome.PERSON: _lazy("cần người quyết định"),
    Outcome.UNKNOWN: _lazy("chưa đủ dữ kiện"),
    Outcome.MET: _lazy("đạt"),
}


class RulesNotMetError(Refusal):
    """The campaign asks for rules at this move that are not met and that nobody overruled."""

    code = "RULES_NOT_MET"

    def __init__(self, *, name: str, unmet: Sequence[Verdict]) -> None:
        super().__init__(
            _("Đề nghị của %(name)s chưa qua được bước này: còn %(count)d tiêu chuẩn chưa đạt.")
            % {"name": name, "count": len(unmet)},
            why=" ".join(self._line(verdict) for verdict in unmet),
            next_step=_(
                "Hãy mở “Đối chiếu tiêu chuẩn” của đề nghị: nhập dữ kiện còn thiếu kèm nguồn, "
                "hoặc đề nghị người có thẩm quyền chấp thuận, có lý do."
            ),
        )

    @staticmethod
    def _line(verdict: Verdict) -> str:
        words = {
            "words": verdict.words.rstrip("."),
            "outcome": OUTCOME_WORDS[verdict.outcome],
            "clause": verdict.clause or "—",
        }
        return _("%(words)s: %(outcome)s (%(clause)s).") % words


class OverruleNotNeededError(Refusal):
    """There is nothing to overrule, or to take back."""

    code = "OVERRULE_NOT_NEEDED"

    def __init__(self, what: str, why: str) -> None:
        super().__init__(
            what, why=why, next_step=_("Hãy mở lại trang đối chiếu để xem kết quả hiện nay.")
        )


class FactNotAskedError(Refusal):
    """No rule of this nomination asks for a fact of that name."""

    code = "FACT_NOT_ASKED"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, key: str) -> None:
        super().__init__(
            _("Không có tiêu chuẩn nào của đề nghị này hỏi dữ kiện “%(key)s”.") % {"key": key},
            why=_("Dữ kiện được hỏi theo hình thức khen thưởng, đối tượng và phong trào."),
            next_step=_("Hãy tải lại trang nhập dữ kiện; quy định có thể vừa thay đổi."),
        )


class FactsNotOpenError(Refusal):
    """Facts are entered by the unit while it drafts, and by the appraiser while he appraises."""

    code = "FACTS_NOT_OPEN"

    def __init__(self, *, name: str, state: State) -> None:
        super().__init__(
            _("Lúc này không nhập được dữ kiện cho đề nghị của %(name)s.") % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state.label},
            next_step=_(
                "Đơn vị nhập khi soạn hoặc khi được trả lại bổ sung; "
                "chuyên viên thẩm định nhập khi đang thẩm định."
            ),
        )


class OverruleNotOpenError(Refusal):
    """Nobody may overrule a rule of a nomination where it stands now."""

    code = "OVERRULE_NOT_OPEN"

    def __init__(self, *, name: str, state: State) -> None:
        super().__init__(
            _("Lúc này không chấp thuận khác kết quả được cho đề nghị của %(name)s.")
            % {"name": name},
            why=_("Đề nghị đang ở trạng thái “%(state)s”.") % {"state": state.label},
            next_step=_(
                "Lãnh đạo cơ quan thường trực chấp thuận từ khi nhận đến khi trình Hội đồng; "
                "lãnh đạo Hội đồng từ khi xét đến khi Chủ tịch quyết định."
            ),
        )


class ValueMissingError(Refusal):
    """A value that the act needs was not given."""

    code = "VALUE_MISSING"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str) -> None:
        super().__init__(
            _("Còn thiếu “%(field)s”.") % {"field": field},
            why=_("Việc này cần nội dung đó để ghi vào hồ sơ và in ra văn bản."),
            next_step=_("Hãy nhập rồi làm lại."),
        )


class ValueFormatError(Refusal):
    """A value was given that cannot be right."""

    code = "VALUE_FORMAT"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, why: str) -> None:
        super().__init__(
            _("“%(field)s” chưa đúng.") % {"field": field},
            why=why,
            next_step=_("Hãy sửa rồi làm lại."),
        )


class NomineeTwiceError(Refusal):
    """The nominee already stands for this award form on this occasion."""

    code = "NOMINEE_TWICE"

    def __init__(self, *, name: str, form: str, dossier: str) -> None:
        super().__init__(
            _("%(name)s đã được đề nghị %(form)s trong đợt này.") % {"name": name, "form": form},
            why=_("Đề nghị đó nằm trong hồ sơ %(dossier)s.") % {"dossier": dossier},
            next_step=_("Hãy mở đề nghị đã có thay vì lập thêm."),
        )


class NomineeInUseError(Refusal):
    """The same nominee stands with other facts in a nomination that has left its draft."""

    code = "NOMINEE_IN_USE"

    def __init__(self, *, name: str, dossier: str) -> None:
        super().__init__(
            _("Thông tin của %(name)s khác với thông tin đã trình.") % {"name": name},
            why=_("Đối tượng này đang có trong hồ sơ %(dossier)s đã rời khỏi bước soạn thảo.")
            % {"dossier": dossier},
            next_step=_("Hãy nhập đúng như hồ sơ đó, hoặc đề nghị trả lại hồ sơ đó để sửa."),
        )


class ForeignNomineeError(Refusal):
    """A unit proposes in another unit's name."""

    code = "NOMINEE_OF_OTHER_UNIT"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, name: str, unit: str) -> None:
        super().__init__(
            _("Không thể đề nghị %(name)s.") % {"name": name},
            why=_("Đối tượng này thuộc %(unit)s, không thuộc đơn vị anh/chị.") % {"unit": unit},
            next_step=_("Hãy để đơn vị đó đề nghị, hoặc sửa lại đơn vị trong danh sách."),
        )


class NotMemberError(Refusal):
    """An emulation group proposes somebody of none of its members."""

    code = "NOMINEE_NOT_OF_GROUP"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, name: str, group: str, members: Sequence[str]) -> None:
        super().__init__(
            _("%(group)s không thể đề nghị %(name)s.") % {"group": group, "name": name},
            why=_("Khối, Cụm thi đua chỉ đề nghị cho thành viên của mình: %(members)s.")
            % {"members": "; ".join(members) or "—"},
            next_step=_("Hãy ghi đúng tên thành viên, hoặc để đơn vị đó tự đề nghị."),
        )


class FieldNotOfMovementError(Refusal):
    """A nomination names a priority field that its movement does not have."""

    code = "FIELD_NOT_OF_MOVEMENT"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, offered: Sequence[str]) -> None:
        super().__init__(
            _("Lĩnh vực này không có trong phong trào."),
            why=_("Các lĩnh vực của phong trào: %(offered)s.")
            % {"offered": "; ".join(offered) or _("không nêu")},
            next_step=_("Hãy chọn một lĩnh vực trong danh sách, hoặc để trống."),
        )


class DeskEmptyError(Refusal):
    """The campaign has no unit at a desk, so nothing can be passed to it."""

    code = "DESK_NOT_ASSIGNED"

    def __init__(self, desk: str) -> None:
        super().__init__(
            _("Phong trào chưa phân công cơ quan cho khâu “%(desk)s”.") % {"desk": desk},
            why=_("Không có cơ quan nhận thì hồ sơ không chuyển đi được."),
            next_step=_("Hãy đề nghị quản trị hệ thống phân công cơ quan cho khâu này."),
        )


class NothingChosenError(Refusal):
    """An act on a set was asked for without naming anything."""

    code = "NOTHING_CHOSEN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(
            _("Chưa chọn đề nghị nào."),
            why=_("Việc này làm cho một danh sách đề nghị."),
            next_step=_("Hãy đánh dấu ít nhất một đề nghị."),
        )


class MixedSetError(Refusal):
    """A set goes by one letter, so it must share occasion and deciding authority."""

    code = "SET_MIXED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Các đề nghị đã chọn không đi chung một văn bản được."),
            why=why,
            next_step=_("Hãy chọn riêng từng đợt và từng cấp quyết định."),
        )


class SignerMissingError(Refusal):
    """A paper is to be signed by a unit's head, and the unit has none today."""

    code = "SIGNER_MISSING"

    def __init__(self, *, unit: str, role: str) -> None:
        super().__init__(
            _("Chưa có người ký văn bản của %(unit)s.") % {"unit": unit},
            why=_("Hôm nay không ai giữ vai trò “%(role)s” tại đơn vị này.") % {"role": role},
            next_step=_("Hãy đề nghị quản trị hệ thống phân quyền, rồi làm lại."),
        )


class MeetingMissingError(Refusal):
    """The unit has not voted on every nomination that it wants to propose."""

    code = "MEETING_MISSING"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("Chưa trình được: còn đề nghị chưa có kết quả họp của đơn vị."),
            why=_("Chưa có kết quả biểu quyết cho: %(names)s.") % {"names": ", ".join(names)},
            next_step=_("Hãy nhập biên bản họp của đơn vị (Kế hoạch, mục V.1.b) rồi ký trình."),
        )


class GapsOpenError(Refusal):
    """A supplement does not answer everything that was asked for."""

    code = "GAPS_OPEN"

    def __init__(self, parts: list[str]) -> None:
        super().__init__(
            _("Chưa nộp lại được: còn nội dung chưa bổ sung."),
            why=_("Chưa bổ sung: %(parts)s.") % {"parts": ", ".join(parts)},
            next_step=_("Hãy điền vào từng mục được yêu cầu rồi nộp lại."),
        )


class VotesImpossibleError(Refusal):
    """The counts of a vote cannot be true."""

    code = "VOTES_IMPOSSIBLE"

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(
            _("Kết quả biểu quyết của %(name)s không hợp lý.") % {"name": name},
            why=why,
            next_step=_("Hãy đối chiếu biên bản kiểm phiếu rồi nhập lại."),
        )


class VoteBelowLawError(Refusal):
    """A vote is written down as passed, and by the law of the dossier it has not."""

    code = "VOTE_BELOW_LAW"

    def __init__(self, *, name: str, why: str) -> None:
        super().__init__(
            _("Không ghi “Thông qua” được cho %(name)s.") % {"name": name},
            why=why,
            next_step=_(
                "Hãy đối chiếu biên bản kiểm phiếu; nếu số phiếu đúng, chọn “Không thông qua”."
            ),
        )


class LetterMissingError(Refusal):
    """A decision cites the tờ trình that proposed it, and there is none."""

    code = "LETTER_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _("Chưa quyết định được: không tìm thấy tờ trình của Hội đồng."),
            why=_("Quyết định phải căn cứ tờ trình đã được lấy số."),
            next_step=_("Hãy đề nghị thư ký Hội đồng trình lại danh sách này."),
        )


class WorkbookUnreadableError(Refusal):
    """An Excel file passed the door but holds no list that can be read."""

    code = "XLSX_UNREADABLE"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Không đọc được danh sách trong tệp Excel."),
            why=why,
            next_step=_("Hãy mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên."),
        )


class WorkbookHeaderError(Refusal):
    """The list has no header line that names its columns, or one that lacks a column."""

    code = "XLSX_HEADER"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Danh sách thiếu dòng tiêu đề đúng."),
            why=why,
            next_step=_("Hãy đặt tên cột như tệp mẫu (tải tại trang nhập danh sách)."),
        )


class ImportProblemsError(Refusal):
    """A list has lines that are wrong; nothing of it was written."""

    code = "XLSX_CELL"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problems: list[str]) -> None:
        super().__init__(
            _("Chưa nhập danh sách: có %(count)d chỗ cần sửa.") % {"count": len(problems)},
            why=" ".join(problems[:20]),
            next_step=_("Hãy sửa trong tệp Excel rồi tải lên lại; chưa có gì được ghi."),
        )
        self.problems = problems


class DossierChangedError(Refusal):
    """Somebody else changed the dossier's own facts first."""

    code = "DOSSIER_CHANGED"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Chưa ghi nhận: hồ sơ %(code)s vừa được người khác thay đổi.") % {"code": code},
            why=_("Trang anh/chị đang xem đã cũ."),
            next_step=_("Hãy tải lại trang, xem thay đổi rồi làm lại nếu vẫn cần."),
        )


class DossierNotReceivedError(Refusal):
    """A dossier has no regime of its own before it was received for appraisal."""

    code = "DOSSIER_NOT_RECEIVED"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Chưa đổi được chế độ khen thưởng của hồ sơ %(code)s.") % {"code": code},
            why=_("Hồ sơ chưa được tiếp nhận; chế độ được xác định theo ngày tiếp nhận."),
            next_step=_("Hãy tiếp nhận hồ sơ trước."),
        )


class RegimeUnknownError(Refusal):
    """There is no regime of that key."""

    code = "REGIME_UNKNOWN"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, key: str, known: list[str]) -> None:
        super().__init__(
            _("Không có chế độ khen thưởng “%(key)s”.") % {"key": key},
            why=_("Các chế độ đã nạp: %(known)s.") % {"known": ", ".join(known) or "—"},
            next_step=_("Hãy chọn một chế độ đã nạp, hoặc nạp thêm bằng load_campaign."),
        )


class RegimeUnchangedError(Refusal):
    """The dossier is judged by that regime already."""

    code = "REGIME_UNCHANGED"

    def __init__(self, code: str, name: str) -> None:
        super().__init__(
            _("Hồ sơ %(code)s đã theo %(name)s.") % {"code": code, "name": name},
            next_step=_("Không cần làm gì thêm."),
        )


class NumberInUseError(Refusal):
    """A number cannot be voided once its paper is signed: the paper is revoked instead."""

    code = "NUMBER_IN_USE"

    def __init__(self, notation: str) -> None:
        super().__init__(
            _("Không hủy được số %(notation)s.") % {"notation": notation},
            why=_("Văn bản mang số này đã được ký."),
            next_step=_("Văn bản đã ký phải được thu hồi hoặc thay thế bằng văn bản khác."),
        )


class TooManyChecksError(Refusal):
    """More questions from one place to the public page than a person with papers asks."""

    code = "TOO_MANY_CHECKS"
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self) -> None:
        super().__init__(
            _("Tạm dừng trả lời."),
            why=_("Nơi này đã kiểm tra quá nhiều mã trong một phút."),
            next_step=_("Hãy chờ một phút rồi quét lại mã."),
        )


class CopyNotReadyError(Refusal):
    """A recipient's copy of a dossier lacks something."""

    code = "COPY_NOT_READY"

    def __init__(self, recipient: str, lacking: Sequence[str]) -> None:
        super().__init__(
            _("Hồ sơ chưa gửi được đến: %(name)s.") % {"name": recipient},
            why=_("Còn thiếu: %(what)s.") % {"what": "; ".join(lacking)},
            next_step=_("Làm xong các dòng đỏ ở trang “Gửi hồ sơ” rồi làm lại."),
        )


class NumberCitedError(Refusal):
    """A paper's number cannot change once other papers say it."""

    code = "NUMBER_CITED"

    def __init__(self, notation: str, titles: Sequence[str]) -> None:
        super().__init__(
            _("Không đổi được số %(notation)s.") % {"notation": notation},
            why=_("Số này đã được viện dẫn trong: %(titles)s.") % {"titles": "; ".join(titles)},
            next_step=_("Nhận số của hệ thống khác ngay khi văn bản vừa lập, trước bước sau."),
        )
