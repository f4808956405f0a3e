"""How a paper says that somebody signs for another, from the delegation it is signed by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.models import Grant, SigningForm
from organisations.services import delegate
from organisations.services.roles import Authority
from tests.cast import Cast
from workflow.papers.letterhead import issuer, signature

ORDER, AUTHORITY = SigningForm.BY_ORDER, SigningForm.BY_AUTHORITY


@pytest.mark.parametrize(
    ("position", "form", "lines"),
    [
        ("Trưởng phòng", AUTHORITY, ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ("Phó Trưởng phòng", AUTHORITY, ["TUQ. GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG"]),
        ("Trưởng phòng", ORDER, ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ("Phó Trưởng phòng", ORDER, ["TL. GIÁM ĐỐC", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"]),
        ("Phó Giám đốc", AUTHORITY, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ("Phó Giám đốc phụ trách", ORDER, ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
    ],
)
def test_lines_follow_office_and_delegation(
    cast: Cast, position: str, form: SigningForm, lines: list[str]
) -> None:
    today = timezone.localdate()
    cast.users["khanh"].position = position
    cast.users["khanh"].save(update_fields=["position"])
    delegate(
        actor=cast["phuong"],
        grant_id=Grant.objects.get(user=cast.users["phuong"]).pk,
        to_user_id=cast.users["khanh"].pk,
        authority=Authority("15/GUQ", today, today, today + timedelta(days=9), form),
    )
    signer = cast.refresh("khanh")
    [mandate] = [one for one in signer.mandates if one.delegation_ref]

    by = issuer(unit=cast.units["so-tttt"], signer=signer, mandate=mandate, on=today)

    assert signature(by) == {"quyen_han": lines, "ho_ten": "Đặng Quốc Khánh"}
