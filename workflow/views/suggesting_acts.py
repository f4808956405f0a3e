"""Acts by which another form of award is suggested and answered."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.actors import Actor
from workflow.forms.base import ReasonForm
from workflow.forms.reviewing import SuggestForm
from workflow.models import SuggestionState
from workflow.pages.suggesting import ACCEPT, DECLINE, SUGGEST, TAKE_BACK
from workflow.services import suggesting
from workflow.views.sheets import Act, Chosen, Items, Sheet


def _given(actor: Actor, items: Items) -> dict[str, Any]:
    return {
        "actor": actor,
        "nomination_id": items[0].nomination_id,
        "expected_version": items[0].expected_version,
    }


def _suggest(actor: Actor, items: Items, sheet: Sheet) -> object:
    return suggesting.suggest_form(**_given(actor, items), **sheet.form.cleaned_data)


def _accept(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return suggesting.accept_form(**_given(actor, items))


def _decline(actor: Actor, items: Items, sheet: Sheet) -> object:
    return suggesting.decline_form(**_given(actor, items), **sheet.form.cleaned_data)


def _take_back(actor: Actor, items: Items, sheet: Sheet) -> object:
    return suggesting.take_back_form(**_given(actor, items), **sheet.form.cleaned_data)


def _items(chosen: Chosen) -> dict[str, Any]:
    found = suggesting.fitting_items(chosen[0])
    return {"items": [(item.pk, f"{item} ({item.form.get_decider_display()})") for item in found]}


def _notes(chosen: Chosen) -> list[str]:
    """Return what was suggested, why and by which clause."""
    rows = chosen[0].form_suggestions.filter(state=SuggestionState.OPEN)
    return [
        _("Đề xuất: %(form)s. Lý do: %(reason)s Căn cứ: %(clause)s.")
        % {"form": one.award_item, "reason": one.reason, "clause": one.clause}
        for one in rows.select_related("award_item__form")
    ]


SUGGESTING_ACTS: Final = (
    Act(
        SUGGEST,
        gettext_lazy("Đề xuất hình thức khác"),
        _suggest,
        "award",
        SuggestForm,
        options=_items,
        hint=gettext_lazy(
            "Thủ trưởng đơn vị trả lời; đề nghị vẫn ở nguyên bước này trong khi chờ."
        ),
    ),
    Act(
        ACCEPT,
        gettext_lazy("Đồng ý đổi hình thức"),
        _accept,
        "check2-circle",
        notes=_notes,
        main=True,
        hint=gettext_lazy(
            "Đề nghị này được rút cùng giấy tờ của nó, và một đề nghị mới với hình thức được đề"
            " xuất được lập ở đơn vị: nhập lại minh chứng, họp và ký trình lại từ đầu."
        ),
    ),
    Act(
        DECLINE,
        gettext_lazy("Không đồng ý đổi hình thức"),
        _decline,
        "x-circle",
        ReasonForm,
        notes=_notes,
    ),
    Act(
        TAKE_BACK,
        gettext_lazy("Rút đề xuất hình thức"),
        _take_back,
        "arrow-return-left",
        ReasonForm,
        notes=_notes,
    ),
)
"""Which of them are open to whom: pages.suggesting."""
