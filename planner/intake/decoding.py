"""Bytes of a table in an unknown encoding as text, and what stands between its cells."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter

from layouts.findings import BadInput
from planner.files import place_of
from planner.intake.headings import kinds, plain_heading, table

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SINGLE_BYTE = ("cp1252", "cp1250", "cp1256", "iso-8859-6", "iso-8859-2", "latin-1")
"""Tried when the file is not UTF-8. All but the last refuse some bytes; what is read is judged by its words."""
DELIMITERS = ",;\t|"
LOOKED_AT_BYTES = 64 * 1024
LEAST_ZEROS = 0.1  # of the bytes on one side, in UTF-16 that has no mark
LOOKED_AT_ROWS = 40
USUAL_SIGNS = set("ąćęłńóśźżäöüßéèêàâçîïôûùœĄĆĘŁŃÓŚŹŻÄÖÜÉÈÊÀÂÇ°€’–«»")


def decoded(body: bytes, file: str, encoding: str = "") -> tuple[str, str]:
    """The text and the encoding it was read in: as given, by its mark, UTF-8 where it holds, else the likeliest."""
    if encoding:
        return _as(body, encoding, file), encoding
    for mark, name in MARKS:
        if body.startswith(mark):
            return _as(body, name, file), name
    if name := _unmarked(body):
        return _as(body, name, file), name
    if b"\0" in body[:LOOKED_AT_BYTES]:
        raise BadInput("intake.not_text", file=file, place=place_of(body, body.index(0)))
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_wrong = error.start
    scored = sorted(
        ((_likeness(text), -n, name) for n, name in enumerate(SINGLE_BYTE) if (text := _read(body, name)) is not None),
        reverse=True,
    )
    if not scored or scored[0][0] <= 0.0:
        raise BadInput("intake.unknown_encoding", file=file, place=place_of(body, first_wrong))
    name = scored[0][2]
    return body.decode(name), name


def _unmarked(body: bytes) -> str:
    """Which UTF-16 a text without a mark is written in, if any.

    Signs, digits and line ends have a zero byte there, on one side always; letters of other scripts have none, so that they are
    a part of the whole, and a text of one byte a letter has none at all. Few letters (一) have one on the other side.
    """
    upper, lower = body[0:LOOKED_AT_BYTES:2].count(0), body[1:LOOKED_AT_BYTES:2].count(0)
    many, few, name = (upper, lower, "utf-16-be") if upper > lower else (lower, upper, "utf-16-le")
    pairs = min(len(body), LOOKED_AT_BYTES) // 2
    if len(body) % 2 or many < LEAST_ZEROS * pairs or few > many / 10:
        return ""
    text = _read(body, name)
    return name if text and not any(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\r\n\t" for c in text) else ""


def delimiter_of(text: str) -> str:
    """The sign that cuts the first rows into the most equal numbers of cells; a comma where there is one column only."""
    best, score = ",", 0.0
    for sign in DELIMITERS:
        reader = csv.reader(io.StringIO("\n".join(text.splitlines()[:LOOKED_AT_ROWS])), delimiter=sign)
        try:
            counts = Counter(len(row) for row in reader if any(cell.strip() for cell in row))
        except csv.Error:
            continue  # this sign cuts no rows; another one may
        if not counts:
            continue
        cells, often = max(counts.items(), key=lambda each: (each[1], each[0]))
        if cells > 1 and often * min(cells, 12) > score:
            best, score = sign, often * min(cells, 12)
    return best


def _as(body: bytes, encoding: str, file: str) -> str:
    try:
        return body.decode(encoding)
    except LookupError:
        raise BadInput("intake.no_such_encoding", file=file, place="--encoding", given=encoding) from None
    except UnicodeDecodeError as error:
        raise BadInput("intake.not_in_encoding", file=file, place=place_of(body, error.start), given=encoding) from None


def _read(body: bytes, encoding: str) -> str | None:
    try:
        return body[:LOOKED_AT_BYTES].decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """How like writing a reading looks: known headings count most, then Arabic words and the usual signs of Latin ones."""
    if any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" for c in text):
        return -1.0
    first = text.splitlines()[:LOOKED_AT_ROWS]
    sign = delimiter_of(text)
    known = {plain_heading(h) for kind in kinds() for names in table()[kind]["roles"].values() for h in names}
    headings = sum(plain_heading(cell) in known for line in first[:20] for cell in line.split(sign) if not cell.isascii())
    strange = [c for c in text if not c.isascii()]
    if not strange:
        return 0.0
    arabic = sum("\u0600" <= c <= "\u06ff" for c in strange)
    words = sum(_all_of_one_script(word) for line in first for word in line.replace(sign, " ").split() if not word.isascii())
    usual = sum(c in USUAL_SIGNS for c in strange)
    return 50.0 * headings + (max(arabic, usual) + 0.1 * words) / len(strange)


def _all_of_one_script(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
    return arabic in (0, len(letters))
