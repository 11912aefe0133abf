"""The photo of a kit: a real picture, small enough for a page, and without what the camera wrote into it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from foundation.errors import Refused
from foundation.i18n import _l

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""A telephone's largest pictures; a file that claims more is not unpacked."""
FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 1280
LONGEST_ALT = 160
MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True)
class Photo:
    """What is kept and served."""

    content: bytes
    media_type: str


class NoPhoto(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a photo."), "photo")


class NotAPhoto(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This is not a photo that can be shown. Send a JPEG, PNG or WebP picture."), "photo")


class PhotoTooBig(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The photo is too big: 8 MB at most."), "photo")


def photo_of(content: bytes) -> Photo:
    """The picture in `content`, whatever its name said it was, as a JPEG of at most 1280 pixels a side.

    It is drawn anew: the place where it was taken, and anything hidden behind it, is left out.

    Raises:
        NoPhoto, PhotoTooBig, NotAPhoto
    """
    if not content:
        raise NoPhoto
    if len(content) > MOST_BYTES:
        raise PhotoTooBig
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoTooBig
            return Photo(_drawn_anew(picture), MEDIA_TYPE)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error


def _drawn_anew(picture: Image.Image) -> bytes:
    picture.draft("RGB", (SIDE, SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((SIDE, SIDE))
    seen = upright.convert("RGBA")
    page = Image.new("RGB", seen.size, "white")
    page.paste(seen, mask=seen.getchannel("A"))
    out = BytesIO()
    page.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
