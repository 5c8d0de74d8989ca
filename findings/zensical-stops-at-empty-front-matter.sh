#!/usr/bin/env bash
# The same docs build with MkDocs and stop Zensical: an empty front-matter block.
#
# Versions:  zensical 0.0.60 and mkdocs 1.6.1, on one mkdocs.yml.
# Behaviour: `---` followed at once by `---` is front matter without keys for MkDocs, which builds the page. Zensical, which
#            reads the same settings and the same files, stops the whole build at that page.
# Seen:      "mkdocs: exit 0, page written" and "zensical: exit 1, page not written".
# A site that moves from MkDocs to Zensical stops at a page that nobody would suspect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zensical==0.0.60 mkdocs==1.6.1
mkdir docs
printf 'site_name: Notes\nsite_url: https://example.org/\n' > mkdocs.yml
printf '# Home\n' > docs/index.md
printf -- '---\n---\n# A page\n\nIts text.\n' > docs/page.md
answer() {
  local status=0
  "venv/bin/$1" build "${@:2}" > "$1.log" 2>&1 || status=$?
  echo "$1: exit $status, page $([ -f site/page/index.html ] && echo written || echo 'not written')"
  rm -rf site
}
{ answer mkdocs --quiet; answer zensical --clean; } | tee seen.txt
grep -qx 'mkdocs: exit 0, page written' seen.txt
grep -qx 'zensical: exit 1, page not written' seen.txt
