"""The template studio: all templates, one with its versions, a version with all that it changes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from documents import store
from documents.differences import Row, text_changes
from documents.linting import NOWHERE, Lint, LintFinding, with_pages
from documents.models import TemplateStatus, TemplateVersion
from documents.paragraph_pages import Pages, order_pages
from documents.reading import docx_text
from documents.services.templates import judge_template
from organisations.actors import Actor
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.pages.template_fields import FieldLine, field_lines, found_lines
from workflow.services.templates import editing_mandate

READERS = frozenset({Role.ADMINISTRATOR.value, Role.DOCUMENT_CLERK.value})
"""Who sees the studio; who of them changes a template is the service's to say."""


def access_studio(actor: Actor) -> None:
    """Raise NotFoundError for somebody who has nothing to do with templates."""
    if not actor.mandates_as(*READERS):
        raise NotFoundError


@dataclass(frozen=True)
class Listed:
    """One template in the list: the version in use, and the drafts that wait."""

    key: str
    title: str
    current: TemplateVersion | None
    drafts: list[TemplateVersion]
    versions: int


def listed_templates(actor: Actor) -> list[Listed]:
    """Return all templates by title; one query. Raises NotFoundError."""
    access_studio(actor)
    by_key: dict[str, list[TemplateVersion]] = {}
    for version in TemplateVersion.objects.defer("fields").order_by("key", "-number"):
        by_key.setdefault(version.key, []).append(version)
    listed = [
        Listed(
            key=key,
            title=versions[0].title,
            current=_in_use(versions),
            drafts=[one for one in versions if one.status == TemplateStatus.DRAFT],
            versions=len(versions),
        )
        for key, versions in by_key.items()
    ]
    return sorted(listed, key=lambda one: one.title)


@dataclass(frozen=True)
class TemplatePage:
    """One template: its versions, newest first, and its fields."""

    key: str
    title: str
    versions: list[TemplateVersion]
    current: TemplateVersion | None
    fields: list[FieldLine]
    may_edit: bool


def template_page(actor: Actor, key: str) -> TemplatePage:
    """Return a template's page. Raises NotFoundError."""
    access_studio(actor)
    versions = list(TemplateVersion.objects.filter(key=key).order_by("-number"))
    if not versions:
        raise NotFoundError
    shown = _in_use(versions) or versions[0]
    return TemplatePage(
        key=key,
        title=shown.title,
        versions=versions,
        current=_in_use(versions),
        fields=field_lines(shown),
        may_edit=editing_mandate(actor) is not None,
    )


def access_template_version(actor: Actor, pk: UUID) -> TemplateVersion:
    """Return a version to those who see the studio, or raise NotFoundError."""
    access_studio(actor)
    version = TemplateVersion.objects.select_related("file").filter(pk=pk).first()
    if version is None:
        raise NotFoundError
    return version


@dataclass(frozen=True)
class FindingsPage:
    """What was found in a .docx, with the pages as far as they are known.

    pages  None while a worker lays the file out
    """

    content: bytes
    findings: list[LintFinding]
    pages: Pages | None

    @property
    def making(self) -> bool:
        """Return whether to look again soon."""
        return self.pages is None


def findings_page(findings: list[LintFinding], content: bytes) -> FindingsPage:
    """Return findings with their pages, asking for a layout where one of them has a place."""
    placed = any(one.at != NOWHERE for one in findings)
    pages = order_pages(content) if placed else Pages()
    return FindingsPage(content, with_pages(findings, pages), pages)


def version_findings_page(version: TemplateVersion) -> FindingsPage:
    """Return what is found in a version now."""
    return findings_page(_lint(version).findings, store.read(version.file))


@dataclass(frozen=True)
class VersionPage:
    """One version: what it changes against another, what was found in it, what may be done.

    base     the version it is compared with: the one in use, for that one the one before it
    current  the version in use
    lint     of a draft and of the version in use, and its findings with their pages; else None
    """

    version: TemplateVersion
    base: TemplateVersion | None
    current: TemplateVersion | None
    changes: list[Row]
    lint: Lint | None
    found: FindingsPage | None
    may_edit: bool

    @property
    def is_draft(self) -> bool:
        """Return whether it waits to be published."""
        return self.version.status == TemplateStatus.DRAFT

    @property
    def is_current(self) -> bool:
        """Return whether papers are made with it now."""
        return self.version.status == TemplateStatus.PUBLISHED


def version_page(actor: Actor, version: TemplateVersion) -> VersionPage:
    """Return a version's page."""
    versions = _versions(version.key)
    base = _compared(version, versions)
    judged = version.status in (TemplateStatus.DRAFT, TemplateStatus.PUBLISHED)
    lint = _lint(version) if judged else None
    return VersionPage(
        version=version,
        base=base,
        current=_in_use(versions),
        changes=changes_between(base, version) if base else [],
        lint=lint,
        found=findings_page(lint.findings, store.read(version.file)) if lint else None,
        may_edit=editing_mandate(actor) is not None,
    )


def base_of_version(version: TemplateVersion) -> TemplateVersion | None:
    """Return what a version is compared with: the one in use, for that one the one before it."""
    return _compared(version, _versions(version.key))


def changes_between(before: TemplateVersion, after: TemplateVersion) -> list[Row]:
    """Return where the texts of two versions differ, tags and all."""
    return text_changes(docx_text(store.read(before.file)), docx_text(store.read(after.file)))


@dataclass(frozen=True)
class CataloguePage:
    """The fields that were found, and the templates to choose from."""

    lines: list[FieldLine]
    templates: list[tuple[str, str]]


def catalogue_page(actor: Actor, words: str, key: str) -> CataloguePage:
    """Return the fields of all templates in use, or of one, that the words are found in."""
    access_studio(actor)
    in_use = list(TemplateVersion.objects.filter(status=TemplateStatus.PUBLISHED).order_by("title"))
    searched = [version for version in in_use if key in ("", version.key)]
    titles = [(version.key, version.title) for version in in_use]
    return CataloguePage(found_lines(searched, words), titles)


def _versions(key: str) -> list[TemplateVersion]:
    others = TemplateVersion.objects.select_related("file").filter(key=key)
    return list(others.order_by("-number"))


def _in_use(versions: list[TemplateVersion]) -> TemplateVersion | None:
    return next((one for one in versions if one.status == TemplateStatus.PUBLISHED), None)


def _compared(version: TemplateVersion, versions: list[TemplateVersion]) -> TemplateVersion | None:
    """Return what a version is compared with; versions come newest first."""
    current = _in_use(versions)
    if version.status == TemplateStatus.DRAFT and current is not None:
        return current
    kept = (TemplateStatus.PUBLISHED, TemplateStatus.RETIRED)
    older = (one for one in versions if one.number < version.number and one.status in kept)
    return next(older, None)


def _lint(version: TemplateVersion) -> Lint:
    content = store.read(version.file)
    return judge_template(key=version.key, name=f"{version.key}.docx", content=content)
