"""Report on the first half of a movement (sơ kết)."""

from typing import Final

from tools.templates.paper import Paper
from tools.templates.papers.period_report import paper

PAPER: Final[Paper] = paper(
    "bao_cao_so_ket", "Báo cáo sơ kết phong trào thi đua, kèm biểu đồ", "sơ kết", lessons=False
)
