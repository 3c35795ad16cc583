"""The rule on toilets in the quick search: every public stop has one near, along the spine and off it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.placement.places import Ints, Places
from solvers.placement.variables import Question

Mask = npt.NDArray[np.bool_]


class Toilets:
    """Where one toilet is all there is, it and a public stop exclude each other; of several, one must be near."""

    def __init__(self, question: Question, places: dict[str, Places], distance_dm: int) -> None:
        self.places, self.distance, self.toilets = places, distance_dm, question.toilets
        self.public = frozenset(
            e
            for e, modes in question.modes.items()
            if e not in question.toilets
            and any(m.inside.public is not None and (not m.inside.staff or m.inside.desk) for m in modes)
        )

    def too_far(self, e: str, f: str, k: int) -> Mask | None:
        """Places of `e` too far from the only toilet at place k of `f`, or places of it too far from the stop there."""
        if len(self.toilets) != 1 or not ((e in self.toilets and f in self.public) or (f in self.toilets and e in self.public)):
            return None
        return np.asarray(self._ways(e, f, k) > self.distance, dtype=np.bool_)

    def near(self, e: str, choice: dict[str, int]) -> Mask:
        """Of several toilets: places from which one is near enough, and for the last one those near all that have none yet."""
        ok = np.ones(len(self.places[e].u), dtype=np.bool_)
        if len(self.toilets) < 2:
            return ok
        standing = [w for w in self.toilets if w in choice]
        if e in self.public and len(standing) == len(self.toilets):
            near = [self._ways(e, w, choice[w]) <= self.distance for w in standing]
            return np.asarray(np.logical_or.reduce(near), dtype=np.bool_)
        if e in self.toilets and len(standing) == len(self.toilets) - 1:
            for f in self.public & choice.keys():
                if all(self._ways(f, w, choice[w])[choice[f]] > self.distance for w in standing):
                    ok &= self._ways(e, f, choice[f]) <= self.distance
        return ok

    def stranded(self, choice: dict[str, int]) -> set[str]:
        """Of several toilets: the public stops that are near none of them; none while a toilet has no place yet."""
        if len(self.toilets) < 2 or any(w not in choice for w in self.toilets):
            return set()
        return {
            f
            for f in self.public & choice.keys()
            if all(self._ways(f, w, choice[w])[choice[f]] > self.distance for w in self.toilets)
        }

    def _ways(self, e: str, f: str, k: int) -> Ints:
        """From every place of a module along the spine to another module at its place k (dm)."""
        p, o = self.places[e], self.places[f]
        return np.asarray(np.abs(p.t - o.t[k]) + p.lat + o.lat[k])
