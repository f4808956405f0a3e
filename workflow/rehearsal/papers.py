"""The papers of a round: waited for, and signed and sealed as they are made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from documents.models import Document, DocumentVersion, VersionStatus
from organisations.actors import Actor, actor_for
from organisations.models import Grant, Role, UnitType
from workflow.queries import documents_in_full
from workflow.services.signing import seal_paper, sign_paper

LOOK_SECONDS = 0.2
MAX_AT_ONCE = 5
"""Papers signed before the workers are looked at again."""

PATIENCE_SECONDS = 900
"""How long the papers may stand still before the round gives up."""


class PapersStoppedError(Refusal):
    """The workers made no progress, or a paper failed."""

    code = "PAPERS_STOPPED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Chưa tạo đủ văn bản."),
            why=why,
            next_step=_("Xem lý do ở từng văn bản (bin/run manage check_integrity) rồi chạy lại."),
        )


Tell = Callable[[int, int], None]
"""Is told how many of how many are done."""


def wait_for_papers(tell: Tell) -> None:
    """Wait until every paper asked for is made. Raises as `progress` does."""
    for _look in progress(tell):
        time.sleep(LOOK_SECONDS)


def make_and_sign(tell_made: Tell, tell_signed: Tell) -> None:
    """Wait until every paper is made, and have each signed and sealed as soon as it is."""
    desk = SigningDesk(tell_signed)
    for _look in progress(tell_made):
        if not desk.sign_ready():
            time.sleep(LOOK_SECONDS)
    desk.sign_ready()


def progress(tell: Tell) -> Iterator[None]:
    """Look at the papers again and again until all are made.

    Raises PapersStoppedError for a paper that failed, and after PATIENCE_SECONDS without one
    more being made.
    """
    last, since = -1, time.monotonic()
    while True:
        total = DocumentVersion.objects.count()
        made = DocumentVersion.objects.filter(status=VersionStatus.DONE).count()
        tell(made, total)
        failed = DocumentVersion.objects.filter(status=VersionStatus.FAILED)
        for version in failed.select_related("document")[:1]:
            raise PapersStoppedError(f"{version.document.title}: {version.error_text}")
        if made == total:
            return
        if made > last:
            last, since = made, time.monotonic()
        elif time.monotonic() - since > PATIENCE_SECONDS:
            raise PapersStoppedError(_("Tiến trình nền không tạo thêm văn bản nào."))
        yield


class SigningDesk:
    """Lets every named signer sign his papers, and a clerk seal those that carry a seal."""

    def __init__(self, tell: Tell) -> None:
        """Find the clerk who seals; `tell` hears of each paper that is done."""
        self._on = timezone.localdate()
        self._sealer = _sealer(self._on)
        self._tell = tell
        self._done = 0

    def sign_ready(self) -> int:
        """Sign and seal what is made and not yet signed, and return how many papers that were.

        Each signs what he read: the version is named, and a newer one would be refused.
        """
        due = Document.objects.filter(signer_user__isnull=False)
        waiting = documents_in_full().filter(pk__in=due.filter(versions__signatures__isnull=True))
        ready = [document for document in waiting if _is_ready(document)][:MAX_AT_ONCE]
        for document in ready:
            self._sign(document)
            self._done += 1
            self._tell(self._done, due.count())
        return len(ready)

    def _sign(self, document: Document) -> None:
        signer, version = document.signer_user, document.versions.all()[0]
        assert signer is not None  # noqa: S101 - asked for above
        actor = actor_for(signer, self._on)
        sign_paper(actor=actor, document_id=document.pk, expected_version_id=version.pk)
        if document.seal_unit_id:
            seal_paper(
                actor=self._sealer, document_id=document.pk, expected_version_id=version.pk
            )


def _is_ready(document: Document) -> bool:
    """Tell whether the newest version is made and bears no signature."""
    newest = document.versions.all()[0]
    return newest.status == VersionStatus.DONE and not newest.signatures.all()


def _sealer(on: date) -> Actor:
    """Return a document clerk who may seal for the province and every unit below it."""
    clerks = Grant.objects.filter(
        role=Role.DOCUMENT_CLERK, unit__type=UnitType.PEOPLES_COMMITTEE
    ).select_related("user")
    return actor_for(clerks[0].user, on)
