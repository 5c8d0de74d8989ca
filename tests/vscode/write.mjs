// Opens a post as a person does: squiggle, Problems, hover, quick fix, the file on disk, the status item.
import { readFileSync } from "node:fs";
import { command, open, problems, run, until } from "./window.mjs";

await run(async (page, folder, post, shots) => {
  const shot = (name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined);
  const times = {};

  const begun = await open(page, "repotting.md:3");
  await page.locator(".squiggly-error").first().waitFor();
  times.squiggle = Date.now() - begun;

  await page.keyboard.press("Control+Shift+M");
  const misspelt = await problems(page, "descripton");
  const listed = await misspelt.first().innerText();
  const item = page.locator("#postlint\\.postlint\\.postlint a");
  const status = await until(page, () => item.getAttribute("aria-label"), (label) => /\d errors/.test(label));
  await shot("problems");

  await page.locator(".view-line", { hasText: "descripton" }).first().hover({ position: { x: 30, y: 9 } });
  const hover = await until(
    page,
    async () => (await page.locator(".monaco-hover:visible").allInnerTexts()).join("\n"),
    (text) => text.includes("How to fix it"),
  );
  await shot("hover");

  await page.keyboard.press("Escape");
  await open(page, "repotting.md:3");
  await page.keyboard.press("Control+.");
  const menu = page.locator(".action-widget:visible .monaco-list-row.action");
  await menu.first().waitFor();
  const offered = await menu.allInnerTexts();
  await shot("fixes");
  await menu.filter({ hasText: "description" }).first().click();
  await misspelt.first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  await until(page, async () => readFileSync(`${folder}/${post}`, "utf8"), (text) => text.includes("\ndescription:"));

  await open(page, "basil-from-seed.md");
  const damaged = await problems(page, "mojibake");
  await damaged.first().waitFor();
  await page.locator(".editor-instance .view-lines").first().click();
  await command(page, "postlint: Fix Everything");
  await damaged.first().waitFor({ state: "detached" });
  await problems(page, "");
  await shot("fixed");
  return { times, status, hover, offered, listed };
});
