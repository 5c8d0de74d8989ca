// Opens the report from the command palette, and reads it.
import { command, open, run, until } from "./window.mjs";

await run(async (page, _folder, shots) => {
  await open(page, "repotting.md");
  await page.locator(".squiggly-error").first().waitFor();
  await command(page, "postlint: Open the Report");
  const report = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  const title = await until(page, () => report.locator("h1").first().innerText(), Boolean);
  const text = await report.locator("body").innerText();
  if (shots) await page.screenshot({ path: `${shots}/report.png` });
  return { title, text };
});
