"""What an issued decision says wrongly is mended by the paper that the law asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from audit.models import Event
from documents.models import Document
from organisations.models import Role
from tests.cast import Cast
from tests.factories import PRIME_MINISTER, again, facts, nomination_in, person, revoke
from tests.functional.workflow.test_hands import lend
from workflow.errors import AccessDeniedError, NominationChangedError
from workflow.errors_after import (
    DecidedElsewhereError,
    NomineeKnownError,
    NotGivenYetError,
    NothingToMendError,
)
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Correction, MendedFact, Mending, Nomination
from workflow.services.correcting import CorrectionFacts, correct_award
from workflow.states import State

NAME = CorrectionFacts(
    mending=Mending.CONTENT,
    fact=MendedFact.NAME,
    after="Nguyễn Thị Ngọc Anh",
    reason="Đơn vị ghi sai tên",
    carried_out_by="Chánh Văn phòng Ủy ban nhân dân tỉnh",
)
FORM = CorrectionFacts(
    mending=Mending.FORM,
    place="Số thứ tự",
    before="1, 1",
    after="1, 2",
    reason="Sơ suất khi trình bày",
)


def mend(cast: Cast, row: Nomination, given: CorrectionFacts, by: str = "duc") -> Correction:
    return correct_award(
        actor=cast[by], nomination_id=row.pk, expected_version=row.version, facts=given
    )


def test_name_is_mended_by_a_decision_and_everywhere_it_is_the_source(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    kept = mend(cast, row, NAME)
    [now] = again(row)
    assert (now.state, now.version) == ("awarded", row.version + 1)
    assert now.nominee.name == "Nguyễn Thị Ngọc Anh"
    assert now.nominee.identity.split("|")[2] == "nguyễn thị ngọc anh"
    assert (kept.before, kept.after) == ("Nguyễn Thị Ngọc Ánh", "Nguyễn Thị Ngọc Anh")
    values = kept.document.versions.get().values
    assert values["sua_doi"][0] == {
        "cua": "Bà Nguyễn Thị Ngọc Ánh", "noi_dung": "Tên",
        "da_ghi": "Nguyễn Thị Ngọc Ánh", "sua_lai": "Nguyễn Thị Ngọc Anh",
    }  # fmt: skip
    assert kept.document.register_entry
    assert kept.document.register_entry.series == "QĐ"
    event = Event.objects.get(action="award.corrected")
    assert (event.before["value"], event.after["value"]) == (kept.before, kept.after)


def test_birth_date_is_mended_too_and_told_as_people_write_it(cast: Cast) -> None:
    row = nomination_in(State.CLOSED, cast)
    born = replace(NAME, fact=MendedFact.BIRTH_DATE, after="1986-04-12")
    kept = mend(cast, row, born)
    assert (kept.before, kept.after) == ("12/04/1985", "12/04/1986")
    with pytest.raises(ValueFormatError):
        mend(cast, again(row)[0], replace(born, after="12/13/1986"))


def test_error_in_the_form_is_mended_by_a_letter_and_changes_no_fact(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    kept = mend(cast, row, FORM)
    assert again(row)[0].nominee.name == row.nominee.name
    assert kept.document.template_key == "dinh_chinh"
    values = kept.document.versions.get().values
    assert values["kinh_gui"] == ["Ủy ban nhân dân thành phố Rạch Giá"]
    assert values["so_ky_hieu"].endswith("/UBND")


@pytest.mark.parametrize("login", ["thao", "hung", "phuong", "dung", "nga"])
def test_only_who_gave_it_mends_it(cast: Cast, login: str) -> None:
    row = nomination_in(State.AWARDED, cast)
    with pytest.raises(AccessDeniedError):
        mend(cast, row, NAME, by=login)
    assert again(row)[0].version == row.version
    assert Event.objects.filter(action="access.denied").count() == 1


def test_awardee_never_mends_his_own(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    row.nominee.user = cast.users["duc"]
    row.nominee.save()
    with pytest.raises(AccessDeniedError, match="chính mình"):
        mend(cast, row, NAME)


def test_awardee_is_known_by_his_name_and_office_and_where_he_lends(cast: Cast) -> None:
    """As everywhere (conflicts): an account need not have been tied to the nominee."""
    duc = cast["duc"]
    row = nomination_in(State.AWARDED, cast)
    row.nominee.name, row.nominee.position = duc.name, duc.position
    row.nominee.save()
    with pytest.raises(AccessDeniedError, match="chính mình"):
        mend(cast, row, NAME)
    lend(cast, "duc", "khanh", Role.CHAIRMAN)
    row.nominee.user = cast.users["duc"]
    row.nominee.save()
    with pytest.raises(AccessDeniedError, match="Người ủy quyền là đối tượng"):
        mend(cast, row, NAME, by="khanh")


def test_what_was_not_given_here_is_not_mended_here(cast: Cast) -> None:
    early = nomination_in(State.BEFORE_CHAIRMAN, cast)
    with pytest.raises(NotGivenYetError):
        mend(cast, early, NAME)
    central = nomination_in(State.AWARDED, cast, facts(authority=PRIME_MINISTER))
    with pytest.raises(DecidedElsewhereError):
        mend(cast, central, NAME)
    other = nomination_in(State.AWARDED, cast, facts(person("Lê Thị Hồng")))
    revoke(cast, [other])
    with pytest.raises(NotGivenYetError):
        mend(cast, again(other)[0], NAME)
    assert not Correction.objects.exists()


def test_mending_to_the_same_or_to_somebody_else_is_refused(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    nomination_in(State.DRAFT, cast, facts(person("Lê Thị Hồng")))
    for given, refusal in (
        (replace(NAME, after=row.nominee.name), NothingToMendError),
        (replace(FORM, after=FORM.before), NothingToMendError),
        (replace(NAME, after="Lê Thị Hồng"), NomineeKnownError),
        (replace(NAME, after=" "), ValueMissingError),
        (replace(NAME, fact=None), ValueMissingError),
        (replace(FORM, place=""), ValueMissingError),
    ):
        with pytest.raises(refusal):
            mend(cast, row, given)
    assert again(row)[0].nominee.name == row.nominee.name
    assert not Document.objects.filter(template_key="quyet_dinh_sua_doi").exists()


def test_second_of_two_who_mend_at_once_is_told(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    mend(cast, row, NAME)
    with pytest.raises(NominationChangedError):
        mend(cast, row, FORM)


def test_page_mends_and_shows_what_was_mended(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    client = Client()
    client.force_login(cast.users["duc"], "django.contrib.auth.backends.ModelBackend")
    form = {
        "item": f"{row.pk}:{row.version}", "mending": "content", "fact": "birth_date",
        "after": "12/4/1986", "reason": "Ghi sai", "carried_out_by": "Chánh Văn phòng",
    }  # fmt: skip
    wrong = client.post("/acts/correct/", {**form, "after": "hôm qua"})
    assert wrong.status_code == 200
    assert client.post("/acts/correct/", form).status_code == 302
    text = client.get(f"/nominations/{row.pk}/").content.decode()
    assert "<del>12/04/1985</del> → 12/04/1986" in text
