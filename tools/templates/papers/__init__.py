"""The papers of an award round, one module each."""

from typing import Final

from tools.templates.paper import Paper
from tools.templates.papers import (
    ban_dang_ky,
    bao_cao_ca_nhan,
    bao_cao_ho_gia_dinh,
    bao_cao_nam,
    bao_cao_tap_the,
    bao_cao_tham_dinh,
    bien_ban_don_vi,
    phieu_tra,
    quyet_dinh,
    to_trinh_don_vi,
    to_trinh_hoi_dong,
    to_trinh_so,
    to_trinh_trung_uong,
    tong_hop_dang_ky,
)

PAPERS: Final[tuple[Paper, ...]] = (
    to_trinh_don_vi.PAPER,
    bien_ban_don_vi.PAPER,
    bao_cao_tap_the.PAPER,
    bao_cao_ca_nhan.PAPER,
    bao_cao_ho_gia_dinh.PAPER,
    bao_cao_tham_dinh.PAPER,
    bao_cao_nam.PAPER,
    to_trinh_so.PAPER,
    to_trinh_hoi_dong.PAPER,
    to_trinh_trung_uong.PAPER,
    quyet_dinh.PAPER,
    phieu_tra.PAPER,
    ban_dang_ky.PAPER,
    tong_hop_dang_ky.PAPER,
)
