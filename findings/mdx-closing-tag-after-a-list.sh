#!/usr/bin/env bash
# Two MDX compilers disagree about a closing tag that is indented below a list.
#
# Versions:  @mdx-js/mdx 3.1.1 (Docusaurus 3, Next.js, Astro up to 6) and satteri 0.10.5 (the default of Astro 7.3.5,
#            through @astrojs/markdown-satteri 0.4.2).
# Behaviour: in a component that holds a list, `  </TabItem>` after a blank line belongs to the last list item for
#            @mdx-js/mdx, because its two spaces continue the item. It refuses the post ("Expected the closing tag …
#            after the end of `listItem`"). Sätteri closes the component and compiles the post.
# Seen:      "@mdx-js/mdx refuses: Expected the closing tag `</TabItem>` either after the end of `listItem` (7:13) or
#            another opening tag after the start of `listItem` (5:1)" and "satteri compiles".
# So a post that builds with Astro 7 may stop the build of any other site, and of Astro with @mdx-js/mdx.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @mdx-js/mdx@3.1.1 satteri@0.10.5
cat > compare.mjs <<'EOF'
import { compile } from '@mdx-js/mdx';
import { mdxToJs } from 'satteri';

const post = '<Tabs>\n  <TabItem value="a">\n\n- one\n- two\n\n  </TabItem>\n</Tabs>\n';
const answer = async (compiler) => {
  try {
    await compiler(post);
    return 'compiles';
  } catch (error) {
    return `refuses: ${error.reason ?? error.message}`.split('\n')[0];
  }
};
console.log(`@mdx-js/mdx ${await answer(compile)}`);
console.log(`satteri ${await answer(mdxToJs)}`);
EOF
node compare.mjs | tee seen.txt
grep -q '^@mdx-js/mdx refuses: Expected the closing tag `</TabItem>`.*`listItem`' seen.txt
grep -q '^satteri compiles$' seen.txt
