/**
 * Tests the console in a real browser against a running LogCaster (LOGCASTER_URL, by default http://127.0.0.1:8080): lines
 * sent over TCP appear in Live and Explore, the theme survives a reload, every page works on a phone, nothing is loaded
 * from other hosts and the browser's console stays empty.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { launchBrowser } from "./browser.mjs";

const BASE = (process.env.LOGCASTER_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const DEADLINE_MS = 20_000;
/** How long the effect of a drag may take before it is repeated. */
const DRAG_MS = 5_000;
const RUN = `e2e${Date.now().toString(36)}`;

/** The rules of WCAG 2.1, levels A and AA, as far as they can be checked automatically. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Credentials for the server, where it requires them. */
const credentials = process.env.LOGCASTER_USER
  ? { username: process.env.LOGCASTER_USER, password: process.env.LOGCASTER_PASSWORD ?? "" }
  : undefined;
const headers = credentials
  ? { Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}` }
  : {};

async function tcpAddress() {
  const response = await fetch(`${BASE}/api/v1/inputs`, { headers });
  assert.equal(response.status, 200, "GET /api/v1/inputs");
  const { inputs } = await response.json();
  const address = inputs.find(({ id }) => id === "tcp")?.address;
  const match = /:(\d+)$/.exec(address ?? "");
  assert.ok(match, `there is no TCP input with an address: ${JSON.stringify(inputs)}`);
  return { host: new URL(BASE).hostname.replace(/^\[|\]$/g, ""), port: Number(match[1]) };
}

function send(address, lines) {
  return new Promise((resolve, reject) => {
    const socket = connect(address, () => socket.end(lines.map((line) => `${line}\n`).join("")));
    socket.once("error", reject);
    socket.once("close", resolve);
    socket.resume();
  });
}

function watch(page) {
  const complaints = [];
  const strangers = new Set();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.protocol !== "blob:" && url.origin !== new URL(BASE).origin)
      strangers.add(url.href);
  });
  return { complaints, strangers };
}

const steps = {
  async "every page opens and shows its content"(page) {
    const marks = {
      overview: "Rate per input",
      explore: "Records",
      live: "Following",
      templates: "Marks",
      series: "Kept series",
      alerts: "Rules",
      "alerts?tab=channels": "Routes",
      "inputs?tab=sources": "Deliveries",
      inputs: "Connections",
      admin: "Snapshots",
    };
    for (const [name, text] of Object.entries(marks)) {
      await page.goto(`${BASE}/#/${name}`);
      await page.getByText(text, { exact: true }).first().waitFor({ timeout: DEADLINE_MS });
    }
  },

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
    await page.getByRole("button", { name: "Show context" }).click();
    const context = page.getByRole("list", { name: "Records around this one" });
    await context.locator("[aria-current]", { hasText: "the second line" }).waitFor({ timeout: DEADLINE_MS });
    await context.getByText(`${RUN} the first line`).waitFor({ timeout: DEADLINE_MS });
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
    await sheet.getByRole("textbox", { name: /^Url/ }).fill("https://receiver.invalid/hook");
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

  async "accessibility: contrast, names and roles on every page, in both themes"(page) {
    const places = [
      "overview",
      `explore?range=15m&cols=app&q=${RUN}`,
      `explore?range=15m&q=${encodeURIComponent(`${RUN} | stats by (level) count() n`)}`,
      "live",
      "templates",
      "series",
      "alerts",
      "alerts?tab=channels",
      "inputs",
      "inputs?tab=sources",
      "admin",
    ];
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const place of places) {
        await page.goto(`${BASE}/#/${place}`);
        await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached", timeout: DEADLINE_MS });
        if (place.startsWith("explore"))
          await page
            .locator(".record-list .record > .record-line, .result-table tbody tr")
            .first()
            .waitFor({ timeout: DEADLINE_MS });
        await page.evaluate(AXE);
        // Of all rules, only that of contrast depends on the theme.
        const rules = colorScheme === "light" ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] : ["color-contrast"];
        const violations = await page.evaluate(async (runOnly) => {
          const { violations: found } = await window.axe.run(document, { runOnly });
          return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`);
        }, rules);
        assert.deepEqual(violations, [], `${place} (${colorScheme})`);
      }
    }
    await page.emulateMedia({ colorScheme: null });
  },

  async "browsers cache files with a hash in their names, and revalidate the page"() {
    const page = await fetch(`${BASE}/index.html`, { headers });
    assert.equal(page.headers.get("cache-control"), "no-cache");
    const asset = /assets\/[^"]+\.js/.exec(await page.text())?.[0];
    assert.ok(asset, "the page names no script");
    assert.match(
      (await fetch(`${BASE}/${asset}`, { headers })).headers.get("cache-control") ?? "",
      /max-age=31536000.*immutable/,
    );
    const again = await fetch(`${BASE}/index.html`, {
      headers: { ...headers, "If-None-Match": page.headers.get("etag") ?? "" },
    });
    assert.equal(again.status, 304, "an unchanged page is sent again");
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

  async "the theme toggles and survives a reload"(page) {
    await page.goto(`${BASE}/#/overview`);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await background();
    await page.getByRole("button", { name: /(?:Light|Dark) theme/ }).click();
    const after = await background();
    assert.notEqual(after, before, "the theme does not change");
    await page.reload();
    await page.getByText("Rate per input").waitFor({ timeout: DEADLINE_MS });
    assert.equal(await background(), after, "the theme does not survive a reload");
  },

  async "keyboard shortcuts work on every page"(page) {
    await page.goto(`${BASE}/#/overview`);
    await page.getByText("Rate per input").waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.locator(".cm-content").waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("/");
    await poll("the query box has the focus", () =>
      page.evaluate(() => document.activeElement?.matches("[data-query-input]") ?? false),
    );
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("Escape");
  },

  async "no page is wider than a phone"(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    const places = [
      "overview",
      "explore",
      "live",
      "templates",
      "series",
      "alerts",
      "alerts?tab=channels",
      "inputs",
      "inputs?tab=sources",
      "admin",
    ];
    for (const name of places) {
      await page.goto(`${BASE}/#/${name}`);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached", timeout: DEADLINE_MS });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${name} is ${width} pixels wide`);
    }
  },
};

