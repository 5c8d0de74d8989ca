#!/usr/bin/env bash
# Astro names another line than the one with the mistake if front matter is broken YAML, and line 0 if a value is wrong.
#
# Versions:  astro 7.3.5 with Node 24.19.0 (from the npm package `node`).
# Behaviour: the line and the column in "Location:" are those of js-yaml. They count from 0, and from the line after the
#            fence, so they are one line and one column too low for most mistakes. For a value that the schema refuses,
#            there is no place at all: the location is line 0, column 0.
# Seen:      the mistake is in line 2, column 14 of post.md, and "post.md:1:13" is printed; with a title that is a list,
#            "post.md:0:0" is printed.
# So an editor that opens the printed place shows the line above the mistake, or the top of the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund astro@7.3.5 node@24.19.0
mkdir -p src/content/blog src/pages
echo 'export default {};' > astro.config.mjs
echo '<p>Hello</p>' > src/pages/index.astro
cat > src/content.config.ts <<'EOF'
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
const blog = defineCollection({
  loader: glob({ pattern: "*.md", base: "./src/content/blog" }),
  schema: z.object({ title: z.string() }),
});
export const collections = { blog };
EOF
build() {
  printf -- '---\n%s\n---\n\nText.\n' "$1" > src/content/blog/post.md
  ASTRO_TELEMETRY_DISABLED=1 NO_COLOR=1 CI=1 node_modules/.bin/node node_modules/astro/bin/astro.mjs sync > out.txt 2>&1 || true
  grep -o 'post\.md:[0-9]*:[0-9]*' out.txt | head -1
}
build 'title: Part 2: the crust' | tee seen.txt
build 'title: [a list]' | tee -a seen.txt
diff seen.txt <(printf 'post.md:1:13\npost.md:0:0\n')
