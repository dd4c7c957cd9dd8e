/** Every page: content, keyboard, theme, accessibility, phones, caching. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BASE, DEADLINE_MS, RUN, headers, poll } from "./harness.mjs";

/** The rules of WCAG 2.1, levels A and AA, as far as they can be checked automatically. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const pagesSteps = {
  async "every page opens and shows its content"(page) {
    const marks = {
      overview: "Rate per input",
      explore: "Records",
      live: "Following",
      dashboards: "LogCaster: ingest",
      "dashboards?id=logcaster-ingest": "Records by app",
      templates: "Marks",
      series: "Kept series",
      transforms: "Transforms",
      sinks: "Sinks",
      alerts: "Rules",
      "alerts?tab=channels": "Routes",
      "inputs?tab=sources": "Deliveries",
      inputs: "Connections",
      nodes: "One LogCaster is enough for most teams",
      admin: "Snapshots",
      capsule: "Incident capsule",
    };
    for (const [name, text] of Object.entries(marks)) {
      await page.goto(`${BASE}/#/${name}`);
      await page.getByText(text, { exact: true }).first().waitFor({ timeout: DEADLINE_MS });
    }
  },

  async "accessibility: contrast, names and roles on every page, in both themes"(page) {
    const places = [
      "overview",
      `explore?range=15m&cols=app&q=${RUN}`,
      `explore?range=15m&q=${encodeURIComponent(`${RUN} | stats by (level) count() n`)}`,
      "live",
      "dashboards",
      "dashboards?id=logcaster-ingest",
      "dashboards?id=logcaster-alerts",
      "templates",
      "templates?tab=noise",
      "series",
      "transforms",
      "sinks",
      "alerts",
      "alerts?tab=channels",
      "inputs",
      "inputs?tab=sources",
      "nodes",
      "admin",
      "capsule",
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
        if (place.endsWith("noise")) await page.locator(".noise-table").waitFor({ timeout: DEADLINE_MS });
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

  async "the command palette goes to a page"(page) {
    await page.goto(`${BASE}/#/overview`);
    await page.getByText("Rate per input").waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("admin");
    await page.getByRole("option", { name: "Go to Admin", selected: true }).waitFor({ timeout: DEADLINE_MS });
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/admin/, { timeout: DEADLINE_MS });
  },

  async "no page is wider than a phone"(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    const places = [
      "overview",
      "explore",
      "live",
      "dashboards",
      "dashboards?id=logcaster-ingest",
      "dashboards?id=logcaster-alerts",
      "templates",
      "templates?tab=noise",
      "series",
      "transforms",
      "sinks",
      "alerts",
      "alerts?tab=channels",
      "inputs",
      "inputs?tab=sources",
      "nodes",
      "admin",
      "capsule",
    ];
    for (const name of places) {
      await page.goto(`${BASE}/#/${name}`);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached", timeout: DEADLINE_MS });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${name} is ${width} pixels wide`);
    }
  },
};
