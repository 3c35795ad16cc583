"""The independent checker of a delivered package: re-reads the files and measures again, with no solver and none of the
code that made them."""

from planner.verify.package import verify_package

__all__ = ["verify_package"]
