"""Báo cáo thành tích: one report for each nominee, by its kind; and its summary on one page."""

from __future__ import annotations

from typing import Any

from campaigns.models import Kind
from workflow.models import Nomination
from workflow.papers.letterhead import Issuer, head, movement, signature
from workflow.papers.lists import form_row, in_brief
from workflow.papers.requests import Request
from workflow.papers.sources import Part, Source

TEMPLATES = {
    Kind.COLLECTIVE: "bao_cao_tap_the",
    Kind.INDIVIDUAL: "bao_cao_ca_nhan",
    Kind.HOUSEHOLD: "bao_cao_ho_gia_dinh",
}
TITLE = "Báo cáo thành tích"
SUMMARY = "Tóm tắt thành tích"
NOBODY = {"quyen_han": [], "ho_ten": ""}
ITS_HEAD = {"quyen_han": ["THỦ TRƯỞNG ĐƠN VỊ"], "ho_ten": ""}
"""The head of a collective that the unit proposes: signs by hand, since we do not know him."""
GENDERS = {"male": "Nam", "female": "Nữ"}

PARTS: dict[Kind, dict[str, Any]] = {
    Kind.COLLECTIVE: {
        "dia_chi": "", "dien_thoai": "", "trang_tin": "", "qua_trinh": [], "co_cau": [],
        "tong_so": 0, "so_nu": 0, "chuc_nang": [], "chi_tieu": [], "bien_phap": [],
        "dong_gop": [], "chap_hanh": [],
    },
    Kind.INDIVIDUAL: {
        "que_quan": "", "noi_o": "", "trinh_do": "", "dien_thoai": "", "nhiem_vu": [],
        "chi_tieu": [], "sang_kien": [], "dong_gop": [], "chap_hanh": [],
    },
    Kind.HOUSEHOLD: {
        "dia_chi": "", "dien_thoai": "", "thanh_vien": [], "dong_gop": [], "chap_hanh": [],
    },
}  # fmt: skip
"""What a report may hold besides the achievement, and what stands for a part not given.

The keys are the fields of the templates (docs/templates.md); a test holds the two together.
"""


def report(nomination: Nomination, by: Issuer) -> Request:
    """Return the report of one nominee, confirmed by the head of the proposing unit."""
    kind = Kind(nomination.nominee.kind)
    return Request(
        key=TEMPLATES[kind],
        title=f"{TITLE}: {nomination.nominee.name}",
        values={
            **head(by, ""),
            **movement(nomination.dossier.occasion),
            "mau_so": "",
            "hinh_thuc": nomination.award_item.form.name,
            "ke_khai": declared(nomination),
            **_signatures(nomination, kind, by),
        },
        dossiers=(nomination.dossier,),
        subject=nomination.subject,
        must_show=(_as_printed(nomination.nominee.name, kind),),
        sources=(
            Source(at="ke_khai", part=Part.DECLARED, nomination=str(nomination.pk)),
            Source(at="hinh_thuc", part=Part.FORM, nomination=str(nomination.pk)),
        ),
        nomination=nomination,
    )


def summary(nomination: Nomination, by: Issuer) -> Request:
    """Return the one-page summary of a nominee, confirmed by the head of the proposing unit.

    The deeds are those of the list; without them, the first paragraph of the report. Career and
    discipline are declared nowhere: the paper leaves them to be written in.
    """
    nominee = nomination.nominee
    collective = Kind(nominee.kind) is Kind.COLLECTIVE
    facts = summed_up(nomination)
    values = head(by, "")
    del values["ten_co_quan"], values["so_ky_hieu"]
    return Request(
        key="tom_tat_thanh_tich",
        title=f"{SUMMARY}: {nominee.name}",
        values={
            **values,
            **movement(nomination.dossier.occasion),
            **facts,
            "qua_trinh": [],
            "ky_luat": "",
            "nguoi_bao_cao": "" if collective else reporter(nomination),
            "chuc_danh_bao_cao": "Thủ trưởng đơn vị" if collective else "Người báo cáo",
            "chu_ky": signature(by),
        },
        dossiers=(nomination.dossier,),
        subject=nomination.subject,
        must_show=(nominee.name.upper(),),
        sources=tuple(
            Source(at=at, part=Part.SUMMED_UP, nomination=str(nomination.pk)) for at in facts
        ),
        nomination=nomination,
    )


def summed_up(nomination: Nomination) -> dict[str, Any]:
    """Return what a summary says of a nominee, by the places where it says it."""
    said = in_brief(nomination)
    return {
        **form_row(nomination),
        "dieu_khoan": nomination.award_item.clause,
        "thanh_tich": [said] if said else paragraphs(nomination.achievement)[:1],
        "khen_thuong": [_award(award) for award in nomination.past_awards],
    }


def reporter(nomination: Nomination) -> str:
    """Return who reports: the person himself, or he whom a household is named after."""
    name = nomination.nominee.name
    return head_of_household(name) if nomination.nominee.kind == Kind.HOUSEHOLD else name


def _as_printed(name: str, kind: Kind) -> str:
    """Return a name as its report prints it: that of a collective or household in capitals."""
    return name if kind is Kind.INDIVIDUAL else name.upper()


def declared(nomination: Nomination) -> dict[str, Any]:
    """Return what the nominee declares: the body of its report, by its kind."""
    nominee = nomination.nominee
    kind = Kind(nominee.kind)
    said = {**PARTS[kind], **nomination.report}
    said |= {
        "ten": nominee.name,
        "thanh_tich": paragraphs(nomination.achievement),
        "khen_thuong": [_award(award) for award in nomination.past_awards],
    }
    if kind is Kind.INDIVIDUAL:
        said |= {
            "gioi_tinh": GENDERS.get(nominee.gender, ""),
            "ngay_sinh": nominee.birth_date.isoformat() if nominee.birth_date else "",
            "chuc_vu": nominee.position,
            "don_vi": nominee.workplace,
        }
    else:
        said["dia_chi"] = nominee.address or said["dia_chi"]
    if kind is Kind.HOUSEHOLD:
        said["chu_ho"] = head_of_household(nominee.name)
    return said


def head_of_household(name: str) -> str:
    """Return the person a household is named after: “Trần Văn Bé” of “Hộ ông Trần Văn Bé”."""
    for opening in ("Hộ gia đình", "Gia đình", "Hộ"):
        name = name.removeprefix(opening).strip()
    for form_of_address in ("ông", "bà", "Ông", "Bà"):
        name = name.removeprefix(f"{form_of_address} ").strip()
    return name


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _award(award: dict[str, Any]) -> dict[str, str]:
    return {
        "nam": str(award.get("year", "")),
        "hinh_thuc": str(award.get("form", "")),
        "so_ky_hieu": str(award.get("number", "")),
        "ngay": str(award.get("issued_on", "")),
        "co_quan": str(award.get("issuer", "")),
    }


def _signatures(nomination: Nomination, kind: Kind, by: Issuer) -> dict[str, Any]:
    """Return who signs: a unit that reports on itself signs as its head, others are confirmed."""
    if kind is Kind.COLLECTIVE:
        own = nomination.nominee.unit_id == by.unit.pk
        return {
            "chu_ky": signature(by) if own else ITS_HEAD,
            "xac_nhan_cap_tren": NOBODY,
            "xac_nhan_cap_trinh": NOBODY if own else signature(by),
        }
    return {
        "nguoi_bao_cao": {"ho_ten": reporter(nomination)},
        "xac_nhan_cap_tren": NOBODY,
        "xac_nhan_cap_trinh": signature(by),
    }
