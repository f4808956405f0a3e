"""The matrix of regimes against the tables of the sources, copied here as they stand.

§ are the sections of the reference (law, regime by regime). “*” marks what was not read in its
own text, “-” what no source says.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from audit.services import Who
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.services import load_campaign

A, B, C, D = "nd-91-2017", "nd-98-2023", "nd-152-2025", "luat-06-2026"
BONUS, SETS, VOTES, TERM = (
    "Tiền thưởng (lần mức lương cơ sở)", "Số bộ hồ sơ", "Tỷ lệ phiếu", "Thời hạn",
)  # fmt: skip

# §2.7, multiples: collective, individual, household.
MULTIPLES = {
    (A, "bk_tinh"): "tập thể 2; cá nhân 1; hộ gia đình -",
    (A, "bk_ttg"): "tập thể 7; cá nhân 3,5",
    (A, "giay_khen"): "tập thể 0,6; cá nhân 0,3; hộ gia đình -",
    (A, "hcld_ba"): "tập thể 9*; cá nhân 4,5*",
    (A, "hcld_nhi"): "tập thể 15*; cá nhân 7,5*",
    (A, "hcld_nhat"): "tập thể 18*; cá nhân 9*",
    (B, "bk_tinh"): "tập thể -; cá nhân 1,5*; hộ gia đình -",
    (B, "bk_ttg"): "tập thể -; cá nhân -",
    (C, "bk_tinh"): "tập thể 3; cá nhân 1,5; hộ gia đình 2,25",
    (C, "bk_ttg"): "tập thể 7; cá nhân 3,5; hộ gia đình -",
    (C, "giay_khen"): "tập thể 0,6; cá nhân 0,3; hộ gia đình 0,45",
    (C, "hcld_ba"): "tập thể 9; cá nhân 4,5",
    (C, "hcld_nhi"): "tập thể 15; cá nhân 7,5",
    (C, "hcld_nhat"): "tập thể 18; cá nhân 9",
    (C, "cstd_toan_quoc"): "cá nhân 4,5",
    (C, "cstd_tinh"): "cá nhân 3",
    (C, "cstd_co_so"): "cá nhân 1",
    (C, "ld_tien_tien"): "cá nhân 0,3",
    (C, "ttld_xuat_sac"): "tập thể 1,5",
    (C, "ttld_tien_tien"): "tập thể 0,8",
    (C, "co_tinh"): "tập thể 8",
    (C, "co_chinh_phu"): "tập thể 12",
}
# §2.2 and §2.4, sets to the centre; those of provincial awards are the province's to say.
NUMBER_OF_SETS = {
    A: {
        "03 bộ": ["hcld_ba", "hcld_nhi", "hcld_nhat"],
        "02 bộ": ["bk_ttg", "co_chinh_phu", "cstd_toan_quoc"],
        "do tỉnh quy định*": ["bk_tinh", "co_tinh", "cstd_tinh"],
    },
    B: {
        "01 bộ": [
            "hcld_ba", "hcld_nhi", "hcld_nhat", "bk_ttg", "co_chinh_phu", "cstd_toan_quoc",
            "anh_hung",
        ],
        "do tỉnh quy định": ["bk_tinh", "co_tinh", "cstd_tinh"],
    },
    C: {
        "01 bộ": [
            "hcld_ba", "hcld_nhi", "hcld_nhat", "bk_ttg", "co_chinh_phu", "cstd_toan_quoc",
            "anh_hung",
        ],
        "do tỉnh quy định": ["bk_tinh", "co_tinh", "cstd_tinh", "ttld_xuat_sac"],
        "do đơn vị quy định*": ["giay_khen"],
    },
}  # fmt: skip
# §2.2, ballot: percent of all members.
RATIOS = {
    A: {90: ["cstd_tinh", "cstd_toan_quoc", "anh_hung"]},
    B: {
        90: ["cstd_tinh", "cstd_toan_quoc", "anh_hung"],
        80: ["cstd_co_so", "co_tinh", "co_chinh_phu"],
    },
    C: {90: ["cstd_toan_quoc", "anh_hung"], 80: ["co_chinh_phu"]},
}
# §2.5, forms.
FORM_NUMBERS = {
    A: {
        "Báo cáo thành tích tập thể (công trạng)": "Mẫu 01",
        "Báo cáo thành tích cá nhân (công trạng)": "Mẫu 02",
        "Báo cáo quá trình cống hiến": "Mẫu 03",
        "Báo cáo Anh hùng (tập thể)": "Mẫu 04",
        "Báo cáo Anh hùng (cá nhân)": "Mẫu 05",
        "Báo cáo thành tích đột xuất": "Mẫu 06",
        "Báo cáo thành tích theo đợt hoặc chuyên đề": "Mẫu 07",
        "Tờ trình": "nghị định không có mẫu tờ trình",
        "Xác nhận sáng kiến": "-",
    },
    B: {
        "Tờ trình": "Mẫu 01 [NĐ 98/2023/NĐ-CP, Phụ lục I]",
        "Báo cáo thành tích tập thể (công trạng)": "Mẫu 02* [NĐ 98/2023/NĐ-CP, Phụ lục I]",
        "Báo cáo Anh hùng (tập thể)": "Mẫu 05* [NĐ 98/2023/NĐ-CP, Phụ lục I]",
        "Báo cáo thành tích cá nhân (công trạng)": "-",
        "Báo cáo thành tích theo đợt hoặc chuyên đề": "-",
        "Xác nhận sáng kiến": "-",
    },
    C: {
        "Tờ trình": "Mẫu 01 [NĐ 152/2025/NĐ-CP, Điều 33.11]",
        "Báo cáo thành tích cá nhân (công trạng)": "Mẫu 05; Chiến sĩ thi đua cơ sở*",
        "Xác nhận sáng kiến": "Mẫu 13 [NĐ 152/2025/NĐ-CP, Điều 33.6]",
        "Báo cáo thành tích theo đợt hoặc chuyên đề": "có mẫu riêng, chưa thấy số*",
        "Báo cáo thành tích tập thể (công trạng)": "-",
        "Báo cáo Anh hùng (tập thể)": "-",
    },
}
# §2.8 and §2.2, time limits: in working days, with the clause where the source has one.
N = "NĐ 152/2025/NĐ-CP, Điều "
LIMITS = {
    A: [
        "Bộ Nội vụ thẩm định và trình 20 ngày làm việc",
        "Bộ Nội vụ thẩm định và trình khi phải lấy ý kiến hiệp y 30 ngày làm việc",
        "Bộ Nội vụ trả lại hồ sơ không đủ điều kiện -",
    ],
    B: [
        "Bộ Nội vụ thẩm định và trình 20 ngày làm việc",
        "Bộ Nội vụ trả lại hồ sơ không đủ điều kiện 5 ngày làm việc",
        (
            "Công khai trước khi họp Hội đồng ít nhất 10 ngày làm việc kể từ ngày đăng công khai* "
            "[NĐ 98/2023/NĐ-CP, Điều 46.2]"
        ),
    ],
    C: [
        f"Cơ quan được hỏi trả lời ý kiến hiệp y 10 ngày làm việc [{N}34.6]",
        (
            "Bộ Nội vụ thẩm định và trình 20 ngày làm việc kể từ ngày Bộ Nội vụ nhận đủ hồ sơ; "
            f"tính lại từ ngày đủ hồ sơ [{N}35.2]"
        ),
        f"Bộ Nội vụ trình sau khi có đủ ý kiến 10 ngày làm việc kể từ ngày có đủ ý kiến [{N}34.7]",
        (
            "Bộ Nội vụ trả lại hồ sơ không đủ điều kiện 10 ngày làm việc; bằng văn bản, "
            f"nêu căn cứ pháp lý [{N}35.4.a]"
        ),
        f"Bộ Nội vụ báo không khen thưởng 10 ngày làm việc [{N}35.4.b]",
        f"Gửi bản sao quyết định của Chủ tịch nước 10 ngày làm việc [{N}35.4.c]",
        (
            "Cấp hiện vật khi dưới 100 trường hợp 10 ngày làm việc; "
            f"không kể thời gian đóng dấu [{N}35.4.d]"
        ),
        (
            "Cấp hiện vật khi từ 100 trường hợp trở lên 20 ngày làm việc; "
            f"không kể thời gian đóng dấu [{N}35.4.d]"
        ),
        f"Bộ Nội vụ trình hủy bỏ quyết định khen thưởng 10 ngày làm việc [{N}56.4]",
    ],
}
EVERYWHERE = "Hạn để đơn vị bổ sung hồ sơ bị trả lại -"


@pytest.fixture
def _shipped(db: None, who: Who) -> None:
    load_campaign(who=who, source=(SHIPPED / "regimes.yaml").read_bytes())


def said(*options: str) -> list[str]:
    out = StringIO()
    call_command("show_regimes", *options, stdout=out)
    return out.getvalue().splitlines()


def body(lines: list[str], key: str) -> list[str]:
    """The lines below one regime's heading."""
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}: "))
    rest = lines[start + 1 :]
    end = next(n for n, line in enumerate(rest) if not line.startswith("  "))
    return [line.removeprefix("  ") for line in rest[:end]]


