"""Two workers at one paper, and two papers that end at once, on PostgreSQL."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import DocumentVersion, FileKind
from documents.queries import waits_for_parts
from documents.services import DossierSpec, PartSpec, assemble_dossier, production
from documents.specs import Product
from documents.store import put
from tests.papers import AT, CLERK, STREAM, ask, publish

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional")]
TRIALS = 20


def both(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at once, each on its own connection, and return what they gave."""
    barrier = threading.Barrier(len(acts))
    given: list[object] = []

    def work(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            given.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def claims_won() -> list[int]:
    """Let two workers claim one paper, TRIALS times; return how many won in each."""
    publish()
    won = []
    for _ in range(TRIALS):
        _document, version = ask()

        def claim(version: DocumentVersion = version) -> object:
            return production._claim(version.pk, at=timezone.now())

        won.append(sum(given is not None for given in both(claim, claim)))
    return won


def test_claim_without_the_lock_is_won_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    meet = threading.Barrier(2)

    def unlocked(version_id: UUID) -> DocumentVersion:
        version = DocumentVersion.objects.select_related("document").get(pk=version_id)
        meet.wait(timeout=10)
        return version

    monkeypatch.setattr(production, "_lock", unlocked)
    assert claims_won() == [2] * TRIALS


def test_claim_of_two_workers_is_won_once() -> None:
    assert claims_won() == [1] * TRIALS


def jobs_when_two_papers_end_at_once() -> list[int]:
    """Let the two papers of a dossier end at once, TRIALS times; return the jobs for it."""
    publish()
    pdf = put(b"%PDF-1.7", kind=FileKind.PDF)
    queued = []
    for _ in range(TRIALS):
        versions = [ask()[1] for _ in range(2)]
        parts = tuple(PartSpec(version_id=version.pk) for version in versions)
        order = DossierSpec(title="Hồ sơ", stream=STREAM, subject=STREAM, cover={}, parts=parts)
        assemble_dossier(who=CLERK, at=AT, spec=order)
        OrmQ.objects.all().delete()
        held = [production._claim(version.pk, at=timezone.now()) for version in versions]

        def finish(claim: production._Claim | None) -> Callable[[], object]:
            assert claim is not None
            return lambda: production._finish(claim, Product(pdf, 1), at=timezone.now())

        both(*(finish(claim) for claim in held))
        queued.append(OrmQ.objects.count())
    return queued


def test_dossier_without_the_lock_is_queued_by_neither_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet = threading.Barrier(2)

    def unlocked(part: DocumentVersion) -> list[DocumentVersion]:
        found = list(DocumentVersion.objects.filter(parts__part=part))
        ready = [dossier for dossier in found if not waits_for_parts(dossier)]
        meet.wait(timeout=10)  # both have looked, neither has committed
        return ready

    monkeypatch.setattr(production, "_lock_dossiers", unlocked)
    assert jobs_when_two_papers_end_at_once() == [0] * TRIALS


def test_dossier_is_queued_once_by_the_last_of_two_papers_that_end_at_once() -> None:
    assert jobs_when_two_papers_end_at_once() == [1] * TRIALS
