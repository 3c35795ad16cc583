"""Fuzzing of the readers: mutants of real drawings, read in a process that may die without taking the run along.

`python -m tests.fuzz.run --runs 20000` is the long run; `tests/fuzz/test_short_run.py` reads some hundred mutants.
"""
