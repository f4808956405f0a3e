"""The shipped templates are what the builder makes, and speak only of the fields they list."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import yaml

from documents.fields import missing_in, paths_of
from documents.rendering import check_template, template_fields
from tools.templates.build import SHIPPED, build, products
from tools.templates.paper import Paper
from tools.templates.papers import PAPERS

NOT_OURS = {"samples"}
EVERY_PAPER = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
PYTHON_TYPES: dict[str, Any] = {
    "text": str,
    "date": str,
    "integer": int,
    "list of text": list,
    "list of object": list,
    "object": dict,
    "chart": (dict, str),
}


def field_list(paper: Paper) -> dict[str, Any]:
    listed: dict[str, Any] = yaml.load(
        (SHIPPED / f"{paper.key}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return listed


def sample(paper: Paper) -> dict[str, Any]:
    text = (SHIPPED / "samples" / f"{paper.key}.json").read_text("utf-8")
    values: dict[str, Any] = json.loads(text)
    return values


def assert_same_shape(fields: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> None:
    assert set(values) == {field["name"] for field in fields}
    for field in fields:
        value: Any = values[field["name"]]
        assert isinstance(value, PYTHON_TYPES[field["type"]]), field["name"]
        if field["type"] == "object":
            assert_same_shape(field["fields"], value)
        if field["type"] == "list of object":
            for row in value:
                assert_same_shape(field["fields"], row)


def test_shipped_files_are_what_the_builder_makes() -> None:
    built = dict(products())

    shipped = {path.name: path.read_bytes() for path in SHIPPED.iterdir() if path.is_file()}

    assert sorted(shipped) == sorted(built)
    assert [name for name in built if built[name] != shipped[name]] == []


def test_build_writes_every_product(tmp_path: Any) -> None:
    build(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict(products())


def test_every_paper_of_the_round_has_its_key() -> None:
    assert sorted(paper.key for paper in PAPERS) == [
        "ban_dang_ky",
        "bang_khen",
        "bao_cao_ca_nhan",
        "bao_cao_chuyen_de",
        "bao_cao_cong_khai",
        "bao_cao_ho_gia_dinh",
        "bao_cao_nam",
        "bao_cao_so_ket",
        "bao_cao_tap_the",
        "bao_cao_tham_dinh",
        "bao_cao_tong_ket",
        "bien_ban_don_vi",
        "bien_ban_giao_nhan",
        "bien_ban_hoi_dong",
        "bien_ban_kiem_phieu",
        "cong_van_hiep_y",
        "dinh_chinh",
        "giay_moi_hop",
        "muc_luc_ho_so",
        "muc_luc_nop_luu",
        "phieu_bau",
        "phieu_tiep_nhan",
        "phieu_tra",
        "phieu_tra_loi_hiep_y",
        "quyet_dinh",
        "quyet_dinh_huy_bo",
        "quyet_dinh_sua_doi",
        "thong_bao_cong_khai",
        "thong_bao_ket_qua",
        "to_trinh_chu_tich_nuoc",
        "to_trinh_don_vi",
        "to_trinh_hoi_dong",
        "to_trinh_so",
        "to_trinh_trung_uong",
        "tom_tat_thanh_tich",
        "tong_hop_dang_ky",
    ]


@EVERY_PAPER
def test_listed_fields_are_exactly_those_read(paper: Paper) -> None:
    listed = paths_of(field_list(paper)["fields"])

    assert listed == set(template_fields(paper.template()))


@EVERY_PAPER
def test_template_may_be_published(paper: Paper) -> None:
    assert check_template(paper.template(), paths_of(field_list(paper)["fields"])) == []


@EVERY_PAPER
def test_template_with_a_field_too_few_is_refused(paper: Paper) -> None:
    fields = paths_of(field_list(paper)["fields"])
    printed = next(name for name in ("co_quan_ban_hanh", "tham_quyen") if name in fields)
    listed = fields - {printed}

    assert {finding.field for finding in check_template(paper.template(), listed)} == {printed}


@EVERY_PAPER
def test_sample_has_each_listed_field_and_no_other(paper: Paper) -> None:
    fields = field_list(paper)["fields"]

    assert_same_shape(fields, sample(paper))
    assert missing_in(fields, sample(paper)) == []


@EVERY_PAPER
def test_package_holds_nothing_that_papers_do_not_need(paper: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(paper.template())) as package:
        assert sorted(package.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/header1.xml",
            "word/settings.xml",
            "word/styles.xml",
            "word/theme/theme1.xml",
        ]
