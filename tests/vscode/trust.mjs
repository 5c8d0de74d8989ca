// Trusts the folder of a window, and waits for what the item in the status bar says then.
import { command, open, run, until } from "./window.mjs";

await run(async (page, _folder, post, shots) => {
  const item = page.locator("#postlint\\.postlint\\.postlint a");
  const label = (expected) => until(page, () => item.getAttribute("aria-label"), (said) => said === expected);
  await open(page, post);
  await label("postlint: 1 error");
  await item.hover();
  const tooltip = page.locator(".monaco-hover:visible", { hasText: "Restricted Mode" }).first();
  await tooltip.waitFor();
  if (shots) await page.screenshot({ path: `${shots}/restricted.png` });
  await command(page, "Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
  await label("postlint: no findings");
});
