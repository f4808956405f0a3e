"""What the two papers of registration share: the movement, the period, the names in sentences."""

from typing import Final

from tools.templates.fields import MOVEMENT, Field, text

PERIOD: Final = text(
    "ky_dang_ky", "Thời kỳ đăng ký: cả giai đoạn, hoặc một năm", "giai đoạn 2022-2025"
)
MOVEMENT_FIELDS: Final[tuple[Field, ...]] = (MOVEMENT[0], PERIOD)
IN_MOVEMENT: Final = "phong trào thi đua “{{ phong_trao }}”, {{ ky_dang_ky }}"
