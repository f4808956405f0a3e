"""What the engine of rules refuses: gates not met, overruling, facts that nobody asks for."""

from collections.abc import Sequence
from http import HTTPStatus

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from audit.errors import Refusal
from campaigns.judging.verdicts import Outcome, Verdict
from workflow.states import State

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
