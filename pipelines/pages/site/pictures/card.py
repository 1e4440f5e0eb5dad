"""The picture that other sites show beside a link to this one: the package's name and its first picture."""

import io
import re

from PIL import Image, ImageColor, ImageDraw, ImageFont

from pipelines.pages.site.pictures.drawing import INK, PAPER, folded
from pipelines.pages.site.pictures.picture import WIDE, Picture

SIZE, MARGIN, TOP = (1200, 630), 40, 190
SHAPE = re.compile(r"<(line|rect|circle) ([^>]*)/>")
WORDS = re.compile(r"<text ([^>]*)>([^<&]*)</text>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def card(name: str, picture: Picture) -> bytes:
    """A PNG of 1200 × 630, the same bytes for the same package. Its font has Latin letters only."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    for row, words in enumerate([name, *folded(picture.title.en, 34, SIZE[0])][:3]):
        size = 30 if row == 0 else 44
        draw.text((MARGIN, MARGIN + 48 * row), words, INK, ImageFont.load_default(size))
    svg = str(picture.draw("en", WIDE))

    def at(x: float, y: float) -> tuple[float, float]:
        return MARGIN + x, TOP + y

    for kind, written in SHAPE.findall(svg):
        has = dict(ATTRIBUTE.findall(written))
        place = {key: float(value) for key, value in has.items() if key not in ("fill", "stroke")}
        fill, stroke = (_colour(has.get(key, "none")) for key in ("fill", "stroke"))
        if kind == "line":
            ends = (at(place["x1"], place["y1"]), at(place["x2"], place["y2"]))
            draw.line(ends, stroke, round(place["stroke-width"]))
        elif kind == "rect":
            corner = at(place["x"] + place["width"], place["y"] + place["height"])
            draw.rectangle((*at(place["x"], place["y"]), *corner), fill, stroke)
        else:
            draw.circle(at(place["cx"], place["cy"]), place["r"], fill, stroke, round(place["stroke-width"]))
    for written, words in WORDS.findall(svg):
        has = dict(ATTRIBUTE.findall(written))
        if words.isascii():
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[has["text-anchor"]]
            font = ImageFont.load_default(float(has["font-size"]))
            draw.text(at(float(has["x"]), float(has["y"])), words, has["fill"], font, anchor)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _colour(written: str) -> tuple[int, ...] | None:
    return None if written == "none" else ImageColor.getrgb(written)
