/** Dashboards: made, filled from Explore, arranged, shown as a kiosk, deleted. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, DEADLINE_MS, dragUntil, RUN } from "./harness.mjs";

/** Drags the corner of the text's panel until it is wider. */
async function resizeByPointer(page) {
  const panel = page.locator(".board-panel").filter({ has: page.getByRole("button", { name: /^Move text/ }) });
  const width = async () => (await panel.boundingBox()).width;
  const before = await width();
  const ends = ({ x, y, width: w, height: h }) => [
    { x: x + w / 2, y: y + h / 2 },
    { x: x + 200, y: y + h / 2 },
  ];
  await dragUntil(page, panel.locator(".board-corner"), ends, async () => {
    assert.ok((await width()) > before, "the panel is not wider");
  });
}

export const boardsSteps = {
  async "a dashboard is made from a search, arranged and shown as a kiosk"(page) {
    const name = `Board ${RUN}`;
    const query = `${RUN} | stats by (level) count() n`;
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(query)}`);
    await page.getByRole("button", { name: "Add to dashboard" }).click();
    await page.getByRole("link", { name: "A new dashboard…" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Lines by level");
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    // The panel shows the lines that were sent before; its chart has a legend with their level.
    const panel = page.getByRole("region", { name: "Lines by level" });
    await panel.locator(".u-wrap").waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Panel", exact: true }).click();
    await page.getByRole("combobox", { name: "Shown as" }).selectOption("text");
    await page.getByRole("textbox", { name: /^Text/ }).fill(`Notes of ${RUN}`);
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    const move = page.getByRole("button", { name: /^Move text/ });
    await move.focus();
    await page.keyboard.press("ArrowUp");
    await page.getByText("Column 1, row 1, 6 columns wide, 7 rows high").waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByText("Column 1, row 1, 7 columns wide, 7 rows high").waitFor({ timeout: DEADLINE_MS });
    await resizeByPointer(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Edit", exact: true }).waitFor({ timeout: DEADLINE_MS });

    await page.goto(`${page.url()}&kiosk=1`);
    await page.getByText(`Notes of ${RUN}`).waitFor({ timeout: DEADLINE_MS });
    await page.locator(".topbar").waitFor({ state: "detached", timeout: DEADLINE_MS });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("button", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByText("LogCaster: ingest").waitFor({ timeout: DEADLINE_MS });
    await page.getByText(name).waitFor({ state: "detached", timeout: DEADLINE_MS });
  },

  async "the noise bill proposes a transform, which nothing applies unasked"(page) {
    await page.goto(`${BASE}/#/templates?tab=noise`);
    await page.getByRole("link", { name: /^Drop/ }).first().click({ timeout: DEADLINE_MS });
    await page.getByText("incoming records still pass the old list").waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await page
      .getByText("incoming records still pass the old list")
      .waitFor({ state: "detached", timeout: DEADLINE_MS });
  },

  async "a capsule is saved from a search, and its file opens in the console and by itself, offline"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${RUN}`);
    await page.locator(".record-list .record > .record-line").first().waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Capsule", exact: true }).click();
    await page.getByRole("textbox", { name: "What happened" }).fill(`Down <b>${RUN}</b>`);
    await page.getByRole("textbox", { name: /^Notes/ }).fill("Ask ann@example.com");
    const saving = page.waitForEvent("download", { timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Save the file", exact: true }).click();
    const file = await (await saving).path();

    await page.goto(`${BASE}/#/capsule`);
    await page.getByLabel("File of a capsule").setInputFiles(file);
    await page.getByRole("heading", { name: `Down <b>${RUN}</b>` }).waitFor({ timeout: DEADLINE_MS });
    await page.getByText("Ask [redacted:email]").waitFor({ timeout: DEADLINE_MS });
    await page.locator(".capsule-records tbody tr").first().waitFor({ timeout: DEADLINE_MS });

    const offline = await page.context().browser().newContext({ offline: true });
    try {
      const alone = await offline.newPage();
      await alone.setContent(readFileSync(file, "utf8"));
      await alone.getByRole("heading", { name: `Down <b>${RUN}</b>` }).waitFor({ timeout: DEADLINE_MS });
      await alone.getByText("Ask [redacted:email]").waitFor({ timeout: DEADLINE_MS });
    } finally {
      await offline.close();
    }
  },
};
