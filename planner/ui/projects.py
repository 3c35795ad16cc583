"""The page *Projects*: what is there, new ones from templates, copies, versions, coming and going of files."""

from __future__ import annotations

import contextlib
import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import panel as pn
import panel_material_ui as pmui

from layouts.findings import BadInput
from planner.project import Project, Site
from planner.source import SUFFIX, open_source
from planner.storage import create_document, open_document
from planner.templates import MINISTRIES, SIZES, make_file_from
from planner.templates.menus import VISITS_PER_DAY
from planner.ui import kit
from planner.ui.dialogs import versions_form
from planner.ui.home import Found, Home
from planner.ui.importing.uploads import nameless_if_refused, tell_refusals
from planner.ui.keys import Keys
from planner.ui.tables import Tables
from planner.ui.words import LANGUAGES, Words
from planner.ui.workspace import open_workspace

MOST_UPLOAD_MB = 50
BLANK = "blank"
CARD_WIDTH = 300
MOST_BINNED = 12


def languages() -> list[Any]:
    """The list in another language; projects opened from there are shown in it too."""
    white = {"color": "#ffffff"}
    return [
        pmui.Button(
            label=name, href=f"/?language={code}", variant="text", size="small", sx=white, css_classes=[f"cl-in-{code}"]
        )
        for code, name in LANGUAGES.items()
    ]


