"""A ticket log of the small centre, made without the simulation."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

DATES = ("2027-01-03", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-10", "2027-01-11", "2027-01-12")


def a_log(folder: Path, *, deeds: float = 4.0, deed_min: float = 8.0, seed: int = 3, enquiries: str = "Enquiry") -> Path:
    """Eight days of the small centre, made without the simulation: three clerks for deeds, one for enquiries."""
    chance, file = np.random.default_rng(seed), folder / "log.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter=";")
        table.writerow(["Date", "Service", "Arrival", "Called", "End"])
        for date in DATES:
            for name, per_interval, mean, clerks in (("Deed", deeds, deed_min, 3), (enquiries, 3.0, 2.0, 1)):
                free = [0.0] * clerks
                for at in sorted(480 + 240 * chance.random(chance.poisson(per_interval * 8))):
                    begin = max(at, min(free))
                    end = begin + chance.lognormal(np.log(mean / (1 + 0.49) ** 0.5), np.log(1.49) ** 0.5)
                    free[free.index(min(free))] = end
                    table.writerow([date, name, *map(clock, (at, begin, end))])
    return file


def clock(minutes: float) -> str:
    seconds = int(minutes * 60)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
