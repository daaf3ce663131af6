# The front door. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help report test test-scale test-pythons test-oldest test-newest quick unit proof data lab check notebooks hooks bench torture planted crate verify clean

VENV ?= .venv
# Says whether an interpreter is of the supported range and can make a virtual environment (Debian packs that apart).
FITS := -c 'import ensurepip, sys, venv; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
# The first that fits on the path; those that the tests have run on come before 3.14.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" $(FITS) 2>/dev/null && { echo "$$p"; break; }; done)
# Those that the project is tested on, where they are here.
PYTHONS := 3.11 3.12 3.13 3.14
# What uv brings where none fits.
BROUGHT := 3.13
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
# Spark stands apart, as the project runs without it; the tests that want it find it by PYTHONPATH.
SPARK := $(VENV)/spark
# The day of the lock: what came out later is left to test-newest, so that no release of others fails a landing.
LOCKED_ON := 2026-11-28
# What needs no browser, kernel, mirror, site or campaign, and no second for itself.
UNIT := not (alone or browser or kernel or mirror or campaign or long or site or index or spark)
KERNEL := utils/kernels/environment/share/jupyter/kernels/fifty-thousand/kernel.json
LOCKED := --quiet --no-deps --require-hashes
PIP := $(BIN)/python -m pip install --disable-pip-version-check
# A file's tests stay in one process, which keeps what they share.
SHARED := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# Another article: make report DATA=folder; of several, make report DATA="one other".
GIVEN = $(if $(DATA),--data $(DATA))
UV := $(BIN)/uv pip install --python $(BIN)/python

define NO_PYTHON
Python 3.11, 3.12, 3.13 or 3.14 with its module venv is needed. To get one:
Debian, Ubuntu: apt-get install python3 python3-venv; Fedora: dnf install python3; macOS: brew install python;
or install uv, with which make gets one by itself. One that is not on the PATH: make PYTHON=/path/to/python
endef
export NO_PYTHON

# What is imported is compiled once and kept, also where the environment forbids it, as containers do: uv compiles
# nothing, and each process would compile it all again.
unexport PYTHONDONTWRITEBYTECODE
# The matrices are small: a further thread would only wait on the processor for the others.
export OPENBLAS_NUM_THREADS ?= 1
# A module of the user's that is called as one of ours would be taken for it.
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONSTARTUP

