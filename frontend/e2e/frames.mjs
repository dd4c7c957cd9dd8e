/**
 * Measures frames by hand (`npm run frames`), not as a part of the tests: while Live follows 5,000 lines a second, which this
 * script sends, and while Explore scrolls through all that the server has; a million records is what the figures are
 * promised for. The frames of an empty page show what the machine itself can do.
 */
import { connect } from "node:net";
import { launchBrowser } from "./browser.mjs";
import { BASE, credentials, DEADLINE_MS, tcpAddress } from "./harness.mjs";

const LINES_PER_SECOND = 5_000;
const TICK_MS = 50;
const LEVELS = ["INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"];

/** Times of frames over so many milliseconds, in a line of text. */
function measure(page, ms) {
  return page.evaluate(
    (length) =>
      new Promise((done) => {
        const gaps = [];
        let last = performance.now();
        const end = last + length;
        requestAnimationFrame(function frame(now) {
          gaps.push(now - last);
          last = now;
          if (now < end) return void requestAnimationFrame(frame);
          gaps.sort((a, b) => a - b);
          const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))].toFixed(1);
          const late = gaps.filter((gap) => gap > 33.4).length;
          done(
            `${gaps.length} frames, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)} ms, ${late} late`,
          );
        });
      }),
    ms,
  );
}

/** Sends lines until the returned function is called. */
async function sendSteadily() {
  const socket = connect(await tcpAddress());
  socket.resume();
  let sent = 0;
  const start = Date.now();
  const timer = setInterval(() => {
    const due = Math.floor(((Date.now() - start) / 1000) * LINES_PER_SECOND);
    const lines = [];
    for (; sent < due; sent++)
      lines.push(`[${LEVELS[sent % LEVELS.length]}] order ${sent} of customer ${sent % 977} took ${sent % 301} ms\n`);
    socket.write(lines.join(""));
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    socket.end();
  };
}

const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(credentials && { httpCredentials: credentials }),
  });
  const page = await context.newPage();
  console.log(`empty page    ${await measure(page, 5_000)}`);

  await page.goto(`${BASE}/#/live?q=*`);
  await page.getByText("Following", { exact: true }).waitFor({ timeout: DEADLINE_MS });
  const stop = await sendSteadily();
  await page.waitForTimeout(3_000);
  console.log(`tail, 5,000/s ${await measure(page, 20_000)}`);
  stop();

  await page.goto(`${BASE}/#/explore?range=all&q=*`);
  await page.locator(".record-list .record-line").first().waitFor({ timeout: DEADLINE_MS });
  await page.locator(".record-list").first().hover();
  const frames = measure(page, 20_000);
  for (let turn = 0; turn < 150; turn++) {
    await page.mouse.wheel(0, 3_000);
    await page.waitForTimeout(120);
  }
  console.log(`scrolling     ${await frames}`);
} finally {
  await browser.close();
}
