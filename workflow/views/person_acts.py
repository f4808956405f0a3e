"""The act by which a nominee is said to be, or not to be, the person behind an account."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

from organisations.actors import Actor
from workflow.authority import Act as Doing
from workflow.forms.persons import IdentifyForm
from workflow.pages.persons import IDENTIFY, candidates
from workflow.services.identifying import identify_person
from workflow.views.sheets import Act, Chosen, Items, Sheet


def _identify(actor: Actor, items: Items, sheet: Sheet) -> object:
    return identify_person(
        actor=actor,
        nomination_id=items[0].nomination_id,
        expected_version=items[0].expected_version,
        **sheet.form.cleaned_data,
    )


def _people(chosen: Chosen) -> dict[str, Any]:
    return {"people": candidates(chosen[0])}


PERSON_ACTS: Final = (
    Act(
        IDENTIFY,
        Doing.IDENTIFY.label,
        _identify,
        "person-circle",
        IdentifyForm,
        options=_people,
        hint=gettext_lazy(
            "Tên trùng chưa chắc là một người. Người được xác định là đối tượng của đề nghị sẽ"
            " không xử lý, không biểu quyết về đề nghị này; câu trả lời và căn cứ được ghi nhật ký."
        ),
    ),
)
"""To whom it is open: pages.persons."""
