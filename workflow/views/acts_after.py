"""The acts on awards that were given, as lines of the act table."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from organisations.actors import Actor
from workflow.forms.afterwards import (
    CorrectForm,
    HandOverForm,
    RecordRevocationForm,
    ReissueForm,
    ReturnNoteForm,
    RevokeForm,
)
from workflow.models import ReissueReason
from workflow.pages.afterwards import days_back
from workflow.services import certificates, correcting, revoking
from workflow.services.topic_reports import request_topic_report
from workflow.states import MOVES
from workflow.views.sheets import Act, Chosen, Items, Sheet


def _revoke(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, RevokeForm)  # noqa: S101 - the table says so
    return revoking.revoke_awards(actor=actor, items=items, facts=sheet.form.facts())


def _revoke_in_unit(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, RevokeForm)  # noqa: S101 - the table says so
    return revoking.revoke_in_unit(actor=actor, items=items, facts=sheet.form.facts())


def _record_revocation(actor: Actor, items: Items, sheet: Sheet) -> object:
    form = sheet.form
    assert isinstance(form, RecordRevocationForm)  # noqa: S101 - the table says so
    return revoking.record_revocation(
        actor=actor, items=items, facts=form.why(), paper=form.facts()
    )


def _correct(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, CorrectForm)  # noqa: S101 - the table says so
    return correcting.correct_award(
        actor=actor,
        nomination_id=items[0].nomination_id,
        expected_version=items[0].expected_version,
        facts=sheet.form.facts(),
    )


def _note_return(actor: Actor, items: Items, sheet: Sheet) -> object:
    return revoking.note_return(
        actor=actor,
        nomination_id=items[0].nomination_id,
        expected_version=items[0].expected_version,
        **sheet.form.cleaned_data,
    )


def _hand_over(actor: Actor, items: Items, sheet: Sheet) -> object:
    assert isinstance(sheet.form, HandOverForm)  # noqa: S101 - the table says so
    return certificates.hand_over_certificates(actor=actor, items=items, facts=sheet.form.facts())


def _reissue(actor: Actor, items: Items, sheet: Sheet) -> object:
    said = sheet.form.cleaned_data
    return certificates.reissue_certificate(
        actor=actor,
        nomination_id=items[0].nomination_id,
        expected_version=items[0].expected_version,
        why=ReissueReason(said["why"]),
        reason=said["reason"],
    )


def _days_so_far(chosen: Chosen) -> dict[str, Any]:
    return days_back(chosen[0])


def _topic_report(actor: Actor, items: Items, _sheet: Sheet) -> object:
    return request_topic_report(
        actor=actor,
        nomination_id=items[0].nomination_id,
        expected_version=items[0].expected_version,
    )


TOPIC_ACT: Final = Act(
    "topic_report", _("Lập báo cáo chuyên đề"), _topic_report, "file-earmark-word",
    hint=_(
        "Bản ngắn chỉ về thành tích trong phong trào này, bên cạnh báo cáo thành tích; đã có thì "
        "lập lại theo nội dung hiện nay và phải ký lại."
    ),
)  # fmt: skip
"""The unit's own: no move, and open as long as the unit has somebody to sign."""

AFTER_ACTS: Final = (
    Act(
        "revoke", MOVES["revoke"].label, _revoke, "x-circle", RevokeForm, many=True,
        hint=_("Lập quyết định hủy bỏ; tiền thưởng, hiện vật phải thu hồi được ghi lại để theo dõi."),
    ),
    Act(
        "revoke_in_unit", MOVES["revoke_in_unit"].label, _revoke_in_unit, "x-circle", RevokeForm,
        many=True,
        hint=_("Lập quyết định hủy bỏ; tiền thưởng, hiện vật phải thu hồi được ghi lại để theo dõi."),
    ),
    Act(
        "record_revocation", MOVES["record_revocation"].label, _record_revocation, "x-circle",
        RecordRevocationForm, many=True,
    ),
    Act(
        "correct", _("Sửa đổi, đính chính quyết định"), _correct, "pencil-square", CorrectForm,
        hint=_(
            "Sai nội dung: lập quyết định sửa đổi và sửa thông tin của đối tượng. "
            "Sai thể thức: lập công văn đính chính."
        ),
    ),
    Act(
        "hand_over", _("Trao bằng"), _hand_over, "award", HandOverForm, many=True,
        hint=_("Ghi ai nhận bằng, ngày nào; ghi lại thì nội dung trước vẫn nằm trong nhật ký."),
    ),
    Act(
        "reissue", _("Cấp lại, cấp đổi bằng"), _reissue, "award", ReissueForm,
        hint=_("Lập bằng mới theo chính quyết định và số vào sổ vàng đã có."),
    ),
    Act(
        "note_return", _("Ghi việc thu hồi"), _note_return, "check2-circle", ReturnNoteForm,
        initial=_days_so_far,
        hint=_("Ngày thực nhận lại; để trống khi chưa nhận."),
    ),
)  # fmt: skip
"""Acts after a decision; the last four are no moves: the award stays where it is."""
