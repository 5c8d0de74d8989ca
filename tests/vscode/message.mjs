// What the window says by itself about postlint when a post is opened; with a button, presses it and waits for the item in the status bar.
import { open, run, until } from "./window.mjs";

await run(async (page, _folder, post, button, label) => {
  await open(page, post);
  const toast = page.locator(".notification-list-item", { hasText: "postlint" }).first();
  await toast.waitFor();
  const message = await toast.locator(".notification-list-item-message").innerText();
  if (!button) return { message, buttons: await toast.locator(".monaco-button").allInnerTexts() };
  await toast.locator(".monaco-button", { hasText: button }).first().click();
  const item = page.locator("#postlint\\.postlint\\.postlint a");
  return { message, label: await until(page, () => item.getAttribute("aria-label"), (said) => said.includes(label)) };
});
