"""The shipped reorganisation of the demo province, loaded as an administrator loads it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.models import Occasion
from organisations.models import Unit
from tests.workbooks import BEGIN, line, nominee_list
from workflow.imports.lines import read_list

SHIPPED = Path(settings.BASE_DIR) / "organisations/data/an_giang_2025.yaml"
HEAD = "schema: reorganisation/1\non: 2025-07-01\n"


def test_command_loads_the_shipped_file_and_names_who_has_to_be_granted(
    province: None, db: None, tmp_path: Path
) -> None:
    def run(*arguments: str) -> str:
        out = io.StringIO()
        call_command("load_reorganisation", *arguments, stdout=out)
        return out.getvalue()

    assert "Chỉ kiểm tra: chưa ghi gì." in run(str(SHIPPED), "--check")
    told = run(str(SHIPPED))
    assert "kết thúc 16 đơn vị; 0 mục đã có" in told
    assert "Mai Xuân Bảo Quốc: Thủ trưởng đơn vị, tp-rach-gia → p-vinh-thanh-van" in told
    assert "đổi tên 0, chuyển cấp trên 0, kết thúc 0 đơn vị; 93 mục" in run(str(SHIPPED))
    assert Unit.objects.get(code="so-tttt").successors.get().code == "so-khcn"

    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD + "end:\n- {unit: khong-co}\n")
    with pytest.raises(CommandError, match="dòng 4: không có đơn vị “khong-co”"):
        run(str(bad))
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        run(str(tmp_path / "none.yaml"))


def test_nominee_list_names_the_row_of_a_body_of_former_days(province: None, db: None) -> None:
    call_command("load_reorganisation", str(SHIPPED), stdout=io.StringIO())
    book = nominee_list(
        [
            line("Trần Văn Nay", workplace="Sở Y tế tỉnh An Giang"),
            line("Lê Thị Cũ", workplace="Sở Y tế tỉnh Kiên Giang"),
            line("Lý Thị Xưa", unit="Ủy ban nhân dân thành phố Rạch Giá"),
        ]
    )
    occasion = Occasion.objects.select_related("campaign").get(key="annual")
    unit = Unit.objects.get(code="so-y-te")
    found = read_list(book, occasion=occasion, unit=unit, on=timezone.localdate())
    assert [row.facts.nominee.name for row in found.lines] == ["Trần Văn Nay"]
    assert [problem.row for problem in found.problems] == [BEGIN + 1, BEGIN + 2]
    old, gone = map(str, found.problems)
    assert "“Sở Y tế tỉnh Kiên Giang” không còn từ ngày 01/07/2025" in old
    assert "Nay là: Sở Y tế tỉnh An Giang" in old
    assert "Nay là: Ủy ban nhân dân phường Rạch Sỏi" in gone
