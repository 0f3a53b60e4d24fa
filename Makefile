# Waymark: `make run` starts it, `make test` tests it, `make check` looks at the code.
# The longer recipes are in scripts/, which can be run by themselves.

VENV := .venv
PYTHON := $(VENV)/bin/python
# With scripts/with-node, `npm` is the system's Node where it is new enough, else the one in .venv.
NPM := ../scripts/with-node npm

# Directories are listed too: a deleted file changes nothing else.
CLIENT_SOURCES := $(wildcard frontend/*.json frontend/*.html frontend/*.ts frontend/.npmrc) \
	$(shell find frontend/src frontend/public frontend/scripts 2>/dev/null)

.PHONY: run test check format lock openapi messages client help
.DELETE_ON_ERROR:

help:
	@echo "make run      start everything here: http://localhost:8000 (PORT=8001 make run for another)"
	@echo "make test     run every test; make check looks at types, style, migrations and the API"
	@echo "make format   put the code into shape"
	@echo "make openapi  write docs/openapi.yaml and the client's types anew"
	@echo "make messages collect what the code says into the catalogues of languages, and compile them"
	@echo "make lock     resolve requirements/*.in anew (wants uv)"

run: $(VENV)/installed-run frontend/dist/.built
	@$(PYTHON) -m backend.embedded

test: $(VENV)/installed-dev frontend/dist/.built
	@scripts/test

check: $(VENV)/installed-dev frontend/node_modules/.installed
	@scripts/check

format: $(VENV)/installed-dev
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .

openapi: $(VENV)/installed-dev frontend/node_modules/.installed
	@scripts/openapi docs/openapi.yaml frontend/src/api/schema.d.ts

messages: $(VENV)/installed-dev
	@scripts/messages

lock:
	@scripts/lock

client: frontend/dist/.built

# --- What has to be there first; the stamps are newer than what they were made from ---------------

$(VENV)/bin/python:
	@scripts/make-venv $(VENV)

$(VENV)/installed-run: requirements/run.txt requirements/embedded.txt | $(VENV)/bin/python
	@scripts/install $@ $^

$(VENV)/installed-dev: requirements/run.txt requirements/embedded.txt requirements/dev.txt | $(VENV)/bin/python
	@scripts/install $@ $^
	@touch $(VENV)/installed-run

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | $(VENV)/installed-run
	@echo "Installing what the client is built with …"
	@cd frontend && $(NPM) ci --no-fund --no-audit --loglevel=error
	@touch $@

frontend/dist/.built: frontend/node_modules/.installed $(CLIENT_SOURCES)
	@echo "Building the client …"
	@cd frontend && $(NPM) run --silent build -- --logLevel warn
	@touch $@
