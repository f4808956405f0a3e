"""A PDF is made once of one content; another content, maker or file is another making."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.models import Event
from documents import made, making, store
from documents.conversion import converter_build
from documents.errors import ConverterMissingError
from documents.models import DocumentVersion, FileKind, MadeFile, StoredFile
from documents.proving import prove
from documents.services import DossierSpec, PartSpec, assemble_dossier, produce
from documents.specs import Product
from tests.files import pdf_of
from tests.papers import AT, CLERK, STREAM, VALUES, ask, publish

pytestmark = pytest.mark.django_db
COVER = {"title": "Hồ sơ", "code": "HS-2023-001", "unit": "Sở TT&TT", "campaign": "2023"}


def no_converter(*_args: object, **_facts: object) -> None:
    raise ConverterMissingError(command="apt-get install libreoffice-writer-nogui")


def produced(version: DocumentVersion) -> DocumentVersion:
    produce(version.pk)
    version.refresh_from_db()
    return version


def dossier_of(part: DocumentVersion, **changes: str) -> DocumentVersion:
    parts = (PartSpec(version_id=part.pk, title="Tờ trình", **changes),)
    order = DossierSpec(title="Hồ sơ", stream=STREAM, subject=STREAM, cover=COVER, parts=parts)
    return assemble_dossier(who=CLERK, at=AT, spec=order).versions.get()


@pytest.mark.soffice
def test_same_paper_and_same_dossier_are_made_once(
    monkeypatch: pytest.MonkeyPatch, store_dir: Path
) -> None:
    publish()
    first = produced(ask()[1])
    assert first.pdf is not None
    bound = produced(dossier_of(first))
    monkeypatch.setattr(making, "convert", no_converter)
    monkeypatch.setattr(making, "assemble", no_converter)
    with monkeypatch.context() as patch:
        patch.setattr(making, "render_docx", no_converter)
        assert produced(ask()[1]).pdf == first.pdf

    second = produced(ask()[1])
    assert (second.status, second.pdf, second.pages) == ("done", first.pdf, first.pages)
    assert produced(dossier_of(second)).pdf == bound.pdf
    told = Event.objects.filter(action="document.produced", data__pdf_sha256=first.pdf_id)
    assert {event.data["converter"] for event in told} == {converter_build()}

    assert produced(ask(must_contain=("Huỳnh Ngọc Mỹ",))[1]).error_code == "CONVERTER_MISSING"
    other = {**VALUES, "so": "06/TTr-STTTT"}
    assert produced(ask(values=other)[1]).error_code == "CONVERTER_MISSING"
    for change in ({"note": "Số 06"}, {"section": "Tập 2"}, {"check_url": "https://a.vn/x"}):
        assert produced(dossier_of(first, **change)).error_code == "CONVERTER_MISSING"

    with pytest.raises(ConverterMissingError):  # to prove is to make anew
        prove(first)

    store.path_of(first.pdf.sha256).chmod(0o600)
    store.path_of(first.pdf.sha256).write_bytes(b"damaged")
    assert produced(ask()[1]).error_code == "CONVERTER_MISSING"


@pytest.mark.soffice
def test_file_and_what_it_follows_from_are_kept_in_one_commit(
    monkeypatch: pytest.MonkeyPatch, store_dir: Path
) -> None:
    """A recipe that cannot be written leaves no row of the file; tried again, both are there."""
    publish()
    version = ask()[1]
    before = StoredFile.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(made, "keep", no_converter)
        with pytest.raises(ConverterMissingError):
            making.make(version, lambda _stage, _docx: None)
    assert (StoredFile.objects.count(), MadeFile.objects.count()) == (before, 0)
    making.make(version, lambda _stage, _docx: None)
    assert (StoredFile.objects.count(), MadeFile.objects.count()) == (before + 2, 2)


def test_first_of_two_makers_is_remembered() -> None:
    recipe = made.conversion_recipe("a" * 64, ["05/TTr"])
    assert made.product(recipe) is None
    one = Product(store.put(pdf_of(1), kind=FileKind.PDF), 1, "7.4")
    other = Product(store.put(pdf_of(2), kind=FileKind.PDF), 2, "7.4")
    made.keep(recipe, one.pdf, at=AT, pages=one.pages, converter=one.converter)
    made.keep(recipe, other.pdf, at=AT, pages=other.pages, converter=other.converter)
    assert made.product(recipe) == one
    assert str(MadeFile.objects.get()).startswith(recipe[:12])


def test_recipe_tells_apart_whatever_makes_another_pdf(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def recipes() -> set[str]:
        made._converter.cache_clear()
        made._assembler.cache_clear()
        made._renderer.cache_clear()
        return {
            made.rendering_recipe("a" * 64, "b" * 64, ""),
            made.conversion_recipe("a" * 64, []),
            made.assembly_recipe([["a" * 64]]),
        }

    seen = recipes()
    assert recipes() == seen
    assert made.rendering_recipe("b" * 64, "b" * 64, "") not in seen
    assert made.rendering_recipe("a" * 64, "a" * 64, "") not in seen
    assert made.rendering_recipe("a" * 64, "b" * 64, "VÍ DỤ") not in seen
    assert made.conversion_recipe("b" * 64, []) not in seen
    assert made.conversion_recipe("a" * 64, ["x"]) not in seen
    assert made.assembly_recipe([["b" * 64]]) not in seen
    fonts = tmp_path / "fonts"
    (fonts / "truetype").mkdir(parents=True)
    monkeypatch.setattr(made, "_FONTS", fonts)
    for change in (
        lambda: (fonts / "truetype" / "new.ttf").write_bytes(b"1"),
        lambda: monkeypatch.setattr(made, "_OFFICE", tmp_path),
        lambda: monkeypatch.setattr(made, "_ROOM", tmp_path),
        lambda: monkeypatch.setattr(made, "version_of", lambda _name: "0"),
    ):
        before = recipes()
        change()
        assert recipes() != before
    monkeypatch.undo()
    assert recipes() == seen
