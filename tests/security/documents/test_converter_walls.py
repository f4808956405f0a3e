"""LibreOffice fetches what a document links (F8, F10): shown without each wall, then with it."""

from collections.abc import Iterator

import pytest

from documents import sandbox
from documents.conversion.converter import Converter
from documents.conversion.self_test import LOCAL_PICTURE, Witness, leaks, self_test
from documents.errors import ConvertFailedError, SandboxNotTightError
from documents.sandbox import SandboxStatus

pytestmark = pytest.mark.soffice


@pytest.fixture
def _no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where no namespaces can be made."""
    status = SandboxStatus(isolated=False, reason="test")
    monkeypatch.setattr(sandbox, "sandbox_status", lambda: status)


@pytest.fixture
def converter(request: pytest.FixtureRequest) -> Iterator[Converter]:
    made = Converter(hardened=request.param)
    yield made
    made.close()


@pytest.mark.usefixtures("_no_namespaces")
@pytest.mark.parametrize("converter", [False], indirect=True)
def test_linked_picture_is_fetched_where_both_walls_are_off(converter: Converter) -> None:
    assert leaks(converter).startswith("http://127.0.0.1:")
    with pytest.raises(SandboxNotTightError):
        self_test(converter)


@pytest.mark.usefixtures("_no_namespaces")
@pytest.mark.parametrize("converter", [True], indirect=True)
def test_profile_alone_keeps_network_and_disk_out(converter: Converter) -> None:
    assert leaks(converter) == ""


@pytest.mark.parametrize("converter", [False], indirect=True)
def test_namespaces_alone_keep_the_network_out_but_not_the_office_own_files(
    converter: Converter,
) -> None:
    assert leaks(converter) == LOCAL_PICTURE


@pytest.mark.parametrize("converter", [True], indirect=True)
def test_both_walls_are_tight(converter: Converter) -> None:
    self_test(converter)


@pytest.mark.parametrize("converter", [True], indirect=True)
def test_html_named_docx_is_not_opened_as_html(converter: Converter) -> None:
    with Witness() as witness:
        page = f"<html><img src='{witness.url}'><p>x</p></html>".encode()
        with pytest.raises(ConvertFailedError):
            converter.convert(page, seconds=60)
    assert witness.calls == 0
