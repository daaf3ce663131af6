# The front door. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help report test data lab check notebooks bench clean

VENV ?= .venv
# The first interpreter of the supported range on the path.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo "$$p"; break; }; done)
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
KERNEL := utils/kernels/environment/share/jupyter/kernels/fifty-thousand/kernel.json

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements.lock pyproject.toml $(KERNEL)
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found (set PYTHON=...)" >&2; exit 1; }
	@echo "Installing the pinned packages into $(VENV) (once; one to three minutes)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

report: $(INSTALLED) ## run the notebooks and write reports/html/index.html
	@$(BIN)/python -m utils report

test: $(INSTALLED) ## prove it: unit tests, laws, nbval over the notebooks
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m pytest

data: $(INSTALLED) ## rebuild data/tables from upstream (DATASET=id for one; LATEST=1 shows the newest)
	@$(BIN)/python -m utils data $(if $(DATASET),--dataset $(DATASET)) $(if $(LATEST),--latest) $(if $(PIN),--pin)

lab: $(INSTALLED) ## open JupyterLab on the first notebook, with warm kernels for new ones
	@$(BIN)/jupyter lab --MultiKernelManager.default_kernel_name=fifty-thousand notebooks/00_article.ipynb

check: $(INSTALLED) ## validate the data folder
	@$(BIN)/python -m utils check

notebooks: $(INSTALLED) ## run the notebooks and keep their outputs in place
	@$(BIN)/python -m utils notebooks

bench: $(INSTALLED) ## measure times, memory and growth beside other tools (QUICK=1: once)
	@$(BIN)/python -m utils bench $(if $(QUICK),--quick) $(if $(ONLY),--only '$(ONLY)')

clean: ## remove what was built, keep the environment
	rm -rf reports .pytest_cache .ruff_cache .hypothesis
