"""SVG, IFC (STEP) and PDF changed as what they are: attributes, references, content streams."""

from __future__ import annotations

import random
import re
import zlib

NUMBERS = (b"nan", b"1e300", b"-1e300", b"0", b"-1", b"1e-300", b"inf", b"999999999999", b".", b"1e", b"")
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
TAG = re.compile(rb"<[^!?][^>]*>")
REFERENCE = re.compile(rb"#\d+")
TYPE = re.compile(rb"=\s*(IFC[A-Z0-9]+)")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
WORDS = (b"m", b"l", b"c", b"re", b"S", b"f", b"q", b"Q", b"cm", b"BI", b"EI", b"BDC", b"EMC", b"(", b")", b"<<", b"BT", b"Tj")
TRANSFORMS = (
    b"matrix(0 0 0 0 0 0)",
    b"scale(1e200)",
    b"rotate(nan)",
    b"translate()",
    b"scale(-1)",
    b"matrix(1 2 3)",
    b"skewX(90)",
)
ENTITY = b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


def _numbers(body: bytes, dice: random.Random) -> bytes:
    """Some numbers replaced."""
    found = list(NUMBER.finditer(body))
    made, at = [], 0
    for match in sorted(dice.sample(found, min(len(found), dice.choice((1, 5, 40)))), key=lambda m: m.start()):
        made += [body[at : match.start()], dice.choice((*NUMBERS, match[0] * 3, b"-" + match[0]))]
        at = match.end()
    return b"".join([*made, body[at:]])


def svg_mutant(body: bytes, dice: random.Random) -> bytes:
    """Attributes, elements, nesting, entities."""
    for _ in range(dice.choice((1, 3, 10))):
        action = dice.choice((0, 0, 0, 1, 2, 3, 4, 4, 5, 6) if dice.randrange(8) == 0 else (0, 1, 2, 3, 4, 4))
        tags = list(TAG.finditer(body))
        whole = [tag for tag in tags if tag[0].endswith(b"/>")]
        if action <= 1 or not tags:
            body = _numbers(body, dice)
        elif action == 2:
            tag = dice.choice(whole or tags)
            body = body[: tag.start()] + body[tag.end() :]
        elif action == 3:
            tag = dice.choice(whole or tags)
            at = dice.choice(whole or tags).start()
            body = body[:at] + tag[0] * dice.choice((1, 3, 200)) + body[at:]
        elif action == 4:
            tag = dice.choice(tags)
            name = tag.start() + len(tag[0].rstrip(b"/>").split(b" ")[0])
            body = body[:name] + b' transform="' + dice.choice(TRANSFORMS) + b'"' + body[name:]
        elif action == 5:
            depth, at = dice.choice((2, 300, 5000)), dice.choice(tags).start()
            body = body[:at] + b"<g>" * depth + b"</g>" * depth + body[at:]
        else:
            body = ENTITY + body.replace(b"</text>", dice.choice((b"&b;", b"&f;", b"&x;", b"")) + b"</text>", 3)
    return body


def step_mutant(body: bytes, dice: random.Random) -> bytes:
    """References, numbers, types, missing values and lines of a STEP file."""
    for _ in range(dice.choice((1, 3, 10, 40))):
        lines = body.split(b"\n")
        i, action = dice.randrange(len(lines)), dice.randrange(6)
        if action == 0:
            references = REFERENCE.findall(body)
            if references:
                lines[i] = REFERENCE.sub(lambda _, known=references: dice.choice(known), lines[i], count=dice.randrange(1, 3))
        elif action == 1:
            lines[i] = NUMBER.sub(lambda _: dice.choice(NUMBERS), lines[i], count=dice.randrange(1, 4))
        elif action == 2:
            types = TYPE.findall(body)
            if types:
                lines[i] = TYPE.sub(b"=" + dice.choice(types), lines[i])
        elif action == 3:
            lines[i] = re.sub(rb"\(([^()]*)\)", dice.choice((b"()", b"($)", b"($,$,$)", b"(*)")), lines[i], count=1)
        elif action == 4 and len(lines) > 3:
            del lines[i]
        else:
            lines.insert(i, lines[dice.randrange(len(lines))])
        body = b"\n".join(lines)
    return body


def pdf_mutant(body: bytes, dice: random.Random) -> bytes:
    """One content stream unpacked, changed and packed again, so that the change reaches the reader."""
    streams = list(STREAM.finditer(body))
    if not streams:
        return _numbers(body, dice)
    found = dice.choice(streams)
    content = found[1]
    try:
        content, packed = zlib.decompress(content), True
    except zlib.error:
        packed = False
    words = content.split(b" ")
    for _ in range(dice.choice((1, 5, 50))):
        i, action = dice.randrange(len(words)), dice.randrange(4)
        if action == 0:
            words[i] = dice.choice(WORDS)
        elif action == 1:
            words[i] = dice.choice(NUMBERS)
        elif action == 2 and len(words) > 2:
            del words[i]
        else:
            words[i:i] = words[dice.randrange(len(words)) :][: dice.choice((1, 20))]
    made = b" ".join(words)
    return body[: found.start(1)] + (zlib.compress(made) if packed else made) + body[found.end(1) :]
