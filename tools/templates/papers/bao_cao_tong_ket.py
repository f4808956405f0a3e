"""Report on a whole movement (tổng kết): with what was learnt."""

from typing import Final

from tools.templates.paper import Paper
from tools.templates.papers.period_report import paper

PAPER: Final[Paper] = paper(
    "bao_cao_tong_ket", "Báo cáo tổng kết phong trào thi đua, kèm biểu đồ", "tổng kết", lessons=True
)