class ProjectsPage:
    """One tab on the list."""

    def __init__(self, home: Home, words: Words, trouble: str = "", carried: str = "") -> None:
        self.home = home
        self.words = words
        self._carried = carried.replace("?", "&", 1)
        self._cards = pn.FlexBox(gap="16px", sizing_mode=kit.WIDE, margin=(8, 16))
        self._bin = kit.column(margin=(8, 16))
        self._new = self._new_dialog()
        self._list = kit.column()
        self._versions = kit.dialog(words("page.projects.versions"), self._list, close=words("page.palette.close"))
        self._rename = self._copy_dialog()
        upload = kit.upload(
            words("page.projects.upload", most_mb=MOST_UPLOAD_MB), [SUFFIX], MOST_UPLOAD_MB, css_classes=["cl-upload"]
        )
        upload.param.watch(lambda e: self._take(upload), "value")
        tell_refusals(upload, self._refuse, (SUFFIX,), MOST_UPLOAD_MB)
        self._keys = keys = Keys(words=words, on_action=lambda _: None, on_dark=lambda: setattr(self.page, "dark_theme", True))
        dark = kit.icon_button(
            "contrast", words("page.action.dark"), lambda: setattr(self.page, "dark_theme", not self.page.dark_theme),
            on_bar=True, css_classes=["cl-dark"],
        )  # fmt: skip
        if pn.state.curdoc is not None:
            pn.state.curdoc.title = "Centreline"
            pn.state.curdoc.on_event("document_ready", lambda _: setattr(keys, "ready", True))
        self.page = kit.whole_page(
            title="Centreline",
            meta_title="Centreline",
            header=[pn.Row(pn.HSpacer(), *languages(), dark, sizing_mode=kit.WIDE)],
            main=[
                pn.Column(
                    *((kit.note(trouble, "error"),) if trouble else ()),
                    kit.row(
                        kit.heading(words("page.projects.title"), 1, sizing_mode=None),
                        pn.HSpacer(),
                        upload,
                        kit.button(words("page.projects.new"), self._ask_new, icon="add", css_classes=["cl-new"]),
                        margin=(16, 16, 0, 16),
                    ),
                    self._cards,
                    self._bin,
                    self._new,
                    self._versions,
                    self._rename,
                    keys,
                    Tables(words("page.unnamed")),
                    sizing_mode=kit.FULL,
                    scroll="y-auto",
                )
            ],
        )
        self.page.param.watch(lambda e: setattr(keys, "dark", bool(e.new)), "dark_theme")
        self.refresh()

    def refresh(self) -> None:
        """The list as it stands on the disk."""
        found = self.home.projects()
        empty = [kit.note(self.words("page.projects.none", folder=str(self.home.folder)))]
        self._cards.objects = [self._card(each) for each in found] or empty
        binned = self.home.binned()[:MOST_BINNED]
        self._bin.objects = [kit.heading(self.words("page.projects.in_bin"), 2), *map(self._binned, binned)] if binned else []

    def _binned(self, name: str) -> Any:
        stem = name.removesuffix(SUFFIX)
        back = kit.button(
            self.words("page.projects.take_back"), lambda: self._take_back(name), kind="text", icon="restore_from_trash",
            tip=self.words("page.projects.take_back_named", name=stem), css_classes=["cl-take-back"],
        )  # fmt: skip
        return kit.row(kit.text(stem, sizing_mode=None), back)

    def _take_back(self, name: str) -> None:
        with self._told():
            self.home.take_back(name)
        self.refresh()

    # -- one project ------------------------------------------------------------------------------------------------

    def _card(self, found: Found) -> Any:
        words = self.words
        when = datetime.datetime.fromtimestamp(found.changed_at).strftime("%Y-%m-%d %H:%M")
        stamp = f"{found.changed_at:.0f}"
        named = kit.safe_text(words("page.projects.open_named", name=found.path.stem))
        picture = pn.pane.HTML(
            f'<a href="/project?id={found.id}{self._carried}" aria-label="{named}">'
            f'<img src="/thumbnail?id={found.id}&v={stamp}" alt="" '
            'style="width:100%;height:170px;object-fit:contain;background:#fff;border-radius:4px;'
            f'{kit.ON_PAPER}"></a>',
            sizing_mode=kit.WIDE,
        )
        more = pmui.MenuButton(
            label=words("page.projects.more"),
            items=[
                {"id": "copy", "label": words("page.projects.duplicate"), "icon": "content_copy"},
                {"id": "versions", "label": words("page.projects.versions"), "icon": "history"},
                {"id": "bin", "label": words("page.projects.bin"), "icon": "delete"},
            ],
            variant="text",
            size="small",
        )
        more.on_click(lambda item: self._chosen(item, found))
        open_it = pmui.Button(
            label=words("page.projects.open"), href=f"/project?id={found.id}{self._carried}", variant="contained", size="small"
        )
        take = pmui.Button(label=words("page.projects.download"), href=f"/file?id={found.id}", variant="text", size="small")
        return pmui.Paper(
            pn.Column(
                picture,
                kit.heading(found.path.stem, 2),
                kit.text(words("page.projects.changed", when=when), kind="small"),
                kit.row(open_it, take, more, gap="4px"),
                margin=8,
                sizing_mode=kit.WIDE,
            ),
            variant="outlined",
            elevation=0,
            width=CARD_WIDTH,
            css_classes=["cl-project"],
        )

    def _chosen(self, item: Any, found: Found) -> None:
        action = item.get("id") if isinstance(item, dict) else None
        with self._told():
            if action == "copy":
                self._ask_copy(found)
            elif action == "versions":
                self._show_versions(found)
            elif action == "bin":
                self.home.throw_away(found.id)
                self.refresh()
                self._say("page.projects.binned", name=found.path.stem)

    # -- new --------------------------------------------------------------------------------------------------------

    def _new_dialog(self) -> Any:
        words = self.words
        self._name = kit.text_field(words("page.projects.name"), words("page.projects.name_default"))
        kinds = {words(f"page.ministry.{m}"): m for m in (*MINISTRIES, BLANK)}
        self._ministry = kit.select(words("page.projects.ministry"), kinds)
        self._size = kit.select(
            words("page.projects.size"), {words(f"page.size.{s}", visitors=VISITS_PER_DAY[s]): s for s in SIZES}, "medium"
        )
        self._create = kit.button(words("page.projects.create"), self._make, icon="add")
        fields = (self._name, self._ministry, self._size, kit.row(self._create))
        return kit.dialog(words("page.projects.new"), *fields, close=words("page.palette.close"), css_classes=["cl-new-box"])

    def _ask_new(self) -> None:
        self._new.open = True

    def _make(self) -> None:
        with self._told():
            path = make_project(self.home, self._name.value, self._ministry.value, self._size.value)
            self._new.open = False
            self._go(path)

    # -- copies, versions, uploads ----------------------------------------------------------------------------------

    def _copy_dialog(self) -> Any:
        words = self.words
        self._copy_name = kit.text_field(words("page.projects.name"))
        self._copy_of = ""
        return kit.dialog(
            words("page.projects.duplicate"), self._copy_name, kit.row(kit.button(words("page.projects.create"), self._copy)),
            close=words("page.palette.close"),
        )  # fmt: skip

    def _ask_copy(self, found: Found) -> None:
        self._copy_of = found.id
        self._copy_name.value = self.words("page.projects.copy_of", name=found.path.stem)
        self._rename.open = True

    def _copy(self) -> None:
        with self._told():
            self.home.duplicate(self._copy_of, self._copy_name.value)
            self._rename.open = False
            self.refresh()

    def _show_versions(self, found: Found) -> None:
        words = self.words
        workspace = open_workspace(found.path)

        def go(number: int) -> None:
            with self._told():
                workspace.go_back_to(number)
                self._versions.open = False
                self._go(found.path)

        self._list.objects = versions_form(workspace, words, go)
        self._versions.open = True

    def _take(self, upload: Any) -> None:
        """A project file from elsewhere: kept only when it opens."""
        body, name = upload.value, upload.filename
        if not body or not name:
            return
        with self._told(), nameless_if_refused(upload):
            take_file(self.home, str(name), bytes(body))
        self.refresh()

    def _refuse(self, error: BadInput) -> None:
        with self._told():
            raise error

    # -- telling ----------------------------------------------------------------------------------------------------

    def _go(self, path: Path) -> None:
        from planner.ui.home import project_id

        self._keys.visit(f"/project?id={project_id(path.resolve())}{self._carried}")

    def _told(self) -> Any:
        return Telling(self.words)

    def _say(self, code: str, **values: Any) -> None:
        if pn.state.notifications is not None:
            pn.state.notifications.success(self.words(code, **values), duration=6000)


