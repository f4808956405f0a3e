"""Publishing templates: from docx_templates/<key>.docx and <key>.yaml to a numbered version."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.errors import Refusal
from audit.services import Entry, Who, record
from documents import store
from documents.fields import paths_of
from documents.models import FileKind, TemplateStatus, TemplateVersion
from documents.records_errors import TemplateFilesError
from documents.rendering import Finding, check_template


@dataclass(frozen=True)
class TemplateFiles:
    """One template as it lies beside its list of fields, read and checked."""

    key: str
    title: str
    content: bytes
    fields: list[dict[str, Any]]


def publish_folder(*, who: Who, at: datetime, folder: Path) -> tuple[list[TemplateVersion], int]:
    """Publish what changed in a folder; return the new versions and how many did not change.

    All or nothing: every changed template is checked (documents.rendering.check_template)
    before the first row is written. What is published already was checked then, and is not
    opened again. Raises TemplateFilesError naming file, place and reason; StorageFullError.
    """
    found = list(read_templates(folder))
    changed = [files for files in found if not _is_published(who, files)]
    for files in changed:
        _check(files)
    with transaction.atomic():
        versions = [publish_template(who=who, at=at, files=files) for files in changed]
    new = [version for version in versions if version is not None]
    return new, len(found) - len(new)


def read_templates(folder: Path) -> Iterator[TemplateFiles]:
    """Read every template of a folder with its list of fields, in the order of their keys.

    Raises TemplateFilesError naming the file and the place for a missing half or a bad list.
    """
    papers = {path.stem: path for path in folder.glob("*.docx")}
    lists = {path.stem: path for path in folder.glob("*.yaml")}
    if not papers:
        raise TemplateFilesError(str(folder.name), _("thư mục không có mẫu .docx nào"))
    for key in sorted(papers.keys() | lists.keys()):
        if key not in papers:
            raise TemplateFilesError(f"{key}.yaml", _("thiếu tệp mẫu .docx cùng tên"))
        if key not in lists:
            raise TemplateFilesError(f"{key}.docx", _("thiếu danh sách trường .yaml cùng tên"))
        yield _read(key, papers[key], lists[key])


@transaction.atomic
def publish_template(*, who: Who, at: datetime, files: TemplateFiles) -> TemplateVersion | None:
    """Publish a template as the next version of its key; None when nothing of it changed.

    A template that a person has published since is not pushed aside: the one of the folder waits
    beside it as a draft. Papers asked for before keep the version they were asked with. Raises
    StorageFullError.
    """
    versions = TemplateVersion.objects.select_for_update(no_key=True).filter(key=files.key)
    last = versions.filter(drafted_by__user_id=who.user_id).first()
    if last is not None and _same(last, files):
        return None
    current = versions.filter(status=TemplateStatus.PUBLISHED).first()
    version = add_version(who=who, at=at, files=files)
    if current is not None and current.drafted_by != asdict(who):
        record_template(who, at, "template.drafted", version)
        return version
    put_in_use(who=who, at=at, version=version, current=current)
    return version


def put_in_use(
    *, who: Who, at: datetime, version: TemplateVersion, current: TemplateVersion | None
) -> None:
    """Publish a draft in the place of the current version and record it; both rows are locked."""
    if current is not None:
        current.status = TemplateStatus.RETIRED
        current.retired_at, current.retired_by = at, asdict(who)
        current.save(update_fields=["status", "retired_at", "retired_by"])
    version.status = TemplateStatus.PUBLISHED
    version.published_at, version.published_by = at, asdict(who)
    version.save(update_fields=["status", "published_at", "published_by"])
    record_template(who, at, "template.published", version)


def add_version(*, who: Who, at: datetime, files: TemplateFiles, note: str = "") -> TemplateVersion:
    """Write the next version of a key as a draft; the caller has locked the key's versions.

    Raises StorageFullError.
    """
    numbers = TemplateVersion.objects.filter(key=files.key)
    last: int = numbers.aggregate(last=Max("number"))["last"] or 0
    return TemplateVersion.objects.create(
        key=files.key,
        title=files.title,
        number=last + 1,
        sha256=hashlib.sha256(files.content).hexdigest(),
        file=store.put(files.content, kind=FileKind.DOCX),
        fields=files.fields,
        note=note,
        drafted_at=at,
        drafted_by=asdict(who),
    )


def record_template(
    who: Who, at: datetime, action: str, version: TemplateVersion, **data: object
) -> None:
    """Record what was done to a version in the chain of its template."""
    stream = f"template:{version.key}"
    facts = {"number": version.number, "sha256": version.sha256, "title": version.title, **data}
    record(who=who, entry=Entry(stream, action, stream, data=facts), at=at)


def _read(key: str, paper: Path, field_list: Path) -> TemplateFiles:
    title, fields = _read_fields(key, field_list)
    return TemplateFiles(key, title, paper.read_bytes(), fields)


def _is_published(who: Who, files: TemplateFiles) -> bool:
    """Tell whether the last version that came from a folder is this one, whoever published since."""
    mine = TemplateVersion.objects.filter(key=files.key, drafted_by__user_id=who.user_id)
    last = mine.first()
    return last is not None and _same(last, files)


def _same(version: TemplateVersion, files: TemplateFiles) -> bool:
    sha256 = hashlib.sha256(files.content).hexdigest()
    ours = (version.sha256, version.title, version.fields)
    return ours == (sha256, files.title, files.fields)


def _check(files: TemplateFiles) -> None:
    """Raise TemplateFilesError with every fault of the .docx."""
    name = f"{files.key}.docx"
    try:
        faults = check_template(files.content, paths_of(files.fields))
    except Refusal as refusal:
        raise TemplateFilesError(name, str(refusal)) from refusal
    if faults:
        raise TemplateFilesError(name, "; ".join(_sentence(fault) for fault in faults))


def _sentence(fault: Finding) -> str:
    """Return one fault as code, field, what is meant, and the text around it."""
    words = (fault.code, fault.field, fault.hint, fault.detail, fault.place)
    return " – ".join(word for word in words if word)


def _read_fields(key: str, path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Return title and fields of a .yaml, or raise TemplateFilesError naming what is wrong."""
    try:
        listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TemplateFilesError(path.name, str(error)) from error
    if not isinstance(listed, dict) or listed.get("key") != key or not listed.get("title"):
        raise TemplateFilesError(path.name, _("cần có key (trùng tên tệp) và title"))
    fields: list[dict[str, Any]] = listed.get("fields", {})
    _check_fields(path.name, fields, "fields")
    return str(listed["title"]), fields


def _check_fields(name: str, fields: object, place: str) -> None:
    if not isinstance(fields, list):
        raise TemplateFilesError(name, _("%(place)s phải là danh sách") % {"place": place})
    for number, field in enumerate(fields, start=1):
        here = f"{place}[{number}]"
        if not isinstance(field, dict) or not {"name", "meaning", "required"} <= field.keys():
            reason = _("%(place)s cần có name, meaning, required") % {"place": here}
            raise TemplateFilesError(name, reason)
        if "fields" in field:
            _check_fields(name, field["fields"], f"{here}.{field['name']}")
