import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../api/types";
import { draw, json, serve } from "../testing/server";
import { metricsStore } from "./metricsStore";
import { useIsEmpty } from "./useIsEmpty";

function Probe() {
  return <p>{useIsEmpty() ? "empty" : "not empty"}</p>;
}

let second = 0;

function hear(inputs: { id: string; received: number }[]) {
  const none = { received: 0, stored: 0, filtered: 0, rejected: 0, dropped: 0 };
  const metrics: Metrics = {
    time: new Date(Date.UTC(2026, 10, 21, 9, 0, second++)).toISOString(),
    totals: none,
    rates: none,
    reasons: {},
    levels: {},
    inputs,
    connections: 0,
    buffer: { bytes: 0, capacity: 1 },
    storage: { records: 0, bytes: 0, freeBytes: 0 },
    host: {},
    alerts: { firing: 0, pending: 0 },
  };
  act(() => metricsStore.accept(metrics));
}

describe("useIsEmpty", () => {
  beforeEach(() => hear([{ id: "tcp", received: 1 }]));

  it("does not count what the server tells itself", async () => {
    serve({ query: () => new Response("") });
    draw(<Probe />);
    hear([
      { id: "self", received: 12 },
      { id: "host", received: 3 },
      { id: "tcp", received: 0 },
    ]);
    expect(await screen.findByText("empty")).toBeTruthy();
    hear([{ id: "tcp", received: 1 }]);
    expect(screen.getByText("not empty")).toBeTruthy();
  });

  it("remembers records from before the last start", async () => {
    const calls = serve({ query: () => json({ _msg: "old" }) });
    draw(<Probe />);
    hear([{ id: "tcp", received: 0 }]);
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(screen.getByText("not empty")).toBeTruthy();
  });
});