class Telling:
    """Bad input inside becomes a message of the page."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if not isinstance(error, BadInput):
            return False
        if pn.state.notifications is not None:
            pn.state.notifications.error(self._words.of_input(error), duration=0)
        return True


def make_project(home: Home, name: str, ministry: str, size: str) -> Path:
    """A new project file from a template, or a blank one, under the name given."""
    path = home.free_path(name)
    if ministry == BLANK:
        create_document(path, blank(name.strip()), "new").close()
        return path
    make_file_from(ministry, size, path)
    document = open_document(path)
    try:
        site = replace(document.project.site, name=name.strip())
        document.save(replace(document.project, site=site), "name")
    finally:
        document.close()
    return path


def blank(name: str) -> Project:
    """A project in which everything is still to be said."""
    site = Site(name=name, ministry="")
    return Project(id="centre", site=site, plan=None, banks=(), services=(), day_types=(), arrivals=())


def take_file(home: Home, name: str, body: bytes) -> Path:
    """Keep a project that came from elsewhere under its own name; BadInput where it is too large or no project."""
    if len(body) > MOST_UPLOAD_MB * 2**20:
        raise BadInput("page.upload_too_large", file=name, most_mb=MOST_UPLOAD_MB)
    if Path(name).suffix != SUFFIX:
        raise BadInput("page.upload_wrong_kind", file=name, expected=SUFFIX)
    path = home.free_path(Path(name).stem)
    try:
        path.write_bytes(body)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise BadInput("document.unwritable", file=str(path), reason=error.strerror or "") from None
    try:
        with open_source(path):
            return path
    except BadInput as error:
        path.unlink(missing_ok=True)
        raise BadInput(error.code, file=name, place=error.place, **error.values) from None
