import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openEventStream, retryDelay, SseParser, type StreamState } from "./sse";

describe("SseParser", () => {
  it("emits an event with its name and data", () => {
    expect(new SseParser().push("event: metrics\ndata: {}\n\n")).toEqual([{ event: "metrics", data: "{}" }]);
  });

  it("joins data lines, ignores comments and unknown fields, and names an unnamed event message", () => {
    const events = new SseParser().push(": heartbeat\nid: 7\ndata: a\ndata:b\ndata\n\n");
    expect(events).toEqual([{ event: "message", data: "a\nb\n" }]);
  });

  it("emits no event for a heartbeat alone or for a name without data", () => {
    expect(new SseParser().push(":\n\nevent: gap\n\n")).toEqual([]);
  });

  it("accepts every line end, wherever the text is cut", () => {
    const text = "\uFEFFevent: one\r\ndata: 1\r\n\r\nevent: two\rdata: 2\r\revent: three\ndata: 3\n\n";
    const expected = [
      { event: "one", data: "1" },
      { event: "two", data: "2" },
      { event: "three", data: "3" },
    ];
    for (let cut = 1; cut < text.length; cut++) {
      const parser = new SseParser();
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], `cut at ${cut}`).toEqual(expected);
    }
  });
});

describe("retryDelay", () => {
  it("doubles from half a second and never exceeds fifteen", () => {
    const delays = [0, 1, 2, 3, 10, 60].map((attempt) => retryDelay(attempt, () => 1));
    expect(delays).toEqual([500, 1000, 2000, 4000, 15000, 15000]);
    expect(retryDelay(3, () => 0)).toBe(3200);
  });
});

describe("openEventStream", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function body(...chunks: string[]): Response {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  }

  function open(answers: (() => Response | Promise<Response>)[], idleMs?: number) {
    const states: StreamState[] = [];
    const events: string[] = [];
    let calls = 0;
    const stream = openEventStream(
      "x",
      { onEvent: ({ data }) => events.push(data), onState: (state) => states.push(state) },
      {
        ...(idleMs !== undefined && { idleMs }),
        fetch: (_, init) => {
          const answer = answers[calls++];
          if (answer) return Promise.resolve(answer());
          return new Promise((_, reject) =>
            init?.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
          );
        },
      },
    );
    return { states, events, stream, kinds: () => states.map(({ kind }) => kind), calls: () => calls };
  }

  it("reads events and reconnects when the server ends the stream", async () => {
    const run = open([() => body("data: 1\n\n"), () => body("data: 2\n\n")]);
    await vi.advanceTimersByTimeAsync(600);
    expect(run.events).toEqual(["1", "2"]);
    expect(run.kinds().slice(0, 4)).toEqual(["connecting", "open", "lost", "open"]);
    run.stream.close();
  });

  it("does not retry a rejected request, and reports the problem", async () => {
    const problem = JSON.stringify({ code: "query_syntax", detail: "unexpected )", line: 1, column: 4 });
    const run = open([
      () => new Response(problem, { status: 400, headers: { "content-type": "application/problem+json" } }),
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(run.calls()).toBe(1);
    const last = run.states[run.states.length - 1];
    expect(last?.kind === "refused" && last.error.problem).toMatchObject({ code: "query_syntax", column: 4 });
  });

  it("keeps trying while the server is unreachable or overloaded", async () => {
    const run = open([
      () => Promise.reject(new TypeError("network")),
      () => new Response("", { status: 503 }),
      () => new Response("", { status: 429 }),
      () => body("data: back\n\n"),
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(run.events).toEqual(["back"]);
    run.stream.close();
  });

  it("counts a silent connection as lost", async () => {
    const run = open([() => new Response(new ReadableStream())], 1_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(run.kinds()).toEqual(["connecting", "open"]);
    const silent = open([], 1_000);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(silent.states[1]).toMatchObject({ kind: "lost", reason: "The server stopped responding." });
    run.stream.close();
    silent.stream.close();
  });

  it("stops once closed", async () => {
    const run = open([() => Promise.reject(new TypeError("network"))]);
    await vi.advanceTimersByTimeAsync(0);
    run.stream.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(run.calls()).toBe(1);
  });

  it("retries immediately on request", async () => {
    const run = open([() => Promise.reject(new TypeError("network")), () => body("data: now\n\n")]);
    await vi.advanceTimersByTimeAsync(0);
    run.stream.retryNow();
    await vi.advanceTimersByTimeAsync(1);
    expect(run.events).toEqual(["now"]);
    run.stream.close();
  });
});
