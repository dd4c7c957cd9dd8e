import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { metricsStore } from "../hooks/metricsStore";
import { inputCounters, metrics } from "../testing/answers";
import { draw, json, serve } from "../testing/server";
import { FirstRun } from "./FirstSteps";

let second = 0;

function hear(received: number) {
  act(() => metricsStore.accept(metrics(second++, { inputs: [inputCounters("tcp", received)] })));
}

describe("FirstRun", () => {
  beforeEach(() => hear(1));

  it("waits for the first record and becomes it", async () => {
    const stored: unknown[] = [];
    serve({
      query: () => (stored.length > 0 ? json(stored[0]) : new Response("")),
      inputs: () => json({ inputs: [{ id: "tcp", address: "127.0.0.1:5140" }], connections: [] }),
    });
    draw(<FirstRun />);
    hear(0);
    expect(await screen.findByText("Waiting for your first record…")).toBeTruthy();
    fireEvent.click(await screen.findByRole("button", { name: "rsyslog" }));
    expect(screen.getByLabelText("Configuration for rsyslog").textContent).toContain('port="5140"');

    stored.push({ _time: "2026-01-02T03:04:05Z", level: "INFO", app: "demo", _msg: "hello at last" });
    hear(1);
    expect(await screen.findByText("hello at last")).toBeTruthy();
    expect(screen.queryByText("Waiting for your first record…")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByText("hello at last")).toBeNull();
  });

  it("shows nothing on a server that has records", () => {
    const { container } = draw(<FirstRun />);
    expect(container.textContent).toBe("");
  });
});
