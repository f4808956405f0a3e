"""The receipt that a unit is given for its dossier, on the day that fixes its law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from audit.services import Who
from documents.models import Document
from workflow.models import Dossier, Nomination, PaperLink
from workflow.papers.letterhead import Issuer, head, movement
from workflow.papers.lists import form_row, lists, names
from workflow.papers.requests import Request, request
from workflow.papers.unit import decider_name

RECEIPT = "Phiếu tiếp nhận hồ sơ"


def receipt_slip(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    nominations: Sequence[Nomination],
    unit_name: str,
    law: str,
) -> Document:
    """Ask for the receipt of what came of one dossier; signed by hand on both sides.

    It tells what came that day: a name mended later does not put it out of date.

    law  the name of the regime that the dossier is pinned to; "" where none is known
    """
    dossier = nominations[0].dossier
    campaign = dossier.occasion.campaign
    local = timezone.localtime(at)
    values = head(by, "")
    del values["ten_co_quan"], values["so_ky_hieu"]
    paper = Request(
        key="phieu_tiep_nhan",
        title=f"{RECEIPT} {dossier.code}",
        values={
            **values,
            **movement(dossier.occasion),
            "ma": dossier.code,
            "don_vi": unit_name,
            "cap_quyet_dinh": decider_name(dossier.authority, campaign.province),
            "gio": f"{local:%H} giờ {local:%M} phút",
            "ngay_nhan": local.date().isoformat(),
            "che_do": law,
            **lists(nominations, form_row),
            "giay_to": _papers(dossier, nominations),
            "buoc_tiep_theo": f"{by.facts.name} thẩm định hồ sơ",
            "nguoi_nhan": {"ho_ten": by.signer.name, "chuc_vu": by.signer.position},
        },
        dossiers=(dossier,),
        subject=dossier.stream,
        must_show=(dossier.code, *names(nominations)),
        by_hand=True,
    )
    return request(by=by, who=who, at=at, paper=paper)


def _papers(dossier: Dossier, nominations: Sequence[Nomination]) -> list[dict[str, str]]:
    """Return the papers that lie in the dossier and are about all, or about one of these."""
    links = PaperLink.objects.filter(dossier=dossier).select_related("document__register_entry")
    mine = {None, *(row.pk for row in nominations)}
    return [
        paper_line(link.document) for link in links.order_by("pk") if link.nomination_id in mine
    ]


def paper_line(document: Document) -> dict[str, str]:
    """Return how a list of papers tells one: its name without the number, its number and day."""
    entry = document.register_entry
    if entry is None:
        on = timezone.localdate(document.created_at)
        return {"ten": document.title, "so_ky_hieu": "", "ngay": on.isoformat()}
    return {
        "ten": document.title.removesuffix(f" số {entry.notation}"),
        "so_ky_hieu": entry.notation,
        "ngay": entry.issued_on.isoformat(),
    }
