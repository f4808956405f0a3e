"""The rules for pictures in this process, where each branch can be watched."""

import pytest

from documents.guarded.images import check_image
from documents.guarded.refusal import RefusedInChildError
from tests.files import picture_of, png_claiming

LIMIT = 40_000_000


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_whole_picture_tells_its_sides(kind: str) -> None:
    told = check_image(picture_of(kind), kind=kind, max_pixels=LIMIT)
    assert told == ({"width": 20, "height": 10}, b"")


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"not a picture", "PNG", "IMAGE_TYPE"),
        (picture_of("JPEG"), "PNG", "IMAGE_TYPE"),
        (picture_of("JPEG", mode="CMYK"), "JPEG", "IMAGE_TYPE"),
        (png_claiming(50_000, 50_000), "PNG", "IMAGE_TOO_MANY_PIXELS"),
        (picture_of("JPEG", (400, 400))[:-300], "JPEG", "FILE_DAMAGED"),
    ],
)
def test_bad_picture_is_named(content: bytes, kind: str, code: str) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        check_image(content, kind=kind, max_pixels=LIMIT)
    assert caught.value.code == code
