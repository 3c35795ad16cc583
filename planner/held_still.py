"""What a project that is held still for a job refuses: decisions and new content. TypeError, since no job of ours asks it."""

from __future__ import annotations

from planner.project import Accepted, DrawingSource, Pin, Project


class HeldStill:
    """The part of `planner.source.ProjectSource` that changes a project, refused."""

    __slots__ = ()

    def decide(self, accepted: Accepted | None, pins: tuple[Pin, ...], label: str) -> None:
        raise TypeError("a project held still takes no decisions")

    def take_drawing(self, drawing: DrawingSource, body: bytes, project: Project) -> None:
        raise TypeError("a project held still takes no drawing")

    def take_demand(self, project: Project, label: str) -> None:
        raise TypeError("a project held still takes no demand")

    def take_staff(self, project: Project, label: str) -> None:
        raise TypeError("a project held still takes no staff")