def of_form(lines: list[str], key: str, form: str, title: str) -> str:
    """What one regime says of one form on one matter; "" where it says nothing."""
    start = f"{form:<16} {title}: "
    return next((ln.removeprefix(start) for ln in body(lines, key) if ln.startswith(start)), "")


def general(lines: list[str], key: str, title: str) -> list[str]:
    start = f"{title}: "
    return [line.removeprefix(start) for line in body(lines, key) if line.startswith(start)]


def without_clauses(text: str) -> str:
    return "; ".join(part.partition(" [")[0] for part in text.split("; "))


@pytest.mark.usefixtures("_shipped")
def test_every_multiple_is_that_of_the_table() -> None:
    lines = said()
    for (key, form), expected in MULTIPLES.items():
        assert without_clauses(of_form(lines, key, form, BONUS)) == expected, (key, form)
    for form in {form for key, form in MULTIPLES if key == C}:
        now, then = (of_form(lines, key, form, BONUS) for key in (C, D))
        assert then.replace("*", "") == now
    assert all("*" in of_form(lines, D, form, BONUS) for key, form in MULTIPLES if key == C)
    assert "cá nhân 1,5 [NĐ 152/2025/NĐ-CP, Điều 54.1.b]" in of_form(lines, C, "bk_tinh", BONUS)


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("key", [A, B, C])
def test_sets_are_those_of_the_table_and_of_no_other_form(key: str) -> None:
    lines = said()
    found: dict[str, set[str]] = {}
    for line in body(lines, key):
        form, _gap, rest = line.partition(" ")
        if rest.strip().startswith(f"{SETS}: "):
            value = rest.strip().removeprefix(f"{SETS}: ").partition(" [")[0].partition(";")[0]
            found.setdefault(value, set()).add(form)
    assert found == {value: set(forms) for value, forms in NUMBER_OF_SETS[key].items()}


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("key", [A, B, C])
def test_ratios_are_those_of_the_table_of_all_members_and_of_no_other_form(key: str) -> None:
    lines = said()
    found: dict[int, set[str]] = {}
    for ratio in (80, 90):
        words = f"Hội đồng cấp tỉnh đồng ý ít nhất {ratio} % tổng số thành viên"
        forms = {line.split()[0] for line in body(lines, key) if words in line}
        if forms:
            found[ratio] = forms
    assert found == {ratio: set(forms) for ratio, forms in RATIOS[key].items()}
    secret = {line.split()[0] for line in body(lines, key) if "bỏ phiếu kín" in line}
    assert secret == (set(RATIOS[A][90]) if key == A else set())


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("key", [A, B, C])
def test_form_numbers_are_those_of_the_texts(key: str) -> None:
    assert set(general(said(), key, "Mẫu số")) == {
        f"{paper} {value}" for paper, value in FORM_NUMBERS[key].items()
    }


