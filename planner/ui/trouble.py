"""Why nothing fits, said in order, with what helps: one click makes the change and lets the search begin again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planner.remedies import PAGES, Remedy, pages_to_see, remedies, unsettled
from planner.ui import kit
from planner.ui.names import Names, known_of_layout
from planner.ui.session import Session
from planner.ui.wishes import names_of_modules, sentence_of

UNITS = {"m2": "m²", "m3": "m³"}
Longer = tuple[float, Callable[[], None]]


class Trouble:
    """One for a tab. `again` starts the search; `longer` tells for how many seconds it may be tried next and starts that, or
    None where it cannot be tried longer."""

    def __init__(self, session: Session, again: Callable[[], None], longer: Callable[[], Longer | None] = lambda: None) -> None:
        self._session, self._again, self._longer = session, again, longer
        self._body = kit.column(css_classes=["cl-trouble"])

    def view(self) -> Any:
        return self._body

    def clear(self) -> None:
        """Nothing is wrong."""
        if self._body.objects:
            self._body.objects = []

    def say(self, sentence: str, severity: str = "error") -> None:
        """One sentence."""
        self._body.objects = [kit.note(sentence, severity)]

    def explain(self, status: str, reasons: list[dict[str, Any]]) -> None:
        """The reasons of an answer without a layout, and a button for whatever one change settles."""
        words, project = self._session.words, self._session.project
        layout = project.accepted.layout if project.accepted else None
        wishes = {w.id: sentence_of(w, names_of_modules(project, None), words) for w in project.wishes}
        names = Names(words.language, known_of_layout(project, layout, words.language) | wishes)
        lines = [words(part["code"], **names.values(plain_units(part["values"]))) for part in reasons]
        found = remedies(project, reasons)
        longer = self._longer() if status == "unknown" else None
        for n in unsettled(reasons, project, found):
            lines[n] += self._no_remedy(reasons[n]["code"], longer)
        helps = [self._button(r, names) for r in found if r.tried]
        may_help = [self._button(r, names) for r in found if not r.tried]
        if longer is not None:
            label = words("page.layout.longer", seconds=f"{longer[0]:g}")
            may_help.append(kit.button(label, longer[1], icon="timer", kind="outlined", css_classes=["cl-remedy", "cl-longer"]))
        pages = [self._to(page) for page in pages_to_see(reasons)]
        self._body.objects = [
            kit.note(words(_told(status, bool(lines))), "warning"),
            *([kit.bullets(lines)] if lines else []),
            *([kit.heading(words("page.layout.what_helps"), 3), kit.row(*helps)] if helps else []),
            *([kit.heading(words("page.layout.may_help"), 3), kit.row(*may_help)] if may_help else []),
            *([kit.row(*pages)] if pages else []),
        ]

    def _button(self, remedy: Remedy, names: Names) -> Any:
        words = self._session.words
        return kit.button(
            words(remedy.code, **names.values(remedy.values)), lambda: self._take(remedy), icon="build", kind="outlined",
            css_classes=["cl-remedy", f"cl-{remedy.code.replace('.', '-')}"],
        )  # fmt: skip

    def _no_remedy(self, code: str, longer: Longer | None) -> str:
        """That one click does not settle it, and where it can be mended."""
        words = self._session.words
        if code == "placement.not_proven" and longer is not None:
            return ""
        if code not in PAGES:
            return " " + words("page.layout.no_remedy")
        return " " + words("page.layout.no_remedy_but", page=words(f"page.{PAGES[code]}.title"))

    def _to(self, page: str) -> Any:
        words = self._session.words
        label = words("page.action.go", page=words(f"page.{page}.title"))
        return kit.button(label, lambda: self._session.go_to(page, None), kind="text")

    def _take(self, remedy: Remedy) -> None:
        with self._session.told():
            if self._session.change(remedy.make(self._session.project), "page.step.remedy"):
                self.clear()
                self._again()


def _told(status: str, named: bool) -> str:
    """A sentence that promises a list of reasons only where one follows."""
    return f"page.layout.none.{status}" if named or status != "unknown" else "page.layout.none.unknown_why"


def plain_units(values: Mapping[str, Any]) -> dict[str, Any]:
    """The unit of a reason as people write it: m², where data says m2."""
    return {name: UNITS.get(value, value) if name == "unit" else value for name, value in values.items()}
