/** Rules, channels and marks. */
import assert from "node:assert/strict";
import { BASE, DEADLINE_MS, DRAG_MS, RUN, tcpAddress, send, poll, dragUntil } from "./harness.mjs";

export const alertsSteps = {
  async "a query becomes a rule that is tested before it is created"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(RUN)}`);
    await page.getByRole("link", { name: "Alert", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "New rule" });
    await sheet.getByLabel("Over the last").fill("1h");
    await sheet.getByText(/of 1 would fire/).waitFor({ timeout: DEADLINE_MS });
    await sheet.getByRole("button", { name: "Cancel" }).click();
  },

  async "a rule is tried on the past, and its threshold is dragged"(page) {
    await send(
      await tcpAddress(),
      Array.from({ length: 30 }, (_, index) => `[ERROR] ${RUN} trial ${index}`),
    );
    await page.goto(`${BASE}/#/alerts?new=${encodeURIComponent(`${RUN} trial | stats count() value`)}`);
    const sheet = page.getByRole("dialog", { name: "New rule" });
    await sheet.getByRole("button", { name: "24h" }).click();
    const line = sheet.getByRole("slider", { name: "Threshold" });
    await poll("a firing above ten", async () => {
      if ((await sheet.getByText(/^It would have fired 1 time/).count()) > 0) return true;
      // Records become searchable within a second; another range and back asks again.
      await sheet.getByRole("button", { name: "7d" }).click();
      await sheet.getByRole("button", { name: "24h" }).click();
      return false;
    });
    await dragUntil(
      page,
      line,
      ({ x, y, width }) => [
        { x: x + width / 2, y: y + 8 },
        { x: x + width / 2, y: y - 400 },
      ],
      () => sheet.getByText("It would not have fired.").waitFor({ timeout: DRAG_MS }),
    );
    const threshold = await sheet.getByRole("textbox", { name: "Threshold" }).inputValue();
    assert.ok(Number(threshold) > 29, `the threshold is ${threshold}`);
    await sheet.getByRole("button", { name: "Cancel" }).click();
  },

  async "a channel is created, and its test says why nothing arrived"(page) {
    await page.goto(`${BASE}/#/alerts?tab=channels`);
    await page.getByRole("button", { name: "New channel" }).click();
    const sheet = page.getByRole("dialog", { name: "New channel" });
    await sheet.getByLabel("Kind").selectOption("webhook");
    await sheet.getByLabel("Name", { exact: true }).fill(RUN);
    // No name below this domain ever resolves.
    await sheet.getByRole("textbox", { name: /^URL/ }).fill("https://receiver.invalid/hook");
    await sheet.getByRole("button", { name: "Create" }).click();
    const row = page.getByRole("row").filter({ hasText: RUN });
    await row.getByRole("button", { name: "Test" }).click();
    await row.getByRole("alert").filter({ hasText: "receiver.invalid" }).waitFor({ timeout: DEADLINE_MS });
    await row.getByRole("button", { name: `Delete ${RUN}` }).click();
    await row.getByRole("button", { name: "Delete", exact: true }).click();
    await row.waitFor({ state: "detached", timeout: DEADLINE_MS });
  },

  async "a mark is set, and is a line in the histogram"(page) {
    await page.goto(`${BASE}/#/templates`);
    await page.getByLabel("What happened").fill(RUN);
    await page.getByRole("button", { name: "Set mark" }).click();
    await page.getByRole("button", { name: `Delete mark ${RUN}` }).waitFor({ timeout: DEADLINE_MS });
    await page.goto(`${BASE}/#/explore?range=15m&q=${RUN}`);
    await page.locator(".histogram .mark-line").first().waitFor({ state: "attached", timeout: DEADLINE_MS });
    await page.goto(`${BASE}/#/templates`);
    await page.getByRole("button", { name: `Delete mark ${RUN}` }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: `Delete mark ${RUN}` }).waitFor({ state: "detached", timeout: DEADLINE_MS });
  },
};
