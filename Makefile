# Everything a developer types. Each target sets up .venv by itself.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench lint browser clean

# No byte code ahead: most of what is installed is never imported, and the rest is compiled as it is
$(VENV)/installed: pyproject.toml constraints.txt
	$(PY) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e '.[dev]'
	touch $@

$(VENV)/search-compiled: $(VENV)/installed
	$(BIN)/python -m solvers.placement.warm
	touch $@

$(VENV)/days-compiled: $(VENV)/installed
	$(BIN)/python -m solvers.simulation.warm
	touch $@

$(VENV)/ready: $(VENV)/search-compiled $(VENV)/days-compiled
	touch $@

demo: $(VENV)/ready
	$(BIN)/centreline plan examples/dahuk --out out/dahuk

# Two things at once, since two cores are the least: the browser's package comes while ours do
test:
	+$(MAKE) --no-print-directory -j 2 $(VENV)/installed browser
	+$(MAKE) --no-print-directory -j 2 $(VENV)/ready lint
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest tests -n 2 --dist loadfile --no-loadscope-reorder || $(BIN)/python -m tests.again

bench: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python -m pytest tests/benchmarks -s -o norecursedirs= -o timeout=1800

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:
	$(PY) -m tests.browser package

clean:
	rm -rf $(VENV) out dist build
