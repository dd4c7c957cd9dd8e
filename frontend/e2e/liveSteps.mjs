/** Live beyond its list: rules for rows, the map of rates, what is taken out; context and variables of patterns. */
import assert from "node:assert/strict";
import { BASE, DEADLINE_MS, RUN, headers, poll, send, tcpAddress } from "./harness.mjs";

const MARK = `${RUN}live`;

export const liveSteps = {
  async "Live fills back, colours rows by rules and leads from its map to Explore"(page) {
    const address = await tcpAddress();
    await send(address, [`[ERROR] ${MARK} stored before, took 12 ms`, `[INFO] ${MARK} calm, took 15 ms`]);
    const link = `${BASE}/#/live?q=${encodeURIComponent(MARK)}`;
    await page.goto(link);
    const list = page.getByRole("log");
    await poll("the records from before", async () => {
      if ((await list.getByText("stored before").count()) === 1) return true;
      await page.reload();
      await page.getByText("Following", { exact: true }).waitFor({ timeout: DEADLINE_MS });
      return false;
    });
    await page.getByRole("button", { name: "Highlights", exact: true }).click();
    await page.getByRole("button", { name: "Add a rule" }).click();
    const rule = page.getByRole("textbox", { name: "What rule 1 looks for" });
    await rule.fill("/(/");
    await page.getByText(/This is no regular expression/).waitFor({ timeout: DEADLINE_MS });
    await rule.fill("level=error");
    await list.locator(".tail-row[data-mark]").waitFor({ timeout: DEADLINE_MS });
    const tops = await list
      .locator(".tail-row")
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
    assert.deepEqual(
      tops.slice(1),
      tops.slice(1).map((_, index) => tops[index] + 22),
      "rows are not one below the other",
    );
    await page.keyboard.press("Escape");
    assert.match(page.url(), /hl=0%3Alevel%3Derror/, "the address does not keep the rule");
    const map = page.getByRole("link", { name: /Records by level over the last 10 minutes/ });
    await map.focus();
    await poll("a cell with an ERROR record", async () => {
      if (/: 1 record of level ERROR/.test((await map.getAttribute("aria-label")) ?? "")) return true;
      // The server's counts may come later than one walks: at the oldest cell, from the newest again.
      const first = await map.getAttribute("href");
      await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(20);
      if ((await map.getAttribute("href")) === first) await page.keyboard.press("End");
      return false;
    });
    await page.keyboard.press("Enter");
    await page.locator(".record-list").getByText("stored before").waitFor({ timeout: DEADLINE_MS });
    await page.evaluate(() => localStorage.removeItem("logcaster.rowMarks"));
  },

  async "Live shows what transforms take out, and which one did"(page) {
    const name = `no ${MARK}`;
    const path = `${BASE}/api/v1/transforms`;
    const json = { "content-type": "application/json", ...headers };
    const before = await (await fetch(path, { headers })).json();
    const own = { name, filter: `${MARK} unwanted`, action: "drop", options: {} };
    const put = await fetch(path, { method: "PUT", headers: json, body: JSON.stringify([...before, own]) });
    assert.equal(put.status, 200, await put.text());
    try {
      await page.goto(`${BASE}/#/live?view=only&q=${encodeURIComponent(MARK)}`);
      await page.getByText("Following", { exact: true }).waitFor({ timeout: DEADLINE_MS });
      await send(await tcpAddress(), [`[INFO] ${MARK} unwanted`, `[INFO] ${MARK} wanted`]);
      const rows = page.getByRole("log");
      await rows.getByText(`not stored: ${name} (drop)`).waitFor({ timeout: DEADLINE_MS });
      assert.equal(await rows.getByText(`${MARK} wanted`).count(), 0, "a stored record is shown as taken out");
    } finally {
      await fetch(path, { method: "PUT", headers: json, body: JSON.stringify(before) });
    }
  },

  async "the context of a record goes on, in other streams too"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${MARK} calm`)}`);
    await page.locator(".record-list").getByText("calm").click();
    await page.getByRole("button", { name: "Context", exact: true }).click();
    const around = page.getByRole("list", { name: "Records around this one" });
    await around.locator("[aria-current]").waitFor({ timeout: DEADLINE_MS });
    await page.getByLabel("Whose lines are shown").selectOption({ label: "All streams" });
    await around.locator("[aria-current]").waitFor({ timeout: DEADLINE_MS });
    await around.getByText("stored before").waitFor({ timeout: DEADLINE_MS });
    await page.getByRole("button", { name: "Fields", exact: true }).click();
    await page.keyboard.press("Escape");
  },

  async "a variable of a pattern shows its values, and filters by them"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&tab=patterns&q=${encodeURIComponent(`${MARK} calm`)}`);
    const pattern = page.locator(".pattern-text", { hasText: "calm, took" });
    if ((await pattern.count()) === 0) await page.getByRole("tab", { name: "Patterns" }).click();
    await pattern.first().click();
    await page
      .getByRole("button", { name: /Values of variable \d, such as 15/ })
      .first()
      .focus();
    const card = page.locator(".variable-picker .variable-card");
    await card.getByRole("button", { name: /15 ms/ }).click();
    await poll("the query with the value", () => /took[ +]15[ +]ms/.test(decodeURIComponent(page.url())));
  },
};
