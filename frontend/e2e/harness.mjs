/** What the steps of the browser test share: the server's address, sending lines, waiting and dragging. */
import assert from "node:assert/strict";
import { connect } from "node:net";

export const BASE = (process.env.LOGCASTER_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
export const DEADLINE_MS = 60_000;
/** How long the effect of a drag may take before it is repeated. */
export const DRAG_MS = 5_000;
export const RUN = `e2e${Date.now().toString(36)}`;

/** Credentials for the server, where it requires them. */
export const credentials = process.env.LOGCASTER_USER
  ? { username: process.env.LOGCASTER_USER, password: process.env.LOGCASTER_PASSWORD ?? "" }
  : undefined;
export const headers = credentials
  ? { Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}` }
  : {};

export async function tcpAddress() {
  const response = await fetch(`${BASE}/api/v1/inputs`, { headers });
  assert.equal(response.status, 200, "GET /api/v1/inputs");
  const { inputs } = await response.json();
  const address = inputs.find(({ id }) => id === "tcp")?.address;
  const match = /:(\d+)$/.exec(address ?? "");
  assert.ok(match, `there is no TCP input with an address: ${JSON.stringify(inputs)}`);
  return { host: new URL(BASE).hostname.replace(/^\[|\]$/g, ""), port: Number(match[1]) };
}

export function send(address, lines) {
  return new Promise((resolve, reject) => {
    const socket = connect(address, () => socket.end(lines.map((line) => `${line}\n`).join("")));
    socket.once("error", reject);
    socket.once("close", resolve);
    socket.resume();
  });
}

export async function poll(what, check) {
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
export async function dragUntil(page, locator, ends, effect) {
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
