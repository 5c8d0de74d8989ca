#!/usr/bin/env bash
# ablog stops at a date that has a time zone.
#
# Versions:  ablog 0.11.13 with Sphinx 9.0.4 and myst-parser 5.2.0.
# Behaviour: `date: 2024-01-02 10:00` is read. `date: 2024-01-02T10:00:00Z`, the form that other generators ask for, ends the
#            build with Python's "can't compare offset-naive and offset-aware datetimes".
# Seen:      "without a zone: exit 0" and "with a zone: exit 2, cannot compare".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ablog==0.11.13 sphinx==9.0.4 myst-parser==5.2.0
cat > conf.py <<'EOF'
project = "Notes"
extensions = ["myst_parser", "ablog"]
blog_title = "Notes"
blog_baseurl = "https://example.org"
EOF
printf '# Home\n' > index.md
mkdir posts
answer() {
  printf -- '---\nblogpost: true\ndate: %s\n---\n\n# A thought\n\nIts text.\n' "$2" > posts/thought.md
  local status=0
  venv/bin/python -m sphinx -q -b html . out > log.txt 2>&1 || status=$?
  rm -rf out
  echo "$1: exit $status$([ $status = 0 ] || { grep -q "offset-naive" log.txt && echo ", cannot compare"; })"
}
{ answer 'without a zone' '2024-01-02 10:00'; answer 'with a zone' '2024-01-02T10:00:00Z'; } | tee seen.txt
grep -qx 'without a zone: exit 0' seen.txt
grep -qx 'with a zone: exit 2, cannot compare' seen.txt
