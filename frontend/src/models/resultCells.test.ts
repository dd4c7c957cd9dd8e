import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { ResultCells, type CellLoader } from "./resultCells";
import { timeOf } from "./format";

const T0 = Date.parse("2026-11-21T09:00:00.000Z");

/** A store of rows, some of whose milliseconds are crowded. */
function store(count: number, perMs: (index: number) => number): { rows: Row[]; loader: CellLoader; asked: string[] } {
  const rows: Row[] = [];
  let time = T0;
  while (rows.length < count) {
    const many = perMs(time - T0);
    for (let one = 0; one < many && rows.length < count; one++)
      rows.push({ _time: new Date(time).toISOString(), _msg: String(rows.length) });
    time++;
  }
  rows.reverse();
  const asked: string[] = [];
  const times = rows.map(({ _time }) => timeOf(_time));
  const within = (start: number, end: number) => {
    const from = times.findIndex((at) => at <= end);
    const to = times.findLastIndex((at) => at >= start);
    return from < 0 ? [] : rows.slice(from, to + 1);
  };
  return {
    rows,
    asked,
    loader: {
      count: ({ start = T0, end }, stepMs) => {
        asked.push("count");
        const counts = new Map<number, number>();
        for (const row of within(start, end)) {
          const bucket = Math.floor(timeOf(row._time) / stepMs) * stepMs;
          counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
        }
        return Promise.resolve([...counts].map(([bucket, many]) => ({ time: bucket, count: many })));
      },
      rows: ({ start, end }, limit, offset) => {
        asked.push(`${limit}`);
        return Promise.resolve(within(start, end).slice(offset, offset + limit));
      },
    },
  };
}

const settle = async () => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

describe("ResultCells", () => {
  it("fetches any part of a result in its place, crowded milliseconds included", async () => {
    const { rows, loader } = store(30_000, (ms) => (ms === 40 ? 7_000 : 5));
    const end = timeOf(rows[0]?._time);
    for (const range of [{ end }, { start: T0, end }]) {
      const cells = new ResultCells(loader, range, rows.slice(0, 1_000));
      await cells.begin();
      expect(cells.count).toBe(30_000);
      for (const first of [29_950, 15_000, 990, 0, 29_000, 24_000]) {
        cells.want(first, first + 40);
        await settle();
        for (let index = first; index < Math.min(30_000, first + 40); index++)
          expect(cells.at(index)?._msg, `row ${index}`).toBe(rows[index]?._msg);
      }
      cells.close();
    }
  });

  it("asks for nothing where the newest rows are all there are in sight", async () => {
    const { rows, loader, asked } = store(5_000, () => 5);
    const cells = new ResultCells(loader, { end: timeOf(rows[0]?._time) }, rows.slice(0, 1_000));
    await cells.begin();
    cells.want(0, 200);
    await settle();
    expect(asked.filter((one) => one !== "count")).toEqual([]);
    expect(cells.at(3)?._msg).toBe(rows[3]?._msg);
  });

  it("keeps a bounded number of rows", async () => {
    const { rows, loader } = store(90_000, () => 50);
    const cells = new ResultCells(loader, { start: T0, end: timeOf(rows[0]?._time) }, []);
    await cells.begin();
    for (let first = 0; first < 90_000; first += 2_000) {
      cells.want(first, first + 1_000);
      await settle();
    }
    expect(cells.loaded().length).toBeLessThanOrEqual(40_000);
    expect(cells.at(88_500)?._msg).toBe(rows[88_500]?._msg);
  });

  it("tells of an error, and goes on where one scrolls", async () => {
    const { rows, loader } = store(5_000, () => 5);
    let broken = true;
    const flaky: CellLoader = {
      ...loader,
      rows: (...args) => (broken ? Promise.reject(new Error("away")) : loader.rows(...args)),
    };
    const cells = new ResultCells(flaky, { start: T0, end: timeOf(rows[0]?._time) }, rows.slice(0, 100));
    await cells.begin();
    cells.want(3_000, 3_040);
    await settle();
    expect(String(cells.error)).toBe("Error: away");
    broken = false;
    cells.want(3_000, 3_041);
    await settle();
    expect(cells.error).toBeUndefined();
    expect(cells.at(3_005)?._msg).toBe(rows[3_005]?._msg);
  });
});
