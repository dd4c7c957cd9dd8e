import { describe, expect, it, vi } from "vitest";
import { msg } from "../i18n";
import { TailBuffer } from "./tailBuffer";

const rows = (...names: string[]) => names.map((_msg) => ({ _msg }));

function shown(buffer: TailBuffer): string[] {
  return Array.from({ length: buffer.length }, (_, index) => {
    const item = buffer.at(index);
    return item?.kind === "row" ? (item.row._msg ?? "") : `gap ${item?.dropped}`;
  });
}

describe("TailBuffer", () => {
  it("shows rows and gaps in order of arrival", () => {
    const buffer = new TailBuffer(10, (notify) => notify());
    buffer.addRows(rows("a", "b"));
    buffer.addGap(7, msg("lost"));
    buffer.addRows(rows("c"));
    expect(shown(buffer)).toEqual(["a", "b", "gap 7", "c"]);
  });

  it("does not change while paused, counts new rows, and shows them on resuming", () => {
    const buffer = new TailBuffer(10, (notify) => notify());
    buffer.addRows(rows("a"));
    buffer.pause();
    buffer.addRows(rows("b", "c"));
    expect(shown(buffer)).toEqual(["a"]);
    expect(buffer.waiting).toBe(2);
    buffer.resume();
    expect(shown(buffer)).toEqual(["a", "b", "c"]);
    expect(buffer.waiting).toBe(0);
  });

  it("marks a gap where more rows arrived during a pause than it can hold", () => {
    const buffer = new TailBuffer(4, (notify) => notify());
    buffer.addRows(rows("a"));
    buffer.pause();
    buffer.addRows(rows("b", "c", "d", "e", "f", "g"));
    expect(buffer.waiting).toBe(6);
    buffer.resume();
    expect(shown(buffer)).toEqual(["d", "e", "f", "g"]);
    const roomy = new TailBuffer(3, (notify) => notify());
    roomy.pause();
    roomy.addRows(rows("a", "b", "c", "d"));
    roomy.addGap(2, msg("lost"));
    expect(roomy.waiting).toBe(5);
  });

  it("notifies its listeners once per frame, however many batches arrive", () => {
    const frames: (() => void)[] = [];
    const buffer = new TailBuffer(1_000, (notify) => frames.push(notify));
    const listener = vi.fn();
    buffer.subscribe(listener);
    for (let batch = 0; batch < 50; batch++) buffer.addRows(rows("x"));
    expect(frames).toHaveLength(1);
    frames.pop()?.();
    expect(listener).toHaveBeenCalledTimes(1);
    buffer.addRows(rows("y"));
    expect(frames).toHaveLength(1);
  });

  it("stays within its bounds under a flood", () => {
    const buffer = new TailBuffer(100, (notify) => notify());
    for (let batch = 0; batch < 100; batch++)
      buffer.addRows(rows(...Array.from({ length: 37 }, (_, index) => `${batch}/${index}`)));
    expect(buffer.length).toBe(100);
    expect(buffer.at(99)).toMatchObject({ row: { _msg: "99/36" } });
  });

  it("assigns ids to rows that continue after clearing", () => {
    const buffer = new TailBuffer(10, (notify) => notify());
    buffer.addRows(rows("a", "b"));
    buffer.clear();
    buffer.addRows(rows("c"));
    expect(buffer.firstId).toBe(2);
    expect(shown(buffer)).toEqual(["c"]);
  });

  it("drops old rows early where rows are long, so that memory stays bounded", () => {
    const long = new TailBuffer(1_000, (notify) => notify(), 10_000);
    for (let i = 0; i < 200; i++) long.addRows([{ _msg: String(i).padEnd(500, "x") }]);
    expect(long.length).toBeLessThanOrEqual(20);
    expect(long.length).toBeGreaterThanOrEqual(14);
    expect(long.firstId + long.length).toBe(200);
    const last = long.at(long.length - 1);
    expect(last?.kind === "row" && last.row._msg?.startsWith("199")).toBe(true);
    long.addRows([{ _msg: "y".repeat(50_000) }]);
    expect(long.length).toBe(1);
  });
});
