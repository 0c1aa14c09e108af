.DEFAULT_GOAL := help
SHELL := /bin/bash
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

help: ## what can be done
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

system: ## install the system packages that the tests need, where this user may
	@scripts/system-packages.sh

install: ## install the npm packages, from the lock files
	@scripts/install.sh

build: install ## build every package
	@npm run --silent build

check: install ## format, lint and types
	@npm run --silent check

unit: install ## unit tests, beside the code
	@npm run --silent test:unit

integration: build ## tests against real processes and servers
	@npm run --silent test:integration

e2e: system build ## the platform, the shop and the UI, end to end
	@npm run --silent test:e2e

test: system install ## everything that CI runs
	@scripts/test.sh

demo: build ## platform and shop with traffic; prints where to look
	@npm run --silent wardline -- demo

.PHONY: help system install build check unit integration e2e test demo
