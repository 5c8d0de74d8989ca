#!/usr/bin/env bash
# Install what the tests of pages in a browser need, from the npm registry: install.sh FOLDER
# Set POSTLINT_BROWSER to FOLDER, and run `pytest -m browser`. The browser itself is one on the path.
set -euo pipefail
mkdir -p "$1"
cd "$1"
[ -f package.json ] || echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts playwright-core@1.65.1 axe-core@4
