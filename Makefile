# The one list of commands; .ci/run calls these and nothing else.
#   make brief IN=FOLDER DAY=2026-11-24 OUT=DIR     briefs something else than the samples
#   make env PYTHON=python3.12 TORCH=cuda NO_APT=1  see scripts/env.sh

PYTHON ?=
IN ?= eval/samples
DAY ?= $(shell date +%F)
OUT ?= out
TORCH ?=
NO_APT ?= 0

BIN := .venv/bin
# What the tests load: the tiny model nearly everywhere, the encoder, the default model and its second reader for a few briefs.
TEST_WEIGHTS := smollm2-135m en-core-web-sm minilm-l6 qwen2.5-coder-1.5b qwen2.5-coder-0.5b

.PHONY: help env brief test check eval eval-gate train bench lock
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

env: ## .venv/ from the hashed locks, system libraries where it may
	@PYTHON="$(PYTHON)" TORCH="$(TORCH)" NO_APT="$(NO_APT)" scripts/env.sh

brief: env ## the sample articles become out/<day>.pdf, .html, .md, .json
	@$(BIN)/briefer model pull
	@$(BIN)/briefer digest "$(IN)" --day "$(DAY)" --out "$(OUT)"

test: env ## the whole suite
	@PYTHON="$(PYTHON)" NO_APT="$(NO_APT)" scripts/native.sh tests
	@$(BIN)/briefer model pull $(TEST_WEIGHTS)
	@$(BIN)/python -m pytest

check: env ## lint, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

eval: env ## the table of figures, with the model
	@$(BIN)/briefer model pull
	@$(BIN)/python -m eval

eval-gate: env ## the figures that need no model, against their floors
	@$(BIN)/briefer model pull en-core-web-sm
	@$(BIN)/python -m eval gate

# acting and stance read with the taggers in the package, acting what linear wrote; of a new tagger: training/card.md, "Into the package".
train: env ## the trained parts anew; TRAIN="--limit 8 --only tagger-0.5b" proves the way
	@$(BIN)/briefer model pull qwen2.5-coder-0.5b qwen2.5-coder-1.5b en-core-web-sm
	@$(BIN)/python -m training linear
	@$(BIN)/python -m training acting
	@$(BIN)/python -m training stance
	@$(BIN)/python -m training probes
	@$(BIN)/python -m training all $(TRAIN)

bench: env ## speed, beside peers
	@$(BIN)/briefer model pull
	@$(BIN)/python -m eval bench

lock: env ## requirements.lock and torch.lock from pyproject.toml
	@$(BIN)/python scripts/lock.py $(UPGRADE)
