"""The life of a template in a person's hands: drafted, published, retired. Who may is not asked.

Nothing is kept of a template with a fault: it is judged (documents.linting) before the first row.
"""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import Who
from documents import store
from documents.errors import DocumentError
from documents.format30 import pack
from documents.inspection import Kind, inspect_upload
from documents.linting import Lint, lint_template, styles_in
from documents.models import TemplateStatus, TemplateVersion
from documents.orders import Upload, lay_aside
from documents.records_errors import RecordNotFoundError
from documents.template_errors import (
    TemplateChangedError,
    TemplateFaultsError,
    TemplateStateError,
    TemplateUnchangedError,
)
from documents.templates import TemplateFiles, add_version, put_in_use, record_template


def keep_upload(*, owner: int, name: str, content: bytes) -> Upload:
    """Return an upload, kept for an hour for its owner if it is a .docx that may be opened.

    What may not be opened has no token: judge_template says why.
    """
    try:
        inspected = inspect_upload(name, content, allowed=frozenset({Kind.DOCX}))
    except DocumentError:
        return Upload(name, content, "")
    return lay_aside(owner, inspected.clean_name, content)


def judge_template(*, key: str, name: str, content: bytes) -> Lint:
    """Judge an upload against the newest version of its key; nothing is written.

    name  the file's name as the browser sent it
    Raises FileRefusedError, RecordNotFoundError where no such template is, RenderTimeoutError.
    """
    inspect_upload(name, content, allowed=frozenset({Kind.DOCX}))
    base = base_of(key)
    styles = styles_in(store.read(base.file))
    judged = key not in pack().not_judged
    return lint_template(content, base.fields, styles=styles, judged=judged)


def base_of(key: str) -> TemplateVersion:
    """Return the version that a new draft is compared with: the one in use, else the newest."""
    versions = TemplateVersion.objects.filter(key=key)
    base = versions.filter(status=TemplateStatus.PUBLISHED).first() or versions.first()
    if base is None:
        raise RecordNotFoundError
    return base


@transaction.atomic
def draft_template(*, who: Who, at: datetime, key: str, lint: Lint, note: str) -> TemplateVersion:
    """Keep a judged upload as the next version of its key, a draft, with its tags healed.

    Raises TemplateFaultsError with every fault, RecordNotFoundError, TemplateUnchangedError when
    it is the version in use, StorageFullError.
    """
    if lint.faults:
        raise TemplateFaultsError(lint.faults)
    _lock(key)
    base = base_of(key)
    if base.status == TemplateStatus.PUBLISHED and store.read(base.file) == lint.content:
        raise TemplateUnchangedError(base.number)
    files = TemplateFiles(key, base.title, lint.content, base.fields)
    version = add_version(who=who, at=at, files=files, note=note)
    record_template(who, at, "template.drafted", version, note=note, healed=len(lint.healed))
    return version


@transaction.atomic
def publish_draft(
    *, who: Who, at: datetime, version_id: UUID, expected_current: UUID | None
) -> TemplateVersion:
    """Put a draft in use; the version in use is retired. Papers asked for before keep theirs.

    expected_current  the version in use that the person saw; None for none
    Raises RecordNotFoundError, TemplateStateError for what is no draft, TemplateChangedError.
    """
    version = _locked(version_id, TemplateStatus.DRAFT)
    others = TemplateVersion.objects.filter(key=version.key, status=TemplateStatus.PUBLISHED)
    current = others.first()
    if (current.pk if current else None) != expected_current:
        raise TemplateChangedError(version.title)
    put_in_use(who=who, at=at, version=version, current=current)
    return version


@transaction.atomic
def retire_template(*, who: Who, at: datetime, version_id: UUID, reason: str) -> TemplateVersion:
    """Take the version in use out of use without another: papers of its kind are then refused.

    Raises RecordNotFoundError, TemplateStateError for what is not in use.
    """
    version = _locked(version_id, TemplateStatus.PUBLISHED)
    version.status = TemplateStatus.RETIRED
    version.retired_at, version.retired_by = at, asdict(who)
    version.save(update_fields=["status", "retired_at", "retired_by"])
    record_template(who, at, "template.retired", version, reason=reason)
    return version


@transaction.atomic
def discard_draft(*, who: Who, at: datetime, version_id: UUID) -> TemplateVersion:
    """Set a draft aside for good; its number and its file stay, as does the event.

    Raises RecordNotFoundError, TemplateStateError for what is no draft.
    """
    version = _locked(version_id, TemplateStatus.DRAFT)
    version.status = TemplateStatus.DISCARDED
    version.retired_at, version.retired_by = at, asdict(who)
    version.save(update_fields=["status", "retired_at", "retired_by"])
    record_template(who, at, "template.discarded", version)
    return version


def _lock(key: str) -> list[TemplateVersion]:
    return list(
        TemplateVersion.objects.select_for_update(no_key=True).filter(key=key).order_by("number")
    )


def _locked(version_id: UUID, status: TemplateStatus) -> TemplateVersion:
    """Return a version of the status wanted, all of its key locked, or refuse."""
    key = TemplateVersion.objects.filter(pk=version_id).values_list("key", flat=True).first()
    if key is None:
        raise RecordNotFoundError
    version = next(one for one in _lock(key) if one.pk == version_id)
    if version.status != status:
        raise TemplateStateError(version.number, version.get_status_display())
    return version
