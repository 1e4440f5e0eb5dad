"""Draws shapes and words at given coordinates, as pieces of inline SVG, escaped."""

from markupsafe import Markup

PAPER, INK, MUTED, RULE, ACCENT, PALE = "#fbfaf7", "#1f1d1a", "#5f5a51", "#d9d4c8", "#1c5a63", "#bcd1d0"


def drawing(width: float, height: float, title: str, pieces: list[Markup]) -> Markup:
    """A picture that a screen reader announces by its title; what it shows stands in the table beside it."""
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(
        "wide" if width > 600 else "narrow",
        short(width),
        short(height),
        short(width),
        short(height),
        title,
        Markup("").join(pieces),
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    fill: str = INK,
    anchor: str = "start",
    weight: int = 400,
    turn: float = 0,
) -> Markup:
    """Words whose baseline starts, has its middle or ends (`anchor`) at a point, turned by degrees."""
    turned = Markup(' transform="rotate({} {} {})"').format(short(turn), short(x), short(y)) if turn else ""
    return Markup(
        '<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}" font-weight="{}"{}>{}</text>'
    ).format(short(x), short(y), short(size), fill, anchor, weight, turned, words)


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, width: float = 1) -> Markup:
    """A straight line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>').format(
        short(x1), short(y1), short(x2), short(y2), stroke, short(width)
    )


def box(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> Markup:
    """A rectangle, its upper left corner at the point."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>').format(
        short(x), short(y), short(max(width, 0)), short(height), fill, stroke
    )


def dot(x: float, y: float, radius: float, *, fill: str, stroke: str = "none", width: float = 1) -> Markup:
    """A circle round the point."""
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>').format(
        short(x), short(y), short(radius), fill, stroke, short(width)
    )


def breadth(words: str, size: float) -> float:
    """About how wide words are when printed: a Chinese character is as wide as it is high."""
    return sum(1.0 if character > "\u2e7f" else 0.57 for character in words) * size


def folded(words: str, size: float, room: float) -> list[str]:
    """Words broken into lines that fit the room: English between words, Chinese anywhere.

    >>> folded("Regulation, standards and management systems", 12, 150)
    ['Regulation, standards', 'and management', 'systems']
    """
    parts = words.split(" ") if " " in words else list(words)
    glue = " " if " " in words else ""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = lines[-1] + glue + part
        if breadth(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def clipped(words: str, size: float, room: float) -> str:
    """Words cut where the room ends.

    >>> clipped("Opinions on Green Urban and Rural Development", 12, 150), clipped("Wuhan", 12, 150)
    ('Opinions on Green Ur…', 'Wuhan')
    """
    if breadth(words, size) <= room:
        return words
    while words and breadth(words, size) + size > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def short(number: float) -> str:
    """A coordinate to a tenth, the same on every machine.

    >>> short(3), short(2.50001), short(-0.04)
    ('3', '2.5', '0')
    """
    return f"{round(number + 0.0, 1):g}" if abs(number) >= 0.05 else "0"
