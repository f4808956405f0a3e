"""The choices of the drafting form stand in the order of the plan, on any database."""

from __future__ import annotations

from tests.cast import Cast
from workflow.pages.offers import list_words, offers_for

SUBJECTS = [
    "Các sở, ban, ngành, Mặt trận Tổ quốc Việt Nam và các đoàn thể chính trị - xã hội của tỉnh",
    "UBND các huyện, thành phố",
    "Ủy ban nhân dân cấp xã",
    "các doanh nghiệp",
    "hợp tác xã",
    "các cơ sở y tế",
    "các trường học",
    "các hộ gia đình",
    "Cán bộ, công chức, viên chức",
    "người lao động",
    "doanh nhân",
    "trí thức",
    "nhà khoa học",
    "các cá nhân trong và ngoài nước",
    "người Việt Nam định cư ở nước ngoài",
]
"""Kế hoạch 243/KH-UBND, mục IV.1, in the order in which it names them."""

OCCASIONS = [
    ("Khen thưởng hàng năm", 2),
    ("Khen thưởng tổng kết năm 2025", 3),
]
"""Mục IV.2.a and IV.2.c, which the cast opens, each with the number of its awards."""


def test_offers_stand_in_the_order_of_the_plan(cast: Cast) -> None:
    offers = offers_for(cast["lan"])
    assert [label.rpartition(" (")[0] for _, label in offers.subjects] == SUBJECTS
    assert [(title, len(items)) for title, items in offers.items] == OCCASIONS


def test_words_of_a_list_stand_in_the_order_of_the_plan(cast: Cast) -> None:
    assert cast.campaign.name
    forms, kinds = list_words()
    assert kinds == SUBJECTS
    assert [form.partition(" (")[0] for form in forms] == [
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "Bằng khen của Thủ tướng Chính phủ",
        "Huân chương Lao động hạng Ba",
    ]
