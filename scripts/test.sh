#!/usr/bin/env bash
# Everything that CI runs, in the order of how fast it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh with-runtimes

step() {
  local started=$SECONDS
  echo "── $1"
  shift
  "$@"
  echo "   done in $((SECONDS - started)) s"
}

step 'format, lint, types' npm run --silent check
step 'unit tests' npm run --silent test:unit
step 'build' npm run --silent build
step 'integration tests' npm run --silent test:integration
step 'end-to-end tests' npm run --silent test:e2e
echo "All tests passed in $SECONDS s."
