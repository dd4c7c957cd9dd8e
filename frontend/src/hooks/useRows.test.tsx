import { renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Asked } from "../api/query";
import { json, serve } from "../testing/server";
import { useRows } from "./useRows";

const MINUTE = 60_000;
const END = Date.parse("2026-11-21T12:00:00Z");

const ndjson = (rows: readonly object[]) => new Response(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

/** A storage with one record per minute before the end, which respects range and limit. */
function storeOf(minutes: number) {
  const times = Array.from({ length: minutes }, (_, index) => END - index * MINUTE);
  return (url: URL) => {
    const start = Date.parse(url.searchParams.get("start") ?? "");
    const end = Date.parse(url.searchParams.get("end") ?? "");
    const found = times.filter((time) => time >= start && time < end).slice(0, Number(url.searchParams.get("limit")));
    return ndjson(found.map((time) => ({ _time: new Date(time).toISOString() })));
  };
}

const seconds = (rows: readonly { _time?: string }[]) =>
  rows.map(({ _time }) => (END - Date.parse(_time ?? "")) / MINUTE);

describe("useRows", () => {
  it("queries the newest slice of a long range first, and stops when there are enough rows", async () => {
    const calls = serve({ query: storeOf(1_000) });
    const asked: Asked = { query: "*", start: END - 7 * 24 * 60 * MINUTE, end: END + 1 };
    const { result } = renderHook(() => useRows(asked, 100));
    await waitFor(() => expect(result.current.status).toBe("done"));
    expect(seconds(result.current.rows)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(calls).toHaveLength(2);
  });

  it("requests only the missing rows when the limit grows", async () => {
    const calls = serve({ query: storeOf(50) });
    const asked: Asked = { query: "*", start: END - 60 * MINUTE, end: END + 1 };
    const { result, rerender } = renderHook(({ limit }) => useRows(asked, limit), { initialProps: { limit: 20 } });
    await waitFor(() => expect(result.current.status).toBe("done"));
    rerender({ limit: 40 });
    await waitFor(() => expect(result.current.status).toBe("done"));
    expect(seconds(result.current.rows)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect(calls[1]?.searchParams.get("limit")).toBe("21");
  });

  it("retries on a busy server after the pause that it asks for", async () => {
    let asked = 0;
    serve({
      query: () => {
        asked++;
        if (asked > 1) return ndjson([{ _time: "2026-11-21T12:00:00Z" }]);
        const busy = json({ detail: "Too many queries wait" }, 429);
        busy.headers.set("Retry-After", "0");
        return busy;
      },
    });
    const question: Asked = { query: "*", start: END - MINUTE, end: END + 1 };
    const { result } = renderHook(() => useRows(question, 10));
    await waitFor(() => expect(result.current.status).toBe("done"));
    expect(result.current.rows).toHaveLength(1);
  });

  it("keeps the rows that arrived before the response broke off", async () => {
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => controller.enqueue(new TextEncoder().encode('{"_time":"2026-11-21T12:00:00Z"}\n')),
        pull: (controller) => controller.error(new TypeError("network error")),
      },
      { highWaterMark: 0 },
    );
    serve({ query: () => new Response(body) });
    const question: Asked = { query: "*", start: END - MINUTE, end: END + 1 };
    const { result } = renderHook(() => useRows(question, 10));
    await waitFor(() => expect(result.current.status).toBe("failed"));
    expect(result.current.rows).toHaveLength(1);
  });

  it("sends no request while not wanted", async () => {
    const calls = serve({ query: storeOf(5) });
    const question: Asked = { query: "*", start: END - 60 * MINUTE, end: END + 1 };
    const { result, rerender } = renderHook(({ wanted }) => useRows(question, 10, wanted), {
      initialProps: { wanted: false },
    });
    expect(result.current.status).toBe("idle");
    expect(calls).toHaveLength(0);
    rerender({ wanted: true });
    await waitFor(() => expect(result.current.rows).toHaveLength(5));
  });
});
