#!/usr/bin/env bash
# Sätteri compiles MDX with a reserved word in braces to a module that no JavaScript engine loads.
#
# Versions:  satteri 0.10.5 (the default MDX compiler of Astro 7.3.5), @mdx-js/mdx 3.1.1 for comparison.
# Behaviour: `npm install {package}` in prose is an expression for MDX. `package` is reserved in modules. @mdx-js/mdx
#            refuses the post at the place. Sätteri writes `package` into the module as it is, so the mistake shows only
#            when something parses that module, with a place in generated code instead of the post.
# Seen:      "@mdx-js/mdx refuses: Could not parse expression with acorn", "satteri compiles", and from `node --check`
#            of Sätteri's module "SyntaxError: Unexpected strict mode reserved word".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @mdx-js/mdx@3.1.1 satteri@0.10.5
cat > compare.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import { compile } from '@mdx-js/mdx';
import { mdxToJs } from 'satteri';

const post = 'Run `npm` like this: npm install {package}\n';
try {
  await compile(post);
  console.log('@mdx-js/mdx compiles');
} catch (error) {
  console.log(`@mdx-js/mdx refuses: ${error.reason}`);
}
const made = await mdxToJs(post);
writeFileSync('made.mjs', typeof made === 'string' ? made : made.code);
console.log('satteri compiles');
EOF
node compare.mjs | tee seen.txt
grep -q '^@mdx-js/mdx refuses: Could not parse expression with acorn$' seen.txt
grep -q '^satteri compiles$' seen.txt
if node --check made.mjs 2> loaded.txt; then
  echo 'the module can be loaded' && exit 1
fi
grep 'SyntaxError: Unexpected strict mode reserved word' loaded.txt
