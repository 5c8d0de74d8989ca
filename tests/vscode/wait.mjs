// Shows a window until the probe in it has written its result; presses `button` in a dialog.
import { existsSync } from "node:fs";
import { run, until } from "./window.mjs";

await run(async (page, _folder, result, button) => {
  if (button) await page.locator(".monaco-dialog-box .monaco-button", { hasText: button }).first().click();
  await until(page, async () => existsSync(result), Boolean);
});
