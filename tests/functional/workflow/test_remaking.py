"""A stale paper is made anew from today's data, under its number, and has to be signed again."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from audit.services import SYSTEM
from documents.models import Document, DocumentVersion
from documents.queries import current_version
from documents.register import PaperFacts, dispatch_paper
from documents.services import produce_waiting
from organisations.actors import SYSTEM_ACTOR
from organisations.models import Role
from organisations.services import grant_role
from organisations.services.roles import Period
from signatures.models import Signature
from signatures.services import enrol_demo_signers
from tests.cast import FIRST, Cast
from tests.factories import collective, facts, nominations_in
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_papers import PaperChangedError, PaperNotStaleError, PaperSentError
from workflow.models import Nomination
from workflow.proof.stale import stale_among
from workflow.services.remaking import remake_paper
from workflow.services.signing import seal_paper, sign_paper
from workflow.states import State

pytestmark = pytest.mark.django_db
ANH, MENDED = "Nguyễn Thị Ngọc Ánh", "Nguyễn Thị Ngọc Anh"


@pytest.fixture
def proposed(cast: Cast) -> list[Nomination]:
    """Two nominations on their way, of which one bears a name that was mended since."""
    return nominations_in(State.PROPOSED, cast, facts(), facts(collective()))


def mend(nomination: Nomination, name: str = MENDED) -> None:
    nomination.nominee.name = name
    nomination.nominee.save()


def paper(key: str) -> Document:
    return Document.objects.select_related("register_entry").get(template_key=key)


def asked(cast: Cast, key: str, who: str = "lan") -> dict[str, Any]:
    document = paper(key)
    version = current_version(document)
    return {"actor": cast[who], "document_id": document.pk, "expected_version_id": version.pk}


def test_the_new_version_says_what_the_data_says(cast: Cast, proposed: list[Nomination]) -> None:
    mend(proposed[0])
    mend(proposed[1], "Phòng Văn hóa")
    for key in ("to_trinh_don_vi", "bien_ban_don_vi", "bao_cao_ca_nhan", "bao_cao_tap_the"):
        old = current_version(paper(key))
        made = remake_paper(**asked(cast, key))
        assert (made.number, made.document_id) == (2, old.document_id)
        assert stale_among([made]) == {}
        assert stale_among([old])[old.pk]
        texts = {text.casefold() for text in (MENDED, "Phòng Văn hóa")}
        assert texts & {text.casefold() for text in made.must_contain}
        assert ANH not in made.must_contain
    letter = paper("to_trinh_don_vi")
    assert letter.register_entry is not None
    assert letter.register_entry.notation in current_version(letter).must_contain
    asking = Event.objects.filter(action="document.requested", subject=f"document:{letter.pk}")
    assert [event.name for event in asking.order_by("seq")] == ["Lê Quốc Hưng", "Nguyễn Thị Lan"]


def test_only_the_issuing_body_makes_its_paper_anew(cast: Cast, proposed: list[Nomination]) -> None:
    mend(proposed[0])
    with pytest.raises(AccessDeniedError):
        remake_paper(**asked(cast, "to_trinh_don_vi", "tuan"))
    with pytest.raises(NotFoundError):
        remake_paper(**asked(cast, "to_trinh_don_vi", "mai"))
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        body = cast.units["tp-rach-gia"]
        grant_role(
            actor=SYSTEM_ACTOR, user_id=cast.users["son"].pk, role=role, unit_id=body.pk,
            period=Period(FIRST),
        )  # fmt: skip
        cast.refresh("son")
        with pytest.raises(AccessDeniedError):
            remake_paper(**asked(cast, "to_trinh_don_vi", "son"))
    assert remake_paper(**asked(cast, "to_trinh_don_vi", "hung")).number == 2


def test_nothing_is_made_where_nothing_changed(cast: Cast, proposed: list[Nomination]) -> None:
    with pytest.raises(PaperNotStaleError):
        remake_paper(**asked(cast, "to_trinh_don_vi"))
    assert DocumentVersion.objects.filter(number=2).count() == 0


def test_who_read_an_older_version_reads_again(cast: Cast, proposed: list[Nomination]) -> None:
    mend(proposed[0])
    read = asked(cast, "to_trinh_don_vi")
    remake_paper(**read)
    mend(proposed[0], ANH)
    with pytest.raises(PaperChangedError):
        remake_paper(**read)


@pytest.mark.soffice
def test_signatures_lapse_with_the_version_they_are_on(
    cast: Cast, proposed: list[Nomination]
) -> None:
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    produce_waiting()
    report = asked(cast, "bao_cao_ca_nhan", "hung")
    sign_paper(**report)
    letter = asked(cast, "to_trinh_don_vi", "hung")
    sign_paper(**letter)
    entry = paper("to_trinh_don_vi").register_entry
    assert entry is not None
    mend(proposed[0])
    made = remake_paper(**asked(cast, "bao_cao_ca_nhan", "hung"))
    produce_waiting()
    assert Signature.objects.filter(version=report["expected_version_id"]).count() == 1
    assert not made.signatures.exists()
    dispatch_paper(
        who=SYSTEM, at=timezone.now(), entry_id=entry.pk, sent_on=timezone.localdate(),
        facts=PaperFacts(),
    )  # fmt: skip
    with pytest.raises(PaperSentError) as refused:
        remake_paper(**asked(cast, "to_trinh_don_vi", "hung"))
    assert entry.notation in refused.value.what


def test_a_seal_needs_the_same_agreement(cast: Cast, proposed: list[Nomination]) -> None:
    mend(proposed[0])
    remake_paper(**asked(cast, "to_trinh_don_vi"))
    for service, who in ((sign_paper, "hung"), (seal_paper, "dung")):
        with pytest.raises(Exception, match="không khớp") as refused:
            service(**asked(cast, "bien_ban_don_vi", who))
        assert getattr(refused.value, "code", "") == "PAPERS_DISAGREE"
