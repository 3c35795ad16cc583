"""The check that follows the hand: built once from a layout, asked again while something is moved.

    live = live_check(level, layout, programme, access=profile("iraq-default"), egress=profile("ibc-2021"))
    live.findings                                   all findings of access, routes and egress, as `check_access`
                                                    and `check_egress` give them, in their order
    live.routes                                     the routes visitors walk, with their narrowest points
    after = live.moved(shifted(item, dx_mm=300))    the check of the layout with these items standing elsewhere
    after.findings                                  equal to those of a new live_check of the changed layout
    live.moved(…, dragging=True)                    the same, but the ways out of the building (travel, common path, dead
                                                    ends: the whole floor) are told as not checked until it is let go
    live.of(layout)                                 the check of another layout of the level, areas of staff and all
    after.news(live)                                only what the move brought about: new failures, and failures mended

`live` is never changed: while a thing is dragged, ask `live.moved(...)` of the check the drag began with; when it is let
go, keep the answer. `moved` takes whole items, so that a bank or an island is dragged by giving all of its items;
`shifted` carries an item's polygon, insert, clear zones and rotation along; `live.item(id)` finds one. Items
that are new to the layout are added, `taken=("id", …)` takes items away.

A failing finding tells `measured` and `required` in `unit`, `clause`, `profile`, `where`, and `witness`: the geometry
that shows it (see `layouts.findings.Witness`). Nothing here draws, waits or writes; a call is safe from any thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from layouts.access import access_findings
from layouts.access_question import AccessQuestion
from layouts.egress import EgressQuestion, check_egress
from layouts.findings import Finding
from layouts.ground import Ground
from layouts.layout import Item, LevelLayout, Route
from layouts.plan import Level, Point, Ring
from layouts.programme import Programme
from layouts.standards import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a move brought about: failures that were not there before, and failures that are gone."""

    failing: tuple[Finding, ...]
    mended: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCheck:
    """One layout, checked; and what is needed to check it again quickly when something moves."""

    level: Level
    layout: LevelLayout
    programme: Programme
    access: Profile
    egress: Profile | None
    ground: Ground
    findings: tuple[Finding, ...]
    routes: tuple[Route, ...]

    def item(self, item_id: str) -> Item:
        """The item of this id; KeyError when the layout has none."""
        for item in self.layout.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def moved(self, *items: Item, taken: tuple[str, ...] = (), dragging: bool = False) -> LiveCheck:
        """The check of the layout in which these items stand as given, and those of `taken` are gone."""
        new = {i.id: i for i in items}
        kept = tuple(new.pop(i.id, i) for i in self.layout.items if i.id not in taken)
        return self.of(replace(self.layout, items=(*kept, *new.values())), dragging=dragging)

    def of(self, layout: LevelLayout, *, dragging: bool = False) -> LiveCheck:
        """The check of another layout of this level: quick where little of it differs, the areas of staff and public too."""
        return _checked(self.ground.after(layout), self.programme, self.access, self.egress, with_ways=not dragging)

    def news(self, before: LiveCheck) -> News:
        """Failures that `before` did not have, and those of `before` that are gone; a failure is told by code and place."""
        then, now = ({_name(f): f for f in c.findings if f.status == "fail"} for c in (before, self))
        return News(
            failing=tuple(f for name, f in now.items() if name not in then),
            mended=tuple(f for name, f in then.items() if name not in now),
        )


def _name(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.where, finding.profile


def live_check(
    level: Level, layout: LevelLayout, programme: Programme, *, access: Profile, egress: Profile | None = None
) -> LiveCheck:
    """Check a layout whole, and be ready for moves."""
    return _checked(Ground(level=level, layout=layout), programme, access, egress)


def _checked(
    ground: Ground, programme: Programme, access: Profile, egress: Profile | None, *, with_ways: bool = True
) -> LiveCheck:
    level, layout = ground.level, ground.layout
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=access, ground=ground)
    found = access_findings(question)
    if egress is not None:
        found += check_egress(
            EgressQuestion(
                level=level,
                layout=layout,
                programme=programme,
                profile=egress,
                access_profile=access,
                with_ways=with_ways,
                ground=ground,
            )
        )
    routes = question.routes(programme.rules.clear_width_mm)
    return LiveCheck(
        level=level,
        layout=layout,
        programme=programme,
        access=access,
        egress=egress,
        ground=ground,
        findings=found,
        routes=routes,
    )


def shifted(item: Item, *, dx_mm: int = 0, dy_mm: int = 0, turn_deg: float = 0.0) -> Item:
    """The item turned about its insert and then moved, with its polygon and clear zones."""
    x0, y0 = item.insert_mm
    angle = math.radians(turn_deg)
    cos, sin = math.cos(angle), math.sin(angle)

    def there(point: Point) -> Point:
        x, y = point[0] - x0, point[1] - y0
        return round(x0 + x * cos - y * sin) + dx_mm, round(y0 + x * sin + y * cos) + dy_mm

    def ring(points: Ring) -> Ring:
        return tuple(there(p) for p in points)

    return replace(
        item,
        polygon=ring(item.polygon),
        insert_mm=there(item.insert_mm),
        rotation_deg=(item.rotation_deg + turn_deg) % 360,
        clear_zones=tuple(replace(z, polygon=ring(z.polygon)) for z in item.clear_zones),
    )
