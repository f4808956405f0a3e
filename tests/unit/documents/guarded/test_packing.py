"""A zip made again with some members new is the zip that zipfile itself would write."""

import io
import zipfile

from documents.guarded.packing import Packed
from documents.guarded.papers import same_bytes


def package(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return same_bytes(out.getvalue())


MEMBERS = {"a.xml": b"<a/>" * 500, "đơn vị.xml": b"x", "empty": b"", "z": bytes(range(256)) * 40}


def test_nothing_exchanged_is_the_same_zip() -> None:
    packed = Packed(package(**MEMBERS))
    assert packed.exchanged({}) == package(**MEMBERS)
    assert packed.names() == MEMBERS.keys()


def test_exchanged_members_are_written_as_zipfile_writes_them() -> None:
    new = {"a.xml": b"<b>" + b"dai" * 9_000, "empty": b"no more"}
    assert Packed(package(**MEMBERS)).exchanged(new) == package(**{**MEMBERS, **new})


def test_one_zip_serves_many_times() -> None:
    packed = Packed(package(**MEMBERS))
    packed.exchanged({"z": b"first"})
    assert packed.exchanged({"z": b"second"}) == package(**{**MEMBERS, "z": b"second"})
