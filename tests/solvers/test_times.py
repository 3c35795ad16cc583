"""Minutes after midnight and the times people write are the same thing in two shapes."""

import pytest

from solvers.times import clock, day_of, minute_of


@pytest.mark.parametrize(("minutes", "written"), [(0, "00:00"), (510, "08:30"), (779.9, "12:59"), (1440, "24:00")])
def test_minutes_are_written_as_a_clock_shows_them(minutes, written):
    assert clock(minutes) == written


def test_every_minute_of_the_day_is_read_back():
    assert [minute_of(clock(minute)) for minute in range(1441)] == list(range(1441))


@pytest.mark.parametrize("text", ["", "8", "8:30:00", "eight"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        minute_of(text)


def test_a_day_is_read_as_it_is_compared():
    assert day_of("2028-02-29").isoformat() == "2028-02-29"


@pytest.mark.parametrize("text", ["2027-02-29", "2027-W04-7", "20270131", "2027-1-31", "soon", ""])
def test_what_is_no_day_or_is_written_otherwise_is_refused(text):
    with pytest.raises(ValueError):
        day_of(text)
