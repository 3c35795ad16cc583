# Everything a developer types. Each target sets up .venv by itself.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench lint clean

$(VENV)/ready: pyproject.toml constraints.txt
	$(PY) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m layouts.warm
	$(BIN)/python -m solvers.simulation.warm
	$(BIN)/python -m solvers.placement.warm
	touch $@

demo: $(VENV)/ready
	$(BIN)/centreline plan examples/dahuk --out out/dahuk

test: lint
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest tests -n 2 --dist loadfile --no-loadscope-reorder || $(BIN)/python -m tests.again

bench: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m pytest tests/benchmarks -s -o norecursedirs= -o timeout=1800

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) out dist build