@pytest.mark.usefixtures("_shipped")
def test_the_same_number_is_another_form_in_another_decree() -> None:
    lines = said()
    fifth = {
        key: [line.partition(" Mẫu 05")[0] for line in general(lines, key, "Mẫu số")
              if " Mẫu 05" in line]
        for key in (A, B, C)
    }  # fmt: skip
    assert fifth == {
        A: ["Báo cáo Anh hùng (cá nhân)"],
        B: ["Báo cáo Anh hùng (tập thể)"],
        C: ["Báo cáo thành tích cá nhân (công trạng)"],
    }


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("key", [A, B, C])
def test_limits_are_those_of_the_table(key: str) -> None:
    found = general(said(), key, TERM)
    assert set(LIMITS[key]) <= set(found)
    assert EVERYWHERE in found


@pytest.mark.usefixtures("_shipped")
def test_the_province_has_thirty_days_for_merit_and_forty_for_the_highest() -> None:
    lines = said()
    merit = "chỉ đối với khen thưởng công trạng"
    for form in ("hcld_ba", "bk_ttg"):
        assert f"30 ngày làm việc; {merit} [{N}35.3]" in of_form(lines, C, form, TERM)
    assert f"40 ngày làm việc; {merit}" in of_form(lines, C, "anh_hung", TERM)
    notice = f"ít nhất 10 ngày làm việc kể từ ngày đăng công khai [{N}44.2]"
    noticed = {line.split()[0] for line in body(lines, C) if notice in line}
    assert noticed == {"hcld_ba", "hcld_nhi", "hcld_nhat", "cstd_toan_quoc", "anh_hung"}


