import { describe, expect, it, vi } from "vitest";
import type { Row } from "../api/types";
import { TailBuffer } from "./tailBuffer";
import { BACK_FILL, MOST_MISSED, TailFeed, type LoadRows } from "./tailFeed";

const T0 = Date.parse("2026-11-21T09:00:00Z");
const row = (second: number, text = `record ${second}`): Row => ({
  _time: new Date(T0 + second * 1_000).toISOString(),
  _msg: text,
});
const records = (...rows: Row[]) => ({ event: "records", data: JSON.stringify(rows) });

function open(load: LoadRows) {
  const buffer = new TailBuffer(5_000, (notify) => notify());
  let now = T0 + 60_000;
  const feed = new TailFeed(buffer, load, () => now);
  const shown = () => buffer.latest(5_000).map((item) => (item.kind === "row" ? item.row._msg : item.reason));
  return { buffer, feed, shown, wait: (ms: number) => (now += ms) };
}

describe("TailFeed", () => {
  it("starts with the latest stored records, oldest first, and the stream's after them", async () => {
    let answer: (rows: Row[]) => void = () => undefined;
    const load = vi.fn<LoadRows>(() => new Promise((resolve) => (answer = resolve)));
    const { feed, shown } = open(load);
    const opening = feed.open();
    feed.receive(records(row(2), row(3)));
    expect(shown()).toEqual([]);
    answer([row(2), row(1), row(0)]);
    await opening;
    expect(load.mock.calls[0]?.[1]).toBe(BACK_FILL);
    expect(shown()).toEqual(["record 0", "record 1", "record 2", "record 3"]);
  });

  it("fetches after a lost connection what was missed, and nothing twice", async () => {
    const answers = [[], [row(7), row(6), row(5)]];
    const load = vi.fn<LoadRows>(() => Promise.resolve(answers.shift() ?? []));
    const { feed, shown, wait } = open(load);
    await feed.open();
    feed.receive(records(row(5)));
    feed.lost();
    wait(30_000);
    const opening = feed.open();
    feed.receive(records(row(7), row(8)));
    await opening;
    expect(load.mock.calls[1]?.[0].start).toBe(T0 - 5_000);
    expect(shown()).toEqual(["record 5", "record 6", "record 7", "record 8"]);
  });

  it("keeps equal records as often as they occur", async () => {
    const load = vi
      .fn<LoadRows>()
      .mockResolvedValueOnce([])
      .mockResolvedValueOnce([row(1, "same"), row(1, "same")]);
    const { feed, shown } = open(load);
    await feed.open();
    feed.receive(records(row(1, "same")));
    feed.lost();
    await feed.open();
    expect(shown()).toEqual(["same", "same"]);
  });

  it("draws a gap where there is more than it fetches, or where fetching fails", async () => {
    const many = Array.from({ length: MOST_MISSED }, (_, index) => row(index));
    const load = vi.fn<LoadRows>().mockResolvedValueOnce([]).mockResolvedValueOnce(many);
    load.mockRejectedValueOnce(new TypeError("gone"));
    const { feed, buffer, wait } = open(load);
    await feed.open();
    feed.lost();
    wait(5_000);
    await feed.open();
    expect(buffer.at(0)).toMatchObject({ kind: "gap", range: { start: T0 + 50_000, end: T0 + 65_000 } });
    expect(buffer.length).toBe(MOST_MISSED + 1);
    feed.lost();
    await feed.open();
    expect(buffer.at(buffer.length - 1)).toMatchObject({ kind: "gap", dropped: 0 });
  });

  it("starts with what arrives where the stored records cannot be read", async () => {
    const { feed, shown } = open(() => Promise.reject(new TypeError("gone")));
    const opening = feed.open();
    feed.receive(records(row(1)));
    await opening;
    expect(shown()).toEqual(["record 1"]);
  });

  it("shows which node is missing, and why", async () => {
    const { buffer, feed } = open(() => Promise.resolve([]));
    await feed.open();
    feed.receive({ event: "missing", data: JSON.stringify({ node: "http://b:8080", reason: "it cannot be reached" }) });
    const [item] = buffer.latest(1);
    expect(item).toMatchObject({ kind: "gap", dropped: 0, node: "http://b:8080 (it cannot be reached)" });
  });
});
