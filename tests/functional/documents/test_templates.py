from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from audit.models import Event
from documents import store
from documents.models import TemplateStatus, TemplateVersion
from tests.papers import FIELDS, write_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mau"
    path.mkdir()
    write_template(path, "giay_moi")
    write_template(path, "bien_ban")
    return path


def load(folder: Path) -> str:
    out = StringIO()
    call_command("load_templates", folder, stdout=out)
    return out.getvalue()


def test_load_templates_publishes_each_once(folder: Path) -> None:
    assert "2 mẫu mới, 0 mẫu không đổi" in load(folder)
    assert "0 mẫu mới, 2 mẫu không đổi" in load(folder)
    version = TemplateVersion.objects.get(key="giay_moi")
    assert (version.number, version.status) == (1, TemplateStatus.PUBLISHED)
    assert store.read(version.file) == (folder / "giay_moi.docx").read_bytes()
    assert version.fields == FIELDS
    event = Event.objects.get(stream="template:giay_moi")
    assert event.data["sha256"] == version.sha256


def test_load_templates_changed_paper_retires_the_old_version(folder: Path) -> None:
    load(folder)
    write_template(folder, "giay_moi", "Kính mời {{ ten }}")
    assert "giay_moi #2" in load(folder)
    versions = TemplateVersion.objects.filter(key="giay_moi").order_by("number")
    assert [(v.number, v.status) for v in versions] == [(1, "retired"), (2, "published")]


def test_load_templates_changed_fields_alone_are_a_new_version(folder: Path) -> None:
    load(folder)
    listed = yaml.safe_load((folder / "giay_moi.yaml").read_text())
    listed["fields"][0]["required"] = False
    (folder / "giay_moi.yaml").write_text(yaml.safe_dump(listed))
    assert "1 mẫu mới, 1 mẫu không đổi" in load(folder)


def test_load_templates_back_to_former_content_is_a_third_version(folder: Path) -> None:
    load(folder)
    former = (folder / "giay_moi.docx").read_bytes()
    write_template(folder, "giay_moi", "Kính mời {{ ten }}")
    load(folder)
    (folder / "giay_moi.docx").write_bytes(former)
    assert "giay_moi #3" in load(folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kính gửi {{ tenn }}", ["TEMPLATE_FIELD_UNKNOWN", "tenn"]),
        ("Kính gửi {{ ten", ["TEMPLATE_SYNTAX"]),
        ("{{ ten.__class__ }}", ["TEMPLATE_FORBIDDEN"]),
    ],
)
def test_load_templates_bad_template_publishes_nothing(
    folder: Path, text: str, told: list[str]
) -> None:
    write_template(folder, "giay_moi", text)
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert all(word in str(caught.value) for word in ["giay_moi.docx", *told])
    assert TemplateVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("key: [", "giay_moi.yaml"),
        ("- a", "key"),
        ("key: khac\ntitle: x", "key"),
        ("key: giay_moi", "title"),
        ("key: giay_moi\ntitle: x", "danh sách"),
        ("key: giay_moi\ntitle: x\nfields: [5]", "fields[1]"),
        ("key: giay_moi\ntitle: x\nfields: 5", "danh sách"),
        ("key: giay_moi\ntitle: x\nfields: [{name: ten}]", "fields[1]"),
        (
            "{key: giay_moi, title: x, fields: [{name: ds, meaning: y, required: 1, fields: [5]}]}",
            "fields[1].ds[1]",
        ),
    ],
)
def test_load_templates_bad_list_of_fields_is_named(folder: Path, listed: str, told: str) -> None:
    (folder / "giay_moi.yaml").write_text(listed)
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert "giay_moi.yaml" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize("lost", ["giay_moi.docx", "giay_moi.yaml"])
def test_load_templates_half_a_template_is_named(folder: Path, lost: str) -> None:
    (folder / lost).unlink()
    with pytest.raises(CommandError, match="giay_moi"):
        load(folder)


def test_load_templates_damaged_docx_is_named(folder: Path) -> None:
    (folder / "giay_moi.docx").write_bytes(b"PK\x03\x04 half")
    with pytest.raises(CommandError, match=r"giay_moi\.docx"):
        load(folder)


def test_load_templates_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="không có mẫu"):
        load(tmp_path)