ifneq ($(words $(VENV)),1)
$(error VENV=$(VENV) has a blank in it, which make cannot handle; name another folder)
endif

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements.lock requirements-uv.lock pyproject.toml $(KERNEL)
	@test -f "$(VENV)/pyvenv.cfg" || test -z "$$(ls -A "$(VENV)" 2>/dev/null)" || { echo \
	"$(VENV) holds something else than a virtual environment; remove it, or name another folder with VENV=..." \
	>&2; exit 1; }
	@here="$$(pwd -P)"; there="$$(cd "$(VENV)" 2>/dev/null && pwd -P)"; owner=; \
	case "$$there" in ""|"$$here"/*) exit 0 ;; esac; \
	test ! -f "$(VENV)/checkout" || IFS= read -r owner <"$(VENV)/checkout"; \
	test "$$owner" = "$$here" || test -z "$$(ls -A "$(VENV)")" || { echo \
	"$(VENV) is $$there, an environment of $${owner:-others}, and would be emptied; remove the link," \
	"or name another folder with VENV=..." >&2; exit 1; }
	@python="$(PYTHON)"; \
	if test -z "$$python" && command -v uv >/dev/null; then \
		echo "No interpreter from Python 3.11 to 3.14 was found; uv brings Python $(BROUGHT)"; \
		uv python install --quiet $(BROUGHT) && python="$$(uv python find --managed-python --system $(BROUGHT))"; \
	fi; \
	test -n "$$python" || { echo "$$NO_PYTHON" >&2; exit 1; }; \
	"$$python" $(FITS) || { echo "$$python does not fit. $$NO_PYTHON" >&2; exit 1; }; \
	echo "Installing the pinned packages into $(VENV) (once)"; \
	"$$python" -m venv --clear "$(VENV)" && pwd -P >"$(VENV)/checkout"
	@uv pip install --python $(BIN)/python $(LOCKED) -r requirements-uv.lock 2>/dev/null \
	|| $(PIP) $(LOCKED) --only-binary :all: -r requirements-uv.lock \
	|| echo "uv cannot be had here; pip does its work (one to three minutes)"
	@if test -x $(BIN)/uv && $(UV) $(LOCKED) -r requirements.lock; then \
		$(UV) --quiet --no-deps --no-build-isolation --offline --editable .; \
	else \
		$(PIP) $(LOCKED) -r requirements.lock \
		&& $(PIP) --quiet --no-deps --no-build-isolation --no-index --editable .; \
	fi
	@touch $@

report: $(INSTALLED) ## run the notebooks and write reports/html/index.html (SITE=https://... where it is published)
	@$(BIN)/python -m utils report $(if $(SITE),--site '$(SITE)') $(GIVEN) $(if $(OUT),--out '$(OUT)')

test: $(INSTALLED) ## prove it: unit tests, laws, nbval over the notebooks (DATA=folder: of that folder)
ifdef DATA
	@$(BIN)/python -m utils test $(GIVEN)
else
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m pytest tests -m "not alone" $(SHARED); shared=$$?; \
	$(BIN)/python -m pytest -m alone && exit $$shared
endif

test-scale: $(INSTALLED) ## hold Spark, on a cluster of two workers here, against DuckDB (installs Spark and Java)
	@command -v java >/dev/null || test -n "$$JAVA_HOME" || { echo "Installing Debian's default Java (once)"; \
	apt-get update -q >/dev/null \
	&& DEBIAN_FRONTEND=noninteractive apt-get install -qy default-jre-headless >/dev/null; } || { echo \
	"Spark was not tested: there is no Java here, and apt-get cannot install default-jre-headless" >&2; exit 1; }
	@$(MAKE) --no-print-directory $(SPARK)/installed || { echo \
	"Spark was not tested: uv cannot install the packages of requirements-scale.lock" >&2; exit 1; }
	@PYTHONPATH="$$(cd "$(SPARK)" && pwd)" FIFTY_THOUSAND_SPARK=required \
	$(BIN)/python -m pytest -m spark tests/test_incidents_spark.py tests/test_shelf_spark.py

$(SPARK)/installed: requirements-scale.lock $(INSTALLED)
	@echo "Installing Spark into $(SPARK) (once)"
	@rm -rf "$(SPARK)"
	@$(UV) $(LOCKED) --build-constraints requirements-scale.lock --target "$(SPARK)" -r requirements-scale.lock
	@touch $@

quick: $(INSTALLED) ## what needs no browser, kernel, mirror, site, campaign or more than a second: lint and unit tests in a minute
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m mypy
	@$(MAKE) --no-print-directory unit

unit: $(INSTALLED)
	@$(BIN)/python -m pytest tests -m "$(UNIT)" $(SHARED)

# Each in an environment of its own below this one; those of pyenv need not be on the path.
test-pythons: $(INSTALLED) ## run the unit tests with every other Python from 3.11 on that is here
	@own="$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; lacking=; \
	for version in $(PYTHONS); do \
		test "$$version" != "$$own" || continue; \
		found=; \
		for python in "python$$version" "$${PYENV_ROOT:-$$HOME/.pyenv}/versions/$$version".*/bin/python; do \
			"$$python" $(FITS) 2>/dev/null && { found="$$python"; break; }; \
		done; \
		test -n "$$found" || { lacking="$$lacking $$version"; continue; }; \
		echo "Python $$version: $$found"; \
		$(MAKE) --no-print-directory VENV="$(VENV)/$$version" PYTHON="$$found" unit || exit 1; \
	done; \
	test -z "$$lacking" || echo "Not tested, as they are not here: Python$$lacking"

