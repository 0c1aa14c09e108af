#!/usr/bin/env bash
# Installs npm packages from the lock files, once for each version of them.
set -euo pipefail
cd "$(dirname "$0")/.."

install() { # directory, what, options of npm
  local stamp="$1/node_modules/.installed-from"
  if cmp -s "$1/package-lock.json" "$stamp" 2>/dev/null; then return; fi
  echo "Installing $2 …"
  npm ci --prefix "$1" --no-fund --no-audit --loglevel=error "${@:3}"
  cp "$1/package-lock.json" "$stamp"
}

install . 'packages (about 1.3 GB, a minute)'
if [ "${1:-}" = with-runtimes ]; then install test/runtimes 'the runtimes that agent and engine are tested on' --ignore-scripts; fi
