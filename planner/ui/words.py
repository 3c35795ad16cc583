"""What the page says: sentences by code in the reader's language, numbers and dates as people read them.

    words = Words("en");  words("page.save.done", time="10:42");  words.number(1234.5, 1);  words.share(0.82)

Texts come from exports/words/*.<language>.toml; what nobody has translated is said in English. A text is plain: hand it
to labels as it is, to anything that reads HTML through `kit.safe_text`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports.words import direction, knows, people_s_unit, say, sentence_for_input, unit_in
from layouts.findings import BadInput
from planner.ui.names import Names
from solvers.times import clock

WRITER = re.compile(r"(.+), process (\d+), since (\d[\d:T+-]+)")
PRODUCT = "Centreline"
LANGUAGES = {"en": "English", "ar": "العربية"}
OF_A_FILE = ("import", "underlay")  # steps that name a file
OUR_SOURCES = ("page.source.rates",)
PATH = re.compile(r"/|[A-Za-z]:[\\/]|\\\\")  # how the whole path of a file begins


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    language: str = "en"

    def __call__(self, code: str, **values: Any) -> str:
        """The sentence of `code` with its values."""
        return say(on_page(code), {name: self._in_order(value) for name, value in values.items()}, self.language)

    def _in_order(self, value: Any) -> Any:
        """Among Arabic words the first slash of a path would go to its end."""
        return self._apart(value) if isinstance(value, str) and PATH.match(value) else value

    def _apart(self, text: str) -> str:
        """Read from the left whatever stands round it."""
        return f"\u2066{text}\u2069" if self.direction == "rtl" else text

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    def of_input(self, error: BadInput) -> str:
        """What is wrong with what people gave."""
        told = dict(error.values)
        if "owner" in told:
            told["owner"] = self.writer(str(told["owner"]))
        told = {name: self._in_order(value) for name, value in told.items()}
        file = self._in_order(error.file)
        return sentence_for_input(BadInput(on_page(error.code), file=file, place=error.place, **told), self.language)

    def writer(self, told: str) -> str:
        """Who holds a file, as its lock names them: since when as people write it."""
        found = WRITER.fullmatch(told)
        return self("page.writer", who=found[1], process=found[2], since=self.moment(found[3])) if found else told

    def of_finding(self, finding: Mapping[str, Any], names: Names | None = None) -> str:
        """The sentence of a finding as JSON data, its parts by name where names are known."""
        told = {k: finding.get(k) for k in ("measured", "required", "unit", "clause", "profile", "edition")}
        unit = told["unit"] or ""
        told |= {k: people_s_unit(told[k], unit)[0] for k in ("measured", "required")}
        told["unit"] = people_s_unit(None, unit)[1]
        places, values = finding.get("where") or (), finding.get("values") or {}
        where = names.where(places) if names else ", ".join(places)
        code = on_page(finding["code"])
        return say(code, {**told, "where": where, **(names.values(values) if names else values)}, self.language)

    def known(self, code: str, otherwise: str) -> str:
        """The word of a code where there is one, for names that a catalogue may or may not have."""
        return say(code, {}, self.language) if knows(code) else otherwise

    def known_with(self, code: str, values: Mapping[str, Any]) -> str:
        """The sentence of a code that may lack words or values of its own: then the code itself."""
        try:
            return say(on_page(code), dict(values), self.language) if knows(code) else code
        except KeyError:
            return code

    def source(self, told: str) -> str:
        """Where a figure comes from, in the reader's language where it is a sentence of ours; else as people wrote it."""
        ours = next((code for code in OUR_SOURCES if say(code, {}, "en") == told), None)
        return say(ours, {}, self.language) if ours else told

    def label(self, told: str) -> str:
        """A step of the history: its words where it is a code or a label of ours, else as it is."""
        kind, _, name = told.partition(" ")
        if kind in OF_A_FILE and name:
            return self(f"page.step.{kind}", name=name)
        return self.known(told, self.known(f"page.step.{told.replace(' ', '_')}", told))

    def number(self, value: float | None, digits: int = 0) -> str:
        """1,234.5; nothing as a dash."""
        return "–" if value is None else self._isolated(f"{value:,.{digits}f}")

    def part(self, count: int, whole: int) -> str:
        """2 / 10, which among Arabic words would read as ten of two."""
        return self._apart(f"{self.number(count)} / {self.number(whole)}")

    def change(self, value: float, digits: int = 0) -> str:
        """+1.2 or -1.2."""
        return self._isolated(f"{value:+,.{digits}f}")

    def _isolated(self, number: str) -> str:
        """Among Arabic words a sign would go to the other side of its number; isolated it stays before it."""
        return self._apart(number) if number[:1] in "+-" else number

    def share(self, value: float | None, digits: int = 0) -> str:
        """0.82 as 82 %; among Arabic words without a gap, which would send the sign to the other side of the number."""
        sign = "٪" if self.direction == "rtl" else " %"
        return "–" if value is None else f"{100 * value:.{digits}f}{sign}"

    def minutes(self, value: float | None) -> str:
        """12.3 min."""
        return "–" if value is None else self("page.unit.minutes", value=f"{value:.1f}")

    def money(self, value: float | None, currency: str) -> str:
        """12,000 USD."""
        return "–" if value is None else f"{value:,.0f} {currency}"

    def measure(self, value: float | None, unit: str) -> str:
        """1,234 mm; nothing as nothing."""
        if value is None:
            return ""
        value, unit = (value / 1e6, "m2") if unit == "mm2" else (value, unit)
        digits = 0 if float(value).is_integer() or abs(value) >= 100 else 2
        return f"{value:,.{digits}f} {unit_in(unit, self.language)}".rstrip()

    def bytes(self, value: int) -> str:
        """1,234 kB."""
        return f"{value / 1000:,.0f} kB" if value >= 1000 else f"{value} B"

    def clock(self, minutes: float) -> str:
        """Minutes after midnight as 08:30."""
        return clock(minutes)

    def time_of(self, stamp: str) -> str:
        """An ISO moment in UTC as hours and minutes here."""
        return datetime.datetime.fromisoformat(stamp).astimezone().strftime("%H:%M")

    def moment(self, stamp: str) -> str:
        """An ISO moment in UTC as date and time here."""
        return self._apart(datetime.datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M"))


def on_page(code: str) -> str:
    """The code of what the page says where a sentence names a command or a file: where on the page it is done."""
    instead = f"page.instead.{code}"
    return instead if knows(instead) else code