async function poll(what, check) {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    if (await check()) return;
    if (Date.now() > end) assert.fail(`timed out waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Drags within an element until the effect is seen. A chart is rebuilt when the shape of its data changes, which takes the
 * element away or ends the drag.
 */
async function dragUntil(page, locator, ends, effect) {
  for (let last = Date.now() + DEADLINE_MS; ;) {
    try {
      await locator.scrollIntoViewIfNeeded({ timeout: DRAG_MS });
      const [from, to] = ends(await locator.boundingBox({ timeout: DRAG_MS }));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 6 });
      await page.mouse.up();
      return await effect();
    } catch (error) {
      if (Date.now() > last) throw error;
    }
  }
}

/** Browsers log every response other than 2xx, also an expected one. */
function isExpected(complaint) {
  return /Failed to load resource: .* (?:40[04]|502)/.test(complaint);
}

const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(credentials && { httpCredentials: credentials }),
  });
  const page = await context.newPage();
  const seen = watch(page);
  for (const [name, step] of Object.entries(steps)) {
    const start = Date.now();
    await step(page);
    console.log(`ok   ${name} (${Date.now() - start} ms)`);
  }
  assert.deepEqual([...seen.strangers], [], "requests to other hosts");
  assert.deepEqual(
    seen.complaints.filter((complaint) => !isExpected(complaint)),
    [],
    "messages in the browser's console",
  );
  console.log("ok   nothing was loaded from elsewhere, and the browser's console stayed silent");
} finally {
  await browser.close();
}
