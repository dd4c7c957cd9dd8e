/** What sets a range apart, where the values of a record lead to, and why nothing is found. */
import assert from "node:assert/strict";
import { BASE, DEADLINE_MS, RUN, headers, poll } from "./harness.mjs";

const WORD = `${RUN}bump`;

/** Records of one kind until a minute ago, and of another since; returns that minute as a range. */
async function sendBump() {
  const now = Date.now();
  const record = (age, more) =>
    JSON.stringify({ _time: new Date(now - age).toISOString(), _msg: `${WORD} order stored`, app: "bump", ...more });
  const before = Array.from({ length: 300 }, (_, index) => record(90_000 + index * 300, { version: "1" }));
  const after = Array.from({ length: 100 }, (_, index) =>
    record(index * 400, {
      version: "2",
      region: "eu-1",
      trace_id: "4bf92f3577b34da6",
      file: "src/Order.java",
      line: "88",
      page: "see https://shop.example.org/orders/7.",
    }),
  );
  const body = [...before, ...after].join("\n");
  const type = { "content-type": "application/x-ndjson", ...headers };
  const response = await fetch(`${BASE}/api/v1/records?stream_fields=app`, { method: "POST", headers: type, body });
  assert.equal(response.status, 200, await response.text());
  return [now - 60_000, now + 1_000].map((time) => new Date(time).toISOString()).join("~");
}

export const explainSteps = {
  async "an explanation has curves, groups what says the same, and a click filters"(page) {
    const range = await sendBump();
    await page.goto(`${BASE}/#/explore?range=${range}&tab=explain&q=${WORD}`);
    const row = page.locator(".differences tr", { hasText: "version" }).first();
    await poll("the difference", async () => {
      if ((await row.count()) === 1) return true;
      await page.getByRole("button", { name: "Run" }).click();
      return false;
    });
    await row.getByRole("img", { name: /^Here: .* over time/ }).waitFor({ timeout: DEADLINE_MS });
    await row.getByRole("img", { name: /^There: .* over time/ }).waitFor({ timeout: DEADLINE_MS });
    await row.getByText(/more says? the same/).click();
    await row.locator(".difference-same li").first().waitFor({ timeout: DEADLINE_MS });
    await row.locator(".pattern-text").first().click();
    await poll("the query with the value", () => /q=[^&]*%3A%3D/.test(page.url()));
  },

  async "values of a record are links: addresses, and those that the installation names"(page) {
    const links = [
      { field: "trace_id", url: "https://traces.example.org/trace/{value}", title: "Trace" },
      { field: "file", url: "https://git.example.org/shop/blob/main/{value}#L{line}", title: "Code" },
    ];
    const answer = (route) => route.fulfill({ json: { name: null, color: null, links } });
    await page.route("**/api/v1/console", answer);
    try {
      await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${WORD} region:=eu-1 | limit 1`)}`);
      // The page asks for the links once, when it loads.
      await page.reload();
      await page.locator(".record-list .record > .record-line").first().click();
      const hrefOf = (name) => page.locator(".detail").getByRole("link", { name }).first().getAttribute("href");
      assert.equal(await hrefOf(/^Trace/), "https://traces.example.org/trace/4bf92f3577b34da6");
      assert.equal(await hrefOf(/^Code/), "https://git.example.org/shop/blob/main/src/Order.java#L88");
      assert.equal(await hrefOf(/shop\.example/), "https://shop.example.org/orders/7");
    } finally {
      await page.unroute("**/api/v1/console", answer);
      await page.reload();
    }
  },

  async "where nothing is found, a click mends the query"(page) {
    await page.goto(`${BASE}/#/explore?range=15m&q=${encodeURIComponent(`${WORD} versoin:=2`)}`);
    await page.getByRole("button", { name: "Use version" }).click();
    await page.locator(".record-list .record > .record-line").first().waitFor({ timeout: DEADLINE_MS });
    await page.goto(`${BASE}/#/explore?range=2035-01-01T00:00:00.000Z~2035-01-02T00:00:00.000Z&q=${WORD}`);
    await page.getByText("This range has not begun yet.").waitFor({ timeout: DEADLINE_MS });
  },
};
