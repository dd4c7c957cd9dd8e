/**
 * Tests the console in a real browser against a running LogCaster (LOGCASTER_URL, by default http://127.0.0.1:8080): lines
 * sent over TCP appear in Live and Explore, the theme survives a reload, every page works on a phone, nothing is loaded
 * from other hosts and the browser's console stays empty.
 */
import assert from "node:assert/strict";
import { alertsSteps } from "./alertsSteps.mjs";
import { boardsSteps } from "./boardsSteps.mjs";
import { launchBrowser } from "./browser.mjs";
import { BASE, credentials, DEADLINE_MS } from "./harness.mjs";
import { explainSteps } from "./explainSteps.mjs";
import { liveSteps } from "./liveSteps.mjs";
import { pagesSteps } from "./pagesSteps.mjs";
import { recordsSteps } from "./recordsSteps.mjs";

/** In this order: the pages are checked with records in them. */
const steps = { ...recordsSteps, ...explainSteps, ...liveSteps, ...alertsSteps, ...boardsSteps, ...pagesSteps };

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

/** Browsers log every response other than 2xx, also an expected one; a busy server's 429 is asked again. */
function isExpected(complaint) {
  return /Failed to load resource: .* (?:40[04]|429|502)/.test(complaint);
}

const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(credentials && { httpCredentials: credentials }),
  });
  context.setDefaultTimeout(DEADLINE_MS);
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
