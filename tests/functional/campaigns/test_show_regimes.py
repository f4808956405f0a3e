"""The command prints what is loaded, and marks what nobody has read in its own text."""

from io import StringIO

import pytest
from django.core.management import call_command

from audit.services import Who
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.services import load_campaign


@pytest.fixture
def _shipped(db: None, who: Who) -> None:
    load_campaign(who=who, source=(SHIPPED / "regimes.yaml").read_bytes())


def said(*options: str) -> list[str]:
    out = StringIO()
    call_command("show_regimes", *options, stdout=out)
    return out.getvalue().splitlines()


def regime(lines: list[str], key: str) -> dict[str, str]:
    """The lines below one regime's heading, by form."""
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}: "))
    body = []
    for line in lines[start + 1 :]:
        if not line.startswith("  "):
            break
        body.append(line.split(maxsplit=1))
    return {form: " ".join(cells.split()) for form, cells in body}


@pytest.mark.usefixtures("_shipped")
def test_matrix_is_that_of_the_sources() -> None:
    lines = said()
    assert regime(lines, "nd-91-2017") == {
        "bk_tinh": "tập thể 2; cá nhân 1; hộ gia đình -",
        "bk_ttg": "tập thể 7; cá nhân 3,5; hộ gia đình -",
        "giay_khen": "tập thể 0,6; cá nhân 0,3; hộ gia đình -",
        "hcld_ba": "tập thể 9*; cá nhân 4,5*; hộ gia đình -",
        "hcld_nhi": "tập thể 15*; cá nhân 7,5*; hộ gia đình -",
        "hcld_nhat": "tập thể 18*; cá nhân 9*; hộ gia đình -",
    }
    assert regime(lines, "nd-98-2023")["bk_tinh"] == "tập thể -; cá nhân 1,5*; hộ gia đình -"
    now = regime(lines, "nd-152-2025")
    assert now == {
        "bk_tinh": "tập thể 3; cá nhân 1,5; hộ gia đình 2,25",
        "bk_ttg": "tập thể 7; cá nhân 3,5; hộ gia đình -",
        "giay_khen": "tập thể 0,6; cá nhân 0,3; hộ gia đình 0,45",
        "hcld_ba": "tập thể 9; cá nhân 4,5; hộ gia đình -",
        "hcld_nhi": "tập thể 15; cá nhân 7,5; hộ gia đình -",
        "hcld_nhat": "tập thể 18; cá nhân 9; hộ gia đình -",
        "cstd_toan_quoc": "tập thể -; cá nhân 4,5; hộ gia đình -",
        "cstd_tinh": "tập thể -; cá nhân 3; hộ gia đình -",
        "cstd_co_so": "tập thể -; cá nhân 1; hộ gia đình -",
        "ld_tien_tien": "tập thể -; cá nhân 0,3; hộ gia đình -",
        "ttld_xuat_sac": "tập thể 1,5; cá nhân -; hộ gia đình -",
        "ttld_tien_tien": "tập thể 0,8; cá nhân -; hộ gia đình -",
        "co_tinh": "tập thể 8; cá nhân -; hộ gia đình -",
        "co_chinh_phu": "tập thể 12; cá nhân -; hộ gia đình -",
    }
    amended = regime(lines, "luat-06-2026")
    assert {form: cells.replace("*", "") for form, cells in amended.items()} == now
    assert all("*" in cells for cells in amended.values())


@pytest.mark.usefixtures("_shipped")
def test_base_pay_stands_below_with_its_day_or_what_the_source_says_of_it() -> None:
    assert said()[-7:] == [
        "tháng 5/2016: 1.210.000*",
        "tháng 7/2017: 1.300.000*",
        "đến hết ngày 30/6/2019: 1.390.000*",
        "01/07/2019: 1.490.000* NĐ 38/2019/NĐ-CP",
        "01/07/2023: 1.800.000* NĐ 24/2023/NĐ-CP",
        "01/07/2024: 2.340.000 NĐ 73/2024/NĐ-CP",
        "01/07/2026: 2.530.000* NĐ 161/2026/NĐ-CP",
    ]


@pytest.mark.usefixtures("_shipped")
def test_gaps_alone_are_what_an_office_has_to_look_up() -> None:
    lines = said("--gaps")
    assert "  toàn văn Luật số 06/2026/QH16 (chưa đối chiếu văn bản gốc)" in lines
    assert "  quy tắc làm tròn tiền thưởng theo Nghị định số 91/2017/NĐ-CP" in lines
    assert not any("hệ số tiền thưởng Giấy khen đối với cá nhân theo Nghị định số 152" in line
                   for line in lines)  # fmt: skip
    headings = [line for line in lines if not line.startswith("  ")]
    assert headings[0] == ("nd-91-2017: Nghị định số 91/2017/NĐ-CP (01/10/2017-31/12/2023, S)")
    assert len(headings) == 4
