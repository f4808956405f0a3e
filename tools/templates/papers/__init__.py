"""The papers of an award round, one module each."""

from typing import Final

from tools.templates.paper import Paper
from tools.templates.papers import (
    ban_dang_ky,
    bang_khen,
    bao_cao_ca_nhan,
    bao_cao_ho_gia_dinh,
    bao_cao_nam,
    bao_cao_tap_the,
    bao_cao_tham_dinh,
    bien_ban_don_vi,
    bien_ban_hoi_dong,
    bien_ban_kiem_phieu,
    muc_luc_ho_so,
    phieu_tiep_nhan,
    phieu_tra,
    quyet_dinh,
    thong_bao_ket_qua,
    to_trinh_chu_tich_nuoc,
    to_trinh_don_vi,
    to_trinh_hoi_dong,
    to_trinh_so,
    to_trinh_trung_uong,
    tom_tat_thanh_tich,
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
    to_trinh_chu_tich_nuoc.PAPER,
    quyet_dinh.PAPER,
    phieu_tra.PAPER,
    ban_dang_ky.PAPER,
    tong_hop_dang_ky.PAPER,
    tom_tat_thanh_tich.PAPER,
    phieu_tiep_nhan.PAPER,
    bien_ban_hoi_dong.PAPER,
    bien_ban_kiem_phieu.PAPER,
    thong_bao_ket_qua.PAPER,
    bang_khen.PAPER,
    muc_luc_ho_so.PAPER,
)
