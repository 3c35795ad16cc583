"""Services one by one: name, journey as a flow, its steps as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layouts.findings import BadInput
from planner.project import Project
from planner.ui import kit
from planner.ui.demand import edits
from planner.ui.demand.cells import NAME, NUMBER, SHARE, TEXT, named_from
from planner.ui.demand.flow import flow_svg, flow_text
from planner.ui.demand.sheet import Sheet
from planner.ui.names import Names, known_of_project
from planner.ui.roster.names import skill_cell
from planner.ui.session import Session


class ServicesPart:
    """One service at a time, chosen above its flow."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._chosen = kit.select(words("page.demand.service"), {}, width=360, sizing_mode=None, css_classes=["cl-service"])
        self._chosen.param.watch(lambda _: self._paint(), "value")
        self._name = kit.text_field(words("page.demand.service_name"), "", width=360, sizing_mode=None,
                                    css_classes=["cl-service-name"])  # fmt: skip
        self._name.param.watch(lambda e: self._rename(e.new), "value")
        self._completion = kit.text_field(words("page.demand.completion"), "", width=260, sizing_mode=None)
        self._completion.param.watch(lambda e: self._complete(e.new), "value")
        self._flow = kit.column()
        cells = {"bank": named_from({}), "skill": TEXT, "mean_min": NUMBER, "cv": NUMBER, "probability": SHARE}
        columns = {name: (words(f"page.demand.step.{name}"), cell) for name, cell in cells.items()}
        self._steps = Sheet(
            session, columns, "edit journey", self._edit_step, which=self._which_steps,
            add=lambda: edits.with_new_step(session.project, self._meant()), add_label=words("page.demand.step.add"),
            remove=lambda n: edits.without_step(session.project, self._meant(), n),
            earlier=lambda n: edits.with_step_moved(session.project, self._meant(), n, -1), css="cl-steps",
        )  # fmt: skip
        self._new_name = kit.text_field(
            words("page.demand.new_service"), "", width=360, sizing_mode=None, css_classes=["cl-new-service"]
        )
        add = kit.button(
            words("page.demand.add_service"), self._add, icon="add", kind="outlined", css_classes=["cl-add-service"]
        )
        self._gone = kit.button(
            words("page.demand.remove_service"),
            self._remove,
            icon="delete",
            kind="text",
            color="error",
            css_classes=["cl-remove-service"],
        )
        self._one = kit.card("", kit.row(self._name, self._completion, self._gone), self._flow, self._steps.view())
        self._none = kit.note(words("page.demand.no_services"), visible=False)
        self._overview = kit.column()
        self._body = kit.column(
            kit.row(self._chosen, self._new_name, add),
            self._none,
            self._one,
            kit.card(words("page.demand.all_services"), self._overview),
        )
        self._painting = False

    @property
    def _at(self) -> int:
        """Where the chosen service stands in the project."""
        return next((n for n, s in enumerate(self._session.project.services) if s.id == self._chosen.value), 0)

    def _meant(self) -> int:
        """Where the service stands that is seen; BadInput where another tab has removed it and this one still shows it."""
        found = next((n for n, s in enumerate(self._session.project.services) if s.id == self._chosen.value), None)
        if found is None:
            raise BadInput("page.stale", file=self._session.workspace.path.name)
        return found

    def _which_steps(self) -> tuple[Any, ...]:
        """The steps by service and bank: these have no names of their own."""
        service = next((s for s in self._session.project.services if s.id == self._chosen.value), None)
        return (self._chosen.value, *(step.bank for step in service.journey)) if service else ()

    def view(self) -> Any:
        return self._body

    def choose(self, service: str) -> None:
        """Show this one."""
        if service in self._chosen.options.values():
            self._chosen.value = service

    def refresh(self) -> None:
        """The project as it stands now."""
        project = self._session.project
        options = unlike({s.id: s.name for s in project.services})
        self._painting = True
        keep = self._chosen.value if self._chosen.value in options.values() else next(iter(options.values()), None)
        kit.refill(self._chosen, options, keep)
        self._painting = False
        self._paint()

    def _paint(self) -> None:
        if self._painting:
            return
        words, project = self._session.words, self._session.project
        self._none.visible = not project.services
        self._one.visible = bool(project.services)
        if not project.services:
            self._overview.objects = []
            return
        service = project.services[self._at]
        self._painting = True
        self._name.value, self._completion.value = service.name, f"{100 * service.completion:g}"
        self._painting = False
        self._flow.objects = [
            kit.image(
                flow_svg(project, service, words), flow_text(project, service, words), ground="none", css_classes=["cl-flow"]
            )
        ]
        self._steps.set_cell("bank", named_from({b.id: b.name for b in project.banks}))
        self._steps.set_cell("skill", skill_cell(project))
        self._steps.set_rows(
            [
                {"bank": s.bank, "skill": s.skill, "mean_min": s.time.mean_min, "cv": s.time.cv, "probability": s.probability}
                for s in service.journey
            ]
        )
        self._overview.objects = [self._all(project)]

    def _all(self, project: Project) -> Any:
        words = self._session.words
        busiest = {d.id: 0.0 for d in project.day_types}
        for a in project.arrivals:
            busiest[a.day_type] = busiest.get(a.day_type, 0.0) + a.persons
        day = max(busiest, key=lambda d: busiest[d], default="")
        names = Names(words.language, known_of_project(project))
        rows = [
            {
                "name": s.name,
                "journey": names.way(step.bank for step in s.journey),
                "minutes": words.minutes(sum(step.time.mean_min * step.probability for step in s.journey)),
                "persons": words.number(sum(a.persons for a in project.arrivals if a.service == s.id and a.day_type == day), 1),
            }
            for s in project.services
        ]
        columns = {name: words(f"page.demand.all.{name}") for name in ("name", "journey", "minutes", "persons")}
        ids = [s.id for s in project.services]
        return kit.table(
            columns, rows, on_click=lambda n: self.choose(ids[n]), numbers=("minutes", "persons"), css_classes=["cl-services"],
            wrap=("name", "journey"), widths={"name": "26%", "journey": "46%"}, sortable=False, **kit.EVEN,
        )  # fmt: skip

    def _edit_step(self, at: int, name: str, value: Any) -> Project:
        return edits.with_step(self._session.project, self._meant(), at, **{name: value})

    def _rename(self, name: str) -> None:
        place = self._session.words("page.demand.service_name")
        self._set(lambda: {"name": NAME.read(name, place)}, "rename service")

    def _complete(self, share: str) -> None:
        place = self._session.words("page.demand.completion")
        self._set(lambda: {"completion": SHARE.read(share, place)}, "completion")

    def _set(self, read: Callable[[], dict[str, Any]], label: str) -> None:
        """A field of the chosen service; what cannot be read is told, and the field goes back."""
        if self._painting or not self._session.project.services:
            return
        with self._session.told():
            try:
                changed = edits.with_row(self._session.project, "services", self._meant(), **read())
                self._session.workspace.change(changed, label)
            except BadInput:
                self._paint()
                raise

    def _add(self) -> None:
        words, project = self._session.words, self._session.project
        with self._session.told():
            if not project.banks:
                raise BadInput("page.demand.no_banks")
            name = NAME.read(self._new_name.value, words("page.demand.new_service"))
            changed = edits.new_service(project, name)
            self._session.workspace.change(changed, "add service")
            self._new_name.value = ""
            self.refresh()
            self.choose(changed.services[-1].id)

    def _remove(self) -> None:
        with self._session.told():
            if self._session.change(edits.without_row(self._session.project, "services", self._meant()), "remove service"):
                self._session.notify(self._session.words("page.demand.removed"), "info")


def unlike(names: dict[str, str]) -> dict[str, str]:
    """Name -> id for a list to choose from; things of the same name are told apart by their ids."""
    seen = list(names.values())
    return {name if seen.count(name) == 1 else f"{name} ({id_})": id_ for id_, name in names.items()}
