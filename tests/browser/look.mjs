// Opens pages in a browser that nobody sees, and prints what axe finds wrong with each, and whether it is wider than the
// screen. Reads {browser, addresses, looks: [{width, scheme}]} from the standard input.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.env.POSTLINT_AXE}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const { browser: path, addresses, looks } = JSON.parse(readFileSync(0, "utf-8"));
const browser = await chromium.launch({
  executablePath: path,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const found = [];
for (const { width, scheme } of looks) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  for (const address of addresses) {
    await page.goto(address);
    // The policy of a page may refuse scripts of others, but not what the browser itself runs.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")}`);
    const [content, screen] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    if (content > screen) faults.push(`it is ${content} pixels wide`);
    if (faults.length) found.push({ address, width, scheme, faults });
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
