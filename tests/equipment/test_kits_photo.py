"""A photo is a real picture, drawn anew and small; anything else is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from equipment.rules import photos
from equipment.rules.photos import NoPhoto, NotAPhoto, PhotoTooBig, photo_of


def picture(kind="JPEG", size=(64, 48), mode="RGB", **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, (180, 60, 20, 0)[: len(mode)]).save(out, kind, **more)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_picture_becomes_a_jpeg(kind):
    kept = photo_of(picture(kind))
    assert kept.media_type == "image/jpeg"
    assert (opened(kept.content).format, opened(kept.content).size) == ("JPEG", (64, 48))


def test_a_large_one_is_made_small_in_proportion():
    assert opened(photo_of(picture(size=(4000, 2000))).content).size == (1280, 640)
    assert opened(photo_of(picture("PNG", size=(1000, 3000))).content).size == (427, 1280)


def test_where_it_was_taken_is_left_out_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home"
    kept = photo_of(picture(exif=exif.tobytes()))
    assert opened(kept.content).size == (48, 64)
    assert not opened(kept.content).getexif()
    assert b"taken at home" not in kept.content


def test_what_hides_behind_a_picture_is_left_out():
    assert b"<script>" not in photo_of(picture() + b"<script>alert(1)</script>").content


def test_what_is_transparent_becomes_white():
    assert opened(photo_of(picture("PNG", mode="RGBA")).content).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK"])
def test_grey_and_printers_colours_are_read_too(mode):
    out = BytesIO()
    Image.new(mode, (20, 20)).save(out, "PNG" if mode != "CMYK" else "JPEG")
    assert opened(photo_of(out.getvalue()).content).mode == "RGB"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 60,
        b"\xff\xd8\xff\xe0" + b"not a photo" * 9,
        b"GIF89a" + b"\x00" * 40,
        b"%PDF-1.4",
        picture()[:200],
        picture("GIF"),
        picture("BMP"),
    ],
    ids=["svg", "png-head", "jpeg-head", "gif-head", "pdf", "cut", "gif", "bmp"],
)
def test_what_only_looks_like_one_is_refused(content):
    with pytest.raises(NotAPhoto):
        photo_of(content)


def test_nothing_is_no_photo():
    with pytest.raises(NoPhoto):
        photo_of(b"")


def test_too_many_bytes_are_not_even_opened():
    with pytest.raises(PhotoTooBig):
        photo_of(b"x" * (photos.MOST_BYTES + 1))


def test_a_small_file_that_unfolds_into_a_wall_is_not_unpacked():
    with pytest.raises(PhotoTooBig):
        photo_of(picture("PNG", size=(8000, 6000), mode="L"))
