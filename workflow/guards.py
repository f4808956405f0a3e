"""Conditions of moves: each looks at one nomination and returns a refusal, or None.

They read only what the engine has loaded under the lock, so asking costs no query and changes
nothing. Conditions over other rows (has the unit met? are the gaps answered?) are the services'.
The names are those that states.TRANSITIONS gives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.errors import CampaignClosedError, OccasionClosedError
from campaigns.models import Decider, Status
from workflow.errors import GuardError
from workflow.errors_persons import PersonUnsettledError
from workflow.errors_rules import RulesNotMetError
from workflow.states import GATED_MOVES

if TYPE_CHECKING:
    from workflow.models import Nomination


def occasion_open(nomination: Nomination) -> Refusal | None:
    """Propose nothing new in a campaign or on an occasion that is closed."""
    occasion = nomination.dossier.occasion
    if occasion.campaign.status != Status.OPEN:
        return CampaignClosedError(occasion.campaign.name)
    if occasion.status != Status.OPEN:
        return OccasionClosedError(occasion.title)
    return None


def achievement_written(nomination: Nomination) -> Refusal | None:
    """Ask for an achievement: without it there is no report to send (plan 243/KH-UBND, V.1.c)."""
    if nomination.achievement.strip():
        return None
    return GuardError(
        "ACHIEVEMENT_MISSING",
        _("Đề nghị của %(name)s chưa có thành tích.") % {"name": nomination.nominee.name},
        why=_("Báo cáo thành tích là thành phần bắt buộc của hồ sơ (Kế hoạch, mục V.1.c)."),
        next_step=_("Hãy mở đề nghị, nhập thành tích rồi làm lại."),
    )


def decided_in_province(nomination: Nomination) -> Refusal | None:
    """Let the Chairman decide only what is his to decide (plan 243/KH-UBND, IV.2)."""
    if nomination.dossier.authority == Decider.PROVINCIAL_CHAIRMAN:
        return None
    return GuardError(
        "NOT_FOR_CHAIRMAN",
        _("Chủ tịch UBND tỉnh không quyết định đề nghị của %(name)s.")
        % {"name": nomination.nominee.name},
        why=_("%(form)s do %(who)s quyết định.")
        % {
            "form": nomination.award_item.form.name,
            "who": Decider(nomination.dossier.authority).label,
        },
        next_step=_("Hãy chọn “Trình cấp trên”."),
    )


def decided_at_centre(nomination: Nomination) -> Refusal | None:
    """Let only awards of the Prime Minister and the President go up."""
    if nomination.dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}:
        return None
    return GuardError(
        "NOT_FOR_CENTRE",
        _("Đề nghị của %(name)s không phải trình cấp trên.") % {"name": nomination.nominee.name},
        why=_("%(form)s thuộc thẩm quyền của Chủ tịch UBND tỉnh.")
        % {"form": nomination.award_item.form.name},
        next_step=_("Hãy chọn “Quyết định khen thưởng”."),
    )


def was_awarded(nomination: Nomination) -> Refusal | None:
    """Take back only what was given: a filed nomination may never have been awarded."""
    item = getattr(nomination, "decision_item", None)
    if item is not None and item.awarded:
        return None
    return GuardError(
        "WAS_NOT_AWARDED",
        _("%(name)s không được khen thưởng nên không có gì để hủy bỏ.")
        % {"name": nomination.nominee.name},
        why=_("Đề nghị đã lưu mà không có quyết định tặng."),
        next_step=_("Không cần làm gì."),
    )


def given_in_province(nomination: Nomination) -> Refusal | None:
    """Let the Chairman take back only what he gave (Luật 06/2022/QH15, Điều 93, khoản 8)."""
    if nomination.dossier.authority == Decider.PROVINCIAL_CHAIRMAN:
        return None
    return GuardError(
        "NOT_GIVEN_IN_PROVINCE",
        _("Chủ tịch UBND tỉnh không hủy bỏ được khen thưởng của %(name)s.")
        % {"name": nomination.nominee.name},
        why=_("Ai quyết định tặng thì người đó hủy bỏ (Luật 06/2022/QH15, Điều 93, khoản 8)."),
        next_step=_("Khi cấp trên đã hủy bỏ, cán bộ theo dõi chọn “Ghi nhận cấp trên hủy bỏ”."),
    )


def given_at_centre(nomination: Nomination) -> Refusal | None:
    """Record as revoked by the centre only what the centre gave."""
    if nomination.dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}:
        return None
    return GuardError(
        "NOT_GIVEN_AT_CENTRE",
        _("Khen thưởng của %(name)s không do cấp trên quyết định.")
        % {"name": nomination.nominee.name},
        why=_("Ai quyết định tặng thì người đó hủy bỏ (Luật 06/2022/QH15, Điều 93, khoản 8)."),
        next_step=_("Chủ tịch UBND tỉnh chọn “Hủy bỏ quyết định khen thưởng”."),
    )


Guard = Callable[["Nomination"], Refusal | None]


def notice_over(nomination: Nomination) -> Refusal | None:
    """Let no council vote before the lawful days of public notice (NĐ 152/2025, Điều 44.2).

    notice_gate.load_notice_bars has put on the nomination what bars it; where it was not asked, this
    is a bug and raises KeyError, so that nothing passes unseen.
    """
    return nomination.notice_bars["vote"]


def person_settled(nomination: Nomination) -> Refusal | None:
    """Ask who the nominee is where an account bears his name: nobody handles his own case.

    persons.load_namesakes_for has put the accounts on the nomination; where it was not asked, this is a
    bug and raises LookupError, so that nothing passes unseen.
    """
    if nomination.namesakes is None:
        message = f"namesakes of {nomination.pk} were not loaded"
        raise LookupError(message)
    if not nomination.namesakes:
        return None
    return PersonUnsettledError(name=nomination.nominee.name, accounts=nomination.namesakes)


def rules_met_to(move: str) -> Guard:
    """Return the guard that bars a move where the campaign asks for rules that are not met.

    gating.load_unmet has put on the nomination what bars it; a move it was not asked about is a
    bug and raises KeyError, so that nothing passes a gate unseen.
    """

    def rules_met(nomination: Nomination) -> Refusal | None:
        unmet = nomination.unmet[move]
        return RulesNotMetError(name=nomination.nominee.name, unmet=unmet) if unmet else None

    rules_met.__name__ = f"rules_met_to_{move}"
    return rules_met


GUARDS: Final[dict[str, Guard]] = {
    "occasion_open": occasion_open,
    "achievement_written": achievement_written,
    "decided_in_province": decided_in_province,
    "decided_at_centre": decided_at_centre,
    "notice_over": notice_over,
    "person_settled": person_settled,
    "was_awarded": was_awarded,
    "given_in_province": given_in_province,
    "given_at_centre": given_at_centre,
    **{f"rules_met_to_{name}": rules_met_to(name) for name in sorted(GATED_MOVES)},
}
