"""Templates of papers in a person's hands: who may, and the acts on the page."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Desk as DeskRow
from documents import store
from documents.format30 import mend_docx
from documents.linting import Lint
from documents.models import TemplateVersion
from documents.services import templates as papers
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.errors import AccessDeniedError
from workflow.errors_drafting import ValueMissingError
from workflow.services.acting import act
from workflow.services.nominees import tidy
from workflow.states import Desk

_DRAFTING = gettext_lazy("Sửa mẫu văn bản")


def editing_mandate(actor: Actor) -> Mandate | None:
    """Return the mandate by which an actor changes templates, None when he may not.

    An administrator, or the document clerk of a department that appraises in a campaign.
    """
    administrators = actor.mandates_as(Role.ADMINISTRATOR)
    if administrators:
        return administrators[0]
    clerks = actor.mandates_as(Role.DOCUMENT_CLERK)
    if not clerks:
        return None
    appraising = DeskRow.objects.filter(desk=Desk.APPRAISAL, unit__isnull=False)
    paths = set(appraising.values_list("unit__path", flat=True))
    return next((one for one in clerks if one.unit_path in paths), None)


def require_editing(actor: Actor, doing: str) -> Mandate:
    """Return the mandate of editing_mandate, or raise AccessDeniedError naming the act."""
    mandate = editing_mandate(actor)
    if mandate is None:
        raise AccessDeniedError(
            act=doing,
            why=_("Việc này của quản trị hệ thống và văn thư cơ quan thường trực phong trào."),
        )
    return mandate


@act
def _require_drafting(*, actor: Actor) -> None:
    """Raise AccessDeniedError, and leave its trace, where a person may not change templates.

    Asked before a content is judged, which takes seconds; the draft asks again when it is written.
    """
    require_editing(actor, str(_DRAFTING))


@act
def draft_template(*, actor: Actor, key: str, lint: Lint, note: str) -> TemplateVersion:
    """Keep a judged upload as a draft; return it.

    lint  documents.services.templates.judge_template of the upload, made before: it takes longer
          than a transaction should
    Raises AccessDeniedError, and what documents' draft_template raises.
    """
    at = timezone.now()
    mandate = require_editing(actor, str(_DRAFTING))
    said = tidy(note)
    return papers.draft_template(who=actor.who(mandate), at=at, key=key, lint=lint, note=said)


def draft_again(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Take the content of an older version up as a new draft; return the draft.

    It is judged as an upload is, for fields may have changed since. Raises AccessDeniedError before
    that, and what judge_template and draft_template raise.
    """
    _require_drafting(actor=actor)
    note = _("Dùng lại bản %(number)d") % {"number": version.number}
    return _draft_of(actor, version, store.read(version.file), note)


def draft_mended(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Mend what NĐ 30/2020/NĐ-CP has against a version's looks, as a new draft; return it.

    Raises what judge_template and draft_template raise.
    """
    _require_drafting(actor=actor)
    note = _("Sửa thể thức của bản %(number)d") % {"number": version.number}
    return _draft_of(actor, version, mend_docx(store.read(version.file)), note)


def _draft_of(actor: Actor, version: TemplateVersion, content: bytes, note: str) -> TemplateVersion:
    lint = papers.judge_template(key=version.key, name=f"{version.key}.docx", content=content)
    return draft_template(actor=actor, key=version.key, lint=lint, note=note)


@act
def publish_template(
    *, actor: Actor, version_id: UUID, expected_current: UUID | None
) -> TemplateVersion:
    """Put a draft in use; return it. Raises AccessDeniedError, and what publish_draft raises."""
    at = timezone.now()
    who = actor.who(require_editing(actor, _("Ban hành mẫu văn bản")))
    return papers.publish_draft(
        who=who, at=at, version_id=version_id, expected_current=expected_current
    )


@act
def retire_template(*, actor: Actor, version_id: UUID, reason: str) -> TemplateVersion:
    """Take the version in use out of use; return it.

    Raises AccessDeniedError, ValueMissingError without a reason, and what documents raises.
    """
    at = timezone.now()
    who = actor.who(require_editing(actor, _("Thôi dùng mẫu văn bản")))
    said = tidy(reason)
    if not said:
        raise ValueMissingError(_("Lý do"))
    return papers.retire_template(who=who, at=at, version_id=version_id, reason=said)


@act
def discard_template(*, actor: Actor, version_id: UUID) -> TemplateVersion:
    """Set a draft aside; return it. Raises AccessDeniedError, and what documents raises."""
    at = timezone.now()
    who = actor.who(require_editing(actor, _("Bỏ bản nháp mẫu văn bản")))
    return papers.discard_draft(who=who, at=at, version_id=version_id)
