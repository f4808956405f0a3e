"""The test that a worker makes of its own sandbox before it takes work (facts F8, F9).

A document that links a picture on a local server and a picture on the local disk is converted.
If the server hears of it, or a picture shows in the PDF, no foreign document may be converted.
"""

import io
import socket
import threading
import zipfile
from typing import Self

from documents.conversion.converter import Converter
from documents.errors import ConvertFailedError, SandboxNotTightError

LOCAL_PICTURE = "/usr/lib/libreoffice/program/intro.png"
SECONDS = 60.0
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PIC = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
    '<wp:docPr id="{n}" name="p{n}"/><a:graphic><a:graphicData uri='
    '"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{n}" name="p{n}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:link="rId{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def linking_docx(targets: list[str]) -> bytes:
    """Return a .docx that shows a linked picture for each URL."""
    numbers = range(1, len(targets) + 1)
    pictures = "".join(_PICTURE.replace("{n}", str(n)) for n in numbers)
    body = f"<w:document {_W} {_R} {_WP} {_A} {_PIC}><w:body>{pictures}</w:body></w:document>"
    space = "http://schemas.openxmlformats.org/package/2006/"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_IMAGE}" Target="{target}" TargetMode="External"/>'
        for n, target in zip(numbers, targets, strict=True)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}relationships">'
        f'<Relationship Id="rId1" Type="{_MAIN}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": body,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}relationships">'
        f"{links}</Relationships>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


class Witness:
    """A listener on the loopback that counts who calls; used as a context manager."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x.png"
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return  # closed
            self.calls += 1
            caller.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def leaks(converter: Converter) -> str:
    """Return what the converter let out while it converted the linking document; "" is tight."""
    with Witness() as witness:
        document = linking_docx([witness.url, f"file://{LOCAL_PICTURE}"])
        try:
            pdf = converter.convert(document, seconds=SECONDS)
        except ConvertFailedError:
            pdf = b""  # refusing the document altogether is tight
    if witness.calls:
        return witness.url
    return LOCAL_PICTURE if b"/Subtype/Image" in pdf else ""


def self_test(converter: Converter) -> None:
    """Raise SandboxNotTightError when the converter reaches the network or a foreign file."""
    leaked = leaks(converter)
    if leaked:
        raise SandboxNotTightError(detail=leaked)
