import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { inputCounters, metrics } from "../testing/answers";
import { draw, json, serve } from "../testing/server";
import { metricsStore } from "./metricsStore";
import { useIsEmpty } from "./useIsEmpty";

function Probe() {
  return <p>{useIsEmpty() ? "empty" : "not empty"}</p>;
}

let second = 0;

function hear(inputs: { id: string; received: number }[]) {
  const counters = inputs.map(({ id, received }) => inputCounters(id, received));
  act(() => metricsStore.accept(metrics(second++, { inputs: counters })));
}

describe("useIsEmpty", () => {
  beforeEach(() => hear([{ id: "tcp", received: 1 }]));

  it("ignores records that the server writes itself", async () => {
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

  it("finds records from before the last start", async () => {
    const calls = serve({ query: () => json({ _msg: "old" }) });
    draw(<Probe />);
    hear([{ id: "tcp", received: 0 }]);
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(screen.getByText("not empty")).toBeTruthy();
  });
});
