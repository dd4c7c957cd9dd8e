/** Records: from the socket to Live and Explore, found, narrowed, exported and deleted. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, DEADLINE_MS, DRAG_MS, RUN, tcpAddress, send, poll, dragUntil } from "./harness.mjs";

export const recordsSteps = {
  async "records are counted, then deleted by query"(page) {
    const word = `${RUN}gone`;
    await send(await tcpAddress(), [`[INFO] ${word} one`, `[INFO] ${word} two`]);
    await page.goto(`${BASE}/#/explore?range=15m&q=${word}`);
    await page.getByText("2 records").waitFor({ timeout: DEADLINE_MS });
    await page.goto(`${BASE}/#/admin`);
    await page.getByRole("button", { name: "Delete records…" }).click();
    await page.getByRole("textbox", { name: /^Query of the records/ }).fill(word);
    await page.getByRole("button", { name: "Count matching records" }).click();
    await page.getByRole("button", { name: "Delete 2 records permanently" }).click();
    const row = page.getByRole("row").filter({ hasText: word });
    await row.getByText("done", { exact: true }).waitFor({ timeout: DEADLINE_MS });
    await row.getByRole("cell", { name: "2", exact: true }).waitFor({ timeout: DEADLINE_MS });
  },

  async "lines sent over TCP appear in Live, filtered by its query"(page) {
    await page.goto(`${BASE}/#/live?q=${encodeURIComponent(RUN)}`);
    await page.getByText("Following", { exact: true }).waitFor({ timeout: DEADLINE_MS });
    const address = await tcpAddress();
    await send(address, [
      `[ERROR] ${RUN} the first line`,
      "[INFO] a line of somebody else",
      `[INFO] ${RUN} the second line`,
    ]);
    const list = page.getByRole("log");
    await list.getByText(`${RUN} the first line`).waitFor({ timeout: DEADLINE_MS });
    await list.getByText(`${RUN} the second line`).waitFor({ timeout: DEADLINE_MS });
    assert.equal(await list.getByText("a line of somebody else").count(), 0, "Live shows a line its query excludes");
    await page.keyboard.press("p");
    await page.getByText("Paused · 0 new").waitFor({ timeout: DEADLINE_MS });
    await send(address, [`[WARN] ${RUN} while paused`]);
    await page.getByText("Paused · 1 new").waitFor({ timeout: DEADLINE_MS });
    assert.equal(await list.getByText(`${RUN} while paused`).count(), 0, "a paused list moves");
    await page.getByRole("button", { name: "Resume" }).click();
    await list.getByText(`${RUN} while paused`).waitFor({ timeout: DEADLINE_MS });
  },

  async "the lines are found in Explore, opened, and narrowed from there"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(RUN)}`);
    const rows = page.locator(".record-list .record > .record-line");
    await poll("three records", async () => {
      if ((await rows.count()) === 3) return true;
      await page.getByRole("button", { name: "Run" }).click();
      return false;
    });
    const message = rows.filter({ hasText: "the first line" }).locator(".cell-message");
    const { x, y } = await message.boundingBox();
    await page.mouse.move(x + 2, y + 8);
    await page.mouse.down();
    await page.mouse.move(x + 120, y + 8, { steps: 4 });
    await page.mouse.up();
    assert.match(await page.evaluate(() => getSelection().toString()), /\w/, "the text of a row cannot be selected");
    assert.equal(await page.locator(".detail").count(), 0, "selecting text opens the record");
    await page.keyboard.press("Escape");
    await page.evaluate(() => getSelection().removeAllRanges());
    await rows.filter({ hasText: "the first line" }).click();
    await page.locator(".detail-field", { hasText: "ERROR" }).waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Only records with this level" }).click();
    await poll("one record", async () => (await rows.count()) === 1);
    assert.match(decodeURIComponent(new URL(page.url()).hash), /level:="ERROR"/, "the address does not hold the query");
  },

  async "filters are chips that can be turned around and undone, and a search goes through the rows"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${RUN} level:=ERROR`)}`);
    const first = page.locator(".record-line", { hasText: "the first line" }).first();
    const second = page.locator(".record-line", { hasText: "the second line" }).first();
    await first.waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "level ERROR", exact: true }).click();
    await second.waitFor({ timeout: DEADLINE_MS });
    await first.waitFor({ state: "detached", timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await first.waitFor({ timeout: DEADLINE_MS });
    const field = page.getByRole("textbox", { name: "Find in the loaded rows" });
    await poll("the field to find rows", async () => {
      if ((await field.count()) === 0) await page.keyboard.press("f");
      return (await field.count()) === 1;
    });
    await field.fill("FIRST");
    await page.getByText("1 row", { exact: true }).waitFor({ timeout: DEADLINE_MS });
    await field.press("Enter");
    await page.getByText("1 of 1", { exact: true }).waitFor({ timeout: DEADLINE_MS });
    await page.locator("mark.found", { hasText: "first" }).first().waitFor({ timeout: DEADLINE_MS });
  },

  async "a record shows its context, and columns can be moved"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&cols=host,app&q=${encodeURIComponent(`"${RUN} the second line"`)}`);
    // Not just any row: those of the previous step stay until the new ones arrive.
    const row = page.locator(".record-list .record > .record-line", { hasText: "the second line" }).first();
    await row.waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: /^Column host/ }).focus();
    await page.keyboard.press("ArrowRight");
    await poll("the columns in their new order", () => page.url().includes("cols=app%2Chost"));
    await row.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Context", exact: true }).click();
    const context = page.getByRole("list", { name: "Records around this one" });
    await context.locator("[aria-current]", { hasText: "the second line" }).waitFor({ timeout: DEADLINE_MS });
    await context.getByText(`${RUN} the first line`).waitFor({ timeout: DEADLINE_MS });
  },

  async "every row of a long result is reached, and rows are compared"(page) {
    const word = `${RUN}long`;
    await send(
      await tcpAddress(),
      Array.from({ length: 3_000 }, (_, index) => `[INFO] ${word} number ${index}`),
    );
    await page.goto(`${BASE}/#/explore?range=15m&q=${word}`);
    await poll("all lines", async () => {
      if ((await page.getByText("3,000 records in").count()) === 1) return true;
      await page.getByRole("button", { name: "Run" }).click();
      return false;
    });
    const rows = page.locator(".record-list .record > .record-line");
    // The oldest row, far from those that are loaded at first.
    await poll("the last row", async () => {
      await rows.first().focus();
      await page.keyboard.press("End");
      return (await page.locator('[aria-rowindex="3000"]', { hasText: `${word} number` }).count()) === 1;
    });
    await poll("two chosen rows", async () => {
      if ((await page.getByText("2 rows chosen").count()) === 1) return true;
      for (const index of [2999, 3000])
        await page
          .locator(`[aria-rowindex="${index}"]:not([data-chosen])`)
          .click({ modifiers: ["Control"], timeout: DRAG_MS })
          .catch(() => undefined);
      return false;
    });
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.locator(".row-diff mark").first().waitFor({ timeout: DEADLINE_MS });
  },

  async "records are read as a timeline, and the variables of a pattern become columns"(page) {
    const word = `${RUN}story`;
    await send(
      await tcpAddress(),
      [7, 12, 30].map((count) => `[INFO] ${word} order ${count} took ${count} ms`),
    );
    await page.goto(`${BASE}/#/explore?range=15m&q=${word}`);
    await poll("all records", async () => {
      if ((await page.getByText("3 records in").count()) === 1) return true;
      await page.getByRole("button", { name: "Run" }).click();
      return false;
    });
    await page.getByRole("tab", { name: "Timeline" }).click();
    const story = page.getByRole("list", { name: "Records in order" }).getByRole("listitem");
    await story.filter({ hasText: "took 12 ms" }).waitFor({ timeout: DEADLINE_MS });
    assert.equal(await story.count(), 3);
    await story.filter({ hasText: "took 12 ms" }).locator(".timeline-item").press("Enter");
    await page.locator(".detail-field", { hasText: "INFO" }).waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("tab", { name: "Patterns" }).click();
    await page.getByTitle("Show an example, and what to make of the pattern").click();
    await page.getByRole("button", { name: "Extract its variables" }).click();
    await page.getByRole("button", { name: /^Column number_1/ }).waitFor({ timeout: DEADLINE_MS });
    await page.locator('.record-list .cell-column[title="number_1: 12"]').waitFor({ timeout: DEADLINE_MS });
  },

  async "a time range is typed, dragged and undone"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(RUN)}`);
    await page.getByRole("button", { name: /^Time range/ }).click();
    await page.keyboard.type("last 2h");
    await page.keyboard.press("Enter");
    await poll("the typed range", () => page.url().includes("range=2h"));
    const chart = page.locator(".histogram .u-over");
    await chart.waitFor({ timeout: DEADLINE_MS });
    await dragUntil(
      page,
      chart,
      ({ x, y, width, height }) => [
        { x: x + width * 0.4, y: y + height / 2 },
        { x: x + width * 0.9, y: y + height / 2 },
      ],
      () => page.waitForURL(/range=\d{4}-/, { timeout: DRAG_MS }),
    );
    await page.getByRole("button", { name: "Explain", exact: true }).click();
    await page.getByText(/ records here, /).waitFor({ timeout: DEADLINE_MS });
    await page.goBack();
    await page.goBack();
    await poll("the range before", () => page.url().includes("range=2h"));
  },

  async "a search is saved, renamed and deleted"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(RUN)}`);
    await page.getByRole("button", { name: "Saved searches" }).click();
    await page.getByLabel("Name of the search").fill(RUN);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Edit ${RUN}` }).click();
    await page.getByLabel(`New name of ${RUN}`).fill(`${RUN} again`);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Edit ${RUN} again` }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page
      .getByRole("button", { name: `${RUN} again`, exact: true })
      .waitFor({ state: "detached", timeout: DEADLINE_MS });
    await page.keyboard.press("Escape");
  },

  async "the complete result is downloaded"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(RUN)}`);
    await page.getByRole("button", { name: "Export the result" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: DEADLINE_MS }),
      page.getByRole("link", { name: "JSON, one array" }).click(),
    ]);
    assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).length, 3);
  },

  async "an error in a query is shown at its position"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${RUN} )`)}`);
    await page.getByRole("alert").filter({ hasText: "column" }).waitFor({ timeout: DEADLINE_MS });
    await page.locator(".cm-lintRange-error").waitFor({ timeout: DEADLINE_MS });
  },

  async "a computed result has a table and a chart"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${RUN} | stats by (level) count() found`)}`);
    await page.getByRole("columnheader", { name: "found" }).waitFor({ timeout: DEADLINE_MS });
    assert.equal(await page.locator(".result-table tbody tr").count(), 3);
    await page.getByRole("tab", { name: "Chart" }).click();
    await page.locator(".bars li").first().waitFor({ timeout: DEADLINE_MS });
  },
};
