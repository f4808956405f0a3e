from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from documents import store
from signatures.models import Signature
from signatures.services import sign_document
from tests.functional.signatures.conftest import Paper, World
from tests.letters import NAME, letter


@pytest.fixture
def signature(enrolled: World, paper: Paper) -> Signature:
    document, version = paper()
    return sign_document(
        actor=enrolled.actor(enrolled.head),
        document_id=document.pk,
        expected_version_id=version.pk,
    )


def run(*args: str) -> str:
    out = StringIO()
    call_command("verify_signatures", *args, stdout=out)
    return out.getvalue()


def test_sound_installation_passes(signature: Signature) -> None:
    assert run() == "Đã kiểm tra 1 chữ ký, 0 không hợp lệ.\n"


def test_damage_is_named_and_fails(signature: Signature) -> None:
    store.path_of(signature.signed_file.sha256).unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="Đã kiểm tra 1 chữ ký, 1 không hợp lệ"):
        call_command("verify_signatures", stdout=out)
    assert out.getvalue().startswith("Tờ trình đề nghị khen thưởng #1: Không còn thấy chữ ký")
    assert "[SIGNATURE_MISSING]" in out.getvalue()


def test_file_is_checked_line_by_line(signature: Signature, tmp_path: Path) -> None:
    path = tmp_path / "to-trinh.pdf"
    path.write_bytes(store.read(signature.signed_file))
    said = run("--file", str(path))
    assert said.startswith(f"to-trinh.pdf: Chữ ký của {NAME} hợp lệ")
    assert said.endswith("Đã kiểm tra 1 chữ ký, 0 không hợp lệ.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [(letter(), "không có chữ ký số"), (b"junk", "1 không hợp lệ"), (None, "Không mở được")],
)
def test_bad_file_fails_with_a_sentence(
    db: None, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "tep.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run("--file", str(path))
