"""Pictures, in the child: they open, they are what they say, and they are not a flood."""

import io

from PIL import Image, ImageFile

from documents.guarded.refusal import RefusedInChildError

_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})  # CMYK prints wrongly, refuse and say so
_MILLION = 1_000_000
ImageFile.LOAD_TRUNCATED_IMAGES = False


def check_image(body: bytes, *, kind: str, max_pixels: int) -> tuple[dict[str, int], bytes]:
    """Return width and height in pixels of a whole PNG or JPEG.

    Refuses: IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS (read from the header, before unpacking),
    FILE_DAMAGED.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, has its own refusal
    try:
        picture = Image.open(io.BytesIO(body), formats=[kind])
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedInChildError("IMAGE_TYPE") from error
    width, height = picture.size
    if width * height > max_pixels:
        pixels, limit = -(-width * height // _MILLION), max_pixels // _MILLION
        raise RefusedInChildError("IMAGE_TOO_MANY_PIXELS", pixels=pixels, limit=limit)
    if picture.mode not in _MODES or getattr(picture, "is_animated", False):
        raise RefusedInChildError("IMAGE_TYPE")
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedInChildError("FILE_DAMAGED") from error
    return {"width": width, "height": height}, b""
