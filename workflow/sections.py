"""How a dossier is bound: its sections in their order, and which of them go to whom.

Each stage passes on what it received and adds its own papers (Kế hoạch 243/KH-UBND of Kiên
Giang, mục V.3; docs/process.md), so a recipient gets every section up to his.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Decider
from workflow.states import Way

CENTRAL_LETTERS: Final = {
    Decider.PRIME_MINISTER: "to_trinh_trung_uong",
    Decider.PRESIDENT: "to_trinh_chu_tich_nuoc",
}
"""A letter of its own for each who decides (NĐ 98/2023/NĐ-CP, Mẫu 01)."""
REPORTS: Final = frozenset({"bao_cao_ca_nhan", "bao_cao_tap_the", "bao_cao_ho_gia_dinh"})
"""Of these each nominee has one."""


class Recipient(TextChoices):
    """To whom a dossier goes; ARCHIVE is the file that stays, with everything."""

    APPRAISAL = "appraisal", _("Cơ quan thẩm định")
    BOARD = "board", _("Hội đồng Thi đua - Khen thưởng")
    DECISION = "decision", _("Người quyết định khen thưởng của tỉnh")
    CENTRAL = "central", _("Cấp trên của tỉnh")
    ARCHIVE = "archive", _("Lưu hồ sơ")


@dataclass(frozen=True, slots=True)
class Section:
    """Papers bound together.

    title   as the separator prints it
    papers  template keys; what each lacks is done by the act in the second place
    further  template keys of papers that lie here too, but that a copy may be without
    """

    title: str
    papers: dict[str, Promise]
    further: frozenset[str] = frozenset()


AFTERWARDS: Final = frozenset({"quyet_dinh_sua_doi", "dinh_chinh", "quyet_dinh_huy_bo"})
"""Papers that change what a decision says, or take it back."""
_UNIT_SENDS = _("Đơn vị ghi biên bản họp, thủ trưởng ký trình đề nghị.")
_BOARD_SENT = _("Lãnh đạo cơ quan thẩm định trình Hội đồng.")
UNIT = Section(
    "Hồ sơ của đơn vị đề nghị",
    {
        "to_trinh_don_vi": _UNIT_SENDS,
        "bien_ban_don_vi": _UNIT_SENDS,
        **dict.fromkeys(sorted(REPORTS), _UNIT_SENDS),
    },
    frozenset({"tom_tat_thanh_tich", "bao_cao_chuyen_de"}),
)
APPRAISED = Section(
    "Thẩm định",
    {"bao_cao_tham_dinh": _BOARD_SENT, "to_trinh_so": _BOARD_SENT},
    frozenset({"phieu_tiep_nhan", "cong_van_hiep_y", "thong_bao_cong_khai", "bao_cao_cong_khai"}),
)
REVIEWED = Section(
    "Hội đồng Thi đua - Khen thưởng",
    {"to_trinh_hoi_dong": _("Lãnh đạo Hội đồng trình Chủ tịch Ủy ban nhân dân tỉnh.")},
    frozenset({"bien_ban_hoi_dong", "bien_ban_kiem_phieu"}),
)
SENT_UP = Section(
    "Tờ trình của tỉnh",
    dict.fromkeys(CENTRAL_LETTERS.values(), _("Chủ tịch Ủy ban nhân dân tỉnh ký trình cấp trên.")),
)
DECIDED = Section(
    "Quyết định khen thưởng",
    {"quyet_dinh": _("Người có thẩm quyền ký quyết định khen thưởng.")},
    frozenset({"thong_bao_ket_qua", *AFTERWARDS}),
)
OTHER = Section("Giấy tờ khác", {})
OUTSIDE: Final = frozenset(
    {"muc_luc_ho_so", "muc_luc_nop_luu", "bien_ban_giao_nhan", "bang_khen", "phieu_tra_loi_hiep_y"}
)
"""Papers that lie beside a dossier and are not bound: its archive cover and lists, what is handed out, and
blank sheets for others to fill in."""
SECTIONS: Final = (UNIT, APPRAISED, REVIEWED, SENT_UP, DECIDED, OTHER)
WORD_TOO: Final = frozenset(
    {"to_trinh_don_vi", "to_trinh_so", "to_trinh_hoi_dong", *SENT_UP.papers}
)
"""Papers of which the recipient gets the Word file beside the PDF: the tờ trình with its list."""


def recipients_of(authority: str, way: int) -> tuple[Recipient, ...]:
    """Return to whom a dossier goes in turn, by who decides and by its way."""
    if way == Way.UNIT:
        return (Recipient.ARCHIVE,)
    upward = (Recipient.CENTRAL,) if authority != Decider.PROVINCIAL_CHAIRMAN else ()
    return (Recipient.APPRAISAL, Recipient.BOARD, Recipient.DECISION, *upward, Recipient.ARCHIVE)


def sections_for(recipient: Recipient) -> tuple[Section, ...]:
    """Return the sections that go to a recipient, in their order."""
    last = {
        Recipient.APPRAISAL: UNIT,
        Recipient.BOARD: APPRAISED,
        Recipient.DECISION: REVIEWED,
        Recipient.CENTRAL: SENT_UP,
        Recipient.ARCHIVE: OTHER,
    }[recipient]
    return SECTIONS[: SECTIONS.index(last) + 1]


def needed_by(recipient: Recipient, authority: str, way: int) -> dict[str, Promise]:
    """Return the papers a recipient's copy cannot be without, each with what brings it about.

    Reports are asked for by nominee, not here. The centre's own decision comes from outside.
    """
    if way == Way.UNIT:
        return {key: UNIT.papers[key] for key in ("bien_ban_don_vi",)} | DECIDED.papers
    central = authority != Decider.PROVINCIAL_CHAIRMAN
    without = {OTHER.title, DECIDED.title if central else SENT_UP.title}
    others = REPORTS | (SENT_UP.papers.keys() - {CENTRAL_LETTERS.get(Decider(authority))})
    return {
        key: todo
        for section in sections_for(recipient)
        if section.title not in without
        for key, todo in section.papers.items()
        if key not in others
    }


def section_of(template_key: str) -> Section:
    """Return the section that a paper belongs to."""
    return next(
        (one for one in SECTIONS if template_key in one.papers or template_key in one.further),
        OTHER,
    )