@pytest.mark.usefixtures("_shipped")
def test_who_pays_and_what_moves_over_stand_with_their_clause() -> None:
    lines = said()
    assert [row.partition(" [")[2] for row in general(lines, C, "Nơi chi tiền thưởng")] == [
        "Luật 06/2022/QH15, Điều 11.4; NĐ 152/2025/NĐ-CP, Điều 47.2]"
    ] * 4
    assert [row.endswith(" -") for row in general(lines, A, "Nơi chi tiền thưởng")] == [True] * 4
    assert [row.rpartition(" ")[2] for row in general(lines, C, "Chuyển tiếp")] == [
        "60.3]", "60.2]", "60.5]",
    ]  # fmt: skip
    assert len(general(lines, D, "Chuyển tiếp")) == 1


@pytest.mark.usefixtures("_shipped")
def test_under_the_amended_law_all_is_as_before_and_nothing_is_checked() -> None:
    lines = said()
    now = {ln.replace("*", "") for ln in body(lines, C) if not ln.startswith("Chuyển tiếp")}
    then = {ln for ln in body(lines, D) if not ln.startswith("Chuyển tiếp")}
    assert {line.replace("*", "") for line in then} == now
    unmarked = {line for line in then if "*" not in line and not line.endswith(" -")}
    assert unmarked == set()


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
    decree = "Nghị định số 152/2025/NĐ-CP"
    for gap in (
        "toàn văn Luật số 06/2026/QH16 (chưa đối chiếu văn bản gốc)",
        "quy tắc làm tròn tiền thưởng theo Nghị định số 91/2017/NĐ-CP",
        f"thời hạn “Hạn để đơn vị bổ sung hồ sơ bị trả lại” theo {decree}",
        f"mẫu số “Báo cáo thành tích tập thể (công trạng)” theo {decree}",
        "tỷ lệ phiếu Bằng khen của Thủ tướng Chính phủ theo Nghị định số 98/2023/NĐ-CP",
    ):
        assert f"  {gap}" in lines
    assert not any(
        "hệ số tiền thưởng Giấy khen đối với cá nhân theo Nghị định số 152" in line
        for line in lines
    )
    headings = [line for line in lines if not line.startswith("  ")]
    assert headings[0] == "nd-91-2017: Nghị định số 91/2017/NĐ-CP (01/10/2017-31/12/2023, S)"
    assert len(headings) == 4