# $(1): what they are called; $(2): how uv chooses them. The licences are those of the versions of the lock.
define WITH_PACKAGES
	@echo "Installing the $(1) packages into $(VENV)/$(1)"
	@rm -rf "$(VENV)/$(1)" && $(BIN)/uv venv --quiet --python $(BIN)/python "$(VENV)/$(1)"
	@$(BIN)/uv pip compile --quiet $(2) --python $(VENV)/$(1)/bin/python pyproject.toml \
	--output-file $(VENV)/$(1)/packages.txt
	@$(BIN)/uv pip install --quiet --python $(VENV)/$(1)/bin/python --only-binary :all: \
	--constraint $(VENV)/$(1)/packages.txt --all-extras -r pyproject.toml
	@$(BIN)/uv pip install --quiet --python $(VENV)/$(1)/bin/python --no-deps --no-build-isolation --editable .
	@$(VENV)/$(1)/bin/python -m pytest tests -m "$(UNIT)" $(SHARED) \
	--deselect tests/test_crate.py::test_the_licence_list_has_a_licence_of_what_is_installed
endef

test-oldest: $(INSTALLED) ## run the unit tests with the oldest packages that pyproject.toml allows
	$(call WITH_PACKAGES,oldest,--resolution lowest-direct --exclude-newer $(LOCKED_ON))

test-newest: $(INSTALLED) ## run the unit tests with the newest packages that there are today
	$(call WITH_PACKAGES,newest,--resolution highest)

proof: $(INSTALLED) ## run every notebook in JupyterLab, in other people's tools and with readers' changes
	@FIFTY_THOUSAND_PROOF=all $(BIN)/python -m pytest tests/test_lab.py tests/test_lab_tools.py tests/test_try_it.py tests/test_kernels.py

data: $(INSTALLED) ## rebuild data/tables from upstream (DATASET=id for one; LATEST=1 shows the newest)
	@$(BIN)/python -m utils data $(if $(DATASET),--dataset $(DATASET)) $(if $(LATEST),--latest) $(if $(PIN),--pin)

lab: $(INSTALLED) ## open JupyterLab on the first notebook, its contents beside it, with warm kernels
	@$(BIN)/python -m utils lab $(GIVEN)

check: $(INSTALLED) ## validate the data folder
	@$(BIN)/python -m utils check $(GIVEN)

notebooks: $(INSTALLED) ## run the notebooks and keep their outputs in place
	@$(BIN)/python -m utils notebooks $(GIVEN)

hooks: $(INSTALLED) ## have git check before each commit, and compare notebooks cell by cell
	@$(BIN)/python -m utils hooks

bench: $(INSTALLED) ## measure times, memory and growth beside other tools (QUICK=1: once)
	@$(BIN)/python -m utils bench $(if $(QUICK),--quick) $(if $(ONLY),--only '$(ONLY)')

torture: $(INSTALLED) ## give the commands 20,000 spoilt data folders and count how each ends (FOLDERS=n for as many)
	@$(BIN)/python tests/torture.py --folders $(or $(FOLDERS),20000) --write docs/torture.json; folders=$$?; \
	$(BIN)/python tests/notebook_campaign.py --notebooks $(or $(NOTEBOOKS),1200) \
	--write docs/hostile_notebooks.json; notebooks=$$?; \
	$(BIN)/python tests/interrupted.py --kills $(or $(KILLS),200) --states $(or $(STATES),200) \
	--write docs/interrupted.json && [ $$folders$$notebooks = 00 ]

planted: $(INSTALLED) ## put changes for the worse into a copy of the project and count which the tests catch
	@$(BIN)/python tests/planted.py --write docs/planted.json

crate: $(INSTALLED) ## pack report, notebooks, data, code and lock with their hashes (DATA=folder, OUT=file)
	@$(BIN)/python -m utils crate $(GIVEN) $(if $(OUT),--out '$(OUT)')

verify: $(INSTALLED) ## check a crate, run it again offline in a clean folder, compare every verdict (CRATE=file)
	@$(BIN)/python -m utils verify '$(or $(CRATE),reports/crate.zip)'

clean: ## remove what was built, keep the environment
	rm -rf reports .pytest_cache .ruff_cache .mypy_cache .hypothesis
