// A window of a workbench in a browser that nobody sees.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.POSTLINT_MODULES}/`);
const { chromium } = require("playwright-core");
/** Milliseconds, on a machine that is busy. */
export const PATIENCE = 1000 * Number(process.env.POSTLINT_PATIENCE ?? 120);

/** A page that shows `folder`, or the folders of a `.code-workspace`, in the workbench at `address`. */
export async function opened(address, folder) {
  const browser = await chromium.launch({
    executablePath: process.env.POSTLINT_BROWSER,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${address}/?${folder.endsWith(".code-workspace") ? "workspace" : "folder"}=${folder}`);
  return page;
}

/** Wait until the folders are listed. On a busy machine, the workbench may read a list of folders before it can. */
async function shown(page) {
  const listed = page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first();
  const none = page.getByText("You have not yet added a folder");
  for (let left = 5; left; left--) {
    await listed.or(none).first().waitFor();
    if (await listed.isVisible()) return;
    await page.reload();
  }
  throw new Error("no folder is listed");
}

/** Wait until `read` gives something that is `right`, and return that. */
export async function until(page, read, right) {
  const end = Date.now() + PATIENCE;
  let last;
  while (Date.now() < end) {
    last = await read().catch(() => undefined);
    if (last !== undefined && right(last)) return last;
    await page.waitForTimeout(15);
  }
  throw new Error(`still ${JSON.stringify(last)}`);
}

const quickInput = (page) => page.locator(".quick-input-widget:visible input.input");
const quickRows = (page) => page.locator(".quick-input-list .monaco-list-row");

/** Run the command with this title. */
export async function command(page, title) {
  await page.keyboard.press("F1");
  await quickInput(page).fill(`>${title}`);
  await until(page, () => quickRows(page).first().getAttribute("aria-label"), (label) => label.includes(title));
  await page.keyboard.press("Enter");
}

/** Open `file`, perhaps with `:line`; the time at which it was asked for. */
export async function open(page, file) {
  const [name] = file.split(":");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+p");
  await quickInput(page).fill(file);
  // For a moment, the list still shows the last file.
  await until(page, () => quickRows(page).first().getAttribute("aria-label"), (label) => label?.includes(name));
  const begun = Date.now();
  await page.keyboard.press("Enter");
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  return begun;
}

/** The rows of the Problems panel that hold `text`: it draws only those that are in view. */
export async function problems(page, text) {
  await page.getByPlaceholder(/^Filter \(e\.g\. text/).fill(text);
  return page.locator(".markers-panel .monaco-list-row", { hasText: text });
}

/** Run the steps of a test in a window; print what they return, for the test that waits. */
export async function run(steps) {
  const [address, folder, ...rest] = process.argv.slice(2);
  const page = await opened(address, folder);
  try {
    await shown(page);
    console.log(JSON.stringify((await steps(page, folder, ...rest)) ?? null));
  } catch (error) {
    await page.screenshot({ path: "failed.png" });
    throw error;
  } finally {
    await page.context().browser().close();
  }
}
