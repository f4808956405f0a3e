"""The cover and the contents of a dossier that is filed (NĐ 30/2020/NĐ-CP, Điều 29, Phụ lục V)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from audit.services import Who
from documents.models import Document, DocumentKind
from organisations.queries import names_on, unit_facts_of
from workflow.models import Dossier, PaperLink
from workflow.papers.letterhead import Issuer, head, movement
from workflow.papers.receipt import paper_line
from workflow.papers.requests import Request, request

FILED = "Bìa hồ sơ lưu và mục lục"
CONTENTS = "muc_luc_ho_so"


def contents_paper(*, by: Issuer, who: Who, at: datetime, dossier: Dossier) -> Document | None:
    """Ask for cover and contents of a dossier whose last case was filed, to be signed by hand.

    None where the dossier holds no paper. Retention and the count of sheets stay to be written in: no checked source gives the one, and
    the other is counted on paper.
    """
    papers = _lines(dossier)
    if not papers:
        return None
    [unit_name] = names_on([dossier.unit], by.on)
    values = head(by, "")
    del values["ten_co_quan"], values["so_ky_hieu"]
    paper = Request(
        key=CONTENTS,
        title=f"{FILED} {dossier.code}",
        values={
            **values,
            **movement(dossier.occasion),
            "tieu_de": f"Đề nghị khen thưởng của {unit_name}",
            "so_ho_so": dossier.code,
            "nam": str(by.on.year),
            "thoi_han": "",
            "mo_ngay": timezone.localdate(dossier.created_at).isoformat(),
            "dong_ngay": by.on.isoformat(),
            "so_to": "",
            "nguoi_lap": by.signer.name,
            "van_ban": papers,
        },
        dossiers=(dossier,),
        subject=dossier.stream,
        must_show=(dossier.code, by.signer.name),
        by_hand=True,
    )
    return request(by=by, who=who, at=at, paper=paper)


def _lines(dossier: Dossier) -> list[dict[str, str]]:
    """Return each paper of the dossier once, in the order they came; without merged copies."""
    links = (
        PaperLink.objects.filter(dossier=dossier)
        .exclude(document__kind=DocumentKind.ASSEMBLED)
        .select_related("document__register_entry", "document__body")
        .order_by("pk")
    )
    documents = list({link.document_id: link.document for link in links}.values())
    units = [document.body for document in documents if document.body is not None]
    authors = unit_facts_of(units, timezone.localdate(), ended_too=True)
    return [
        {
            **paper_line(document),
            "tac_gia": authors[document.body_id].name if document.body_id else "",
            "to_so": "",
            "ghi_chu": "",
        }
        for document in documents
    ]
