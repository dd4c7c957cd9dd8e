import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import NodesPage from "./NodesPage";

function status(name: string, more: object = {}) {
  return {
    name,
    roles: ["store", "query"],
    version: "1.4.0",
    startedAt: "2026-11-30T09:00:00Z",
    time: "2026-11-30T10:00:00Z",
    health: { status: "UP", reasons: [] },
    evaluates: false,
    received: 1234.5,
    stored: 1234.5,
    records: 99,
    bytes: 1,
    sharedStorage: false,
    ...more,
  };
}

const SELF = { name: "logs-1", self: true, queried: true, lastSeen: "2026-11-30T10:00:00Z", status: status("logs-1") };

describe("NodesPage", () => {
  it("shows how each node is, and what is wrong with those that are away or unwell", async () => {
    serve({
      nodes: () =>
        json({
          nodes: [
            SELF,
            {
              name: "logs-2",
              url: "http://logs-2:8080",
              self: false,
              queried: true,
              lastSeen: "2026-11-30T09:59:00Z",
              error: "it cannot be reached",
              status: status("logs-2"),
            },
            {
              name: "logs-3",
              self: false,
              queried: false,
              lastSeen: "2026-11-30T10:00:00Z",
              status: status("logs-3", {
                version: "1.5.0",
                lag: 17,
                health: {
                  status: "OUT_OF_SERVICE",
                  reasons: [{ part: "storage", status: "OUT_OF_SERVICE", text: "The volume is nearly full" }],
                },
              }),
            },
          ],
        }),
    });
    draw(<NodesPage />);
    expect(await screen.findByText("3 nodes: 1 away, 1 not well")).toBeTruthy();
    expect(screen.getByText("it cannot be reached")).toBeTruthy();
    expect(screen.getByText("storage: The volume is nearly full")).toBeTruthy();
    expect(screen.getByText("17")).toBeTruthy();
    expect(screen.getByText(/different versions: 1\.4\.0, 1\.5\.0/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "logs-2" }).getAttribute("href")).toBe("http://logs-2:8080/");
    expect(screen.getByText("not queried")).toBeTruthy();
    expect(screen.queryByText("Copy the settings")).toBeNull();
  });

  it("teaches a single server how others join it", async () => {
    serve({ nodes: () => json({ nodes: [SELF] }) });
    draw(<NodesPage />);
    expect(await screen.findByText("One LogCaster is enough for most teams")).toBeTruthy();
    expect(screen.getByText(/logcaster\.nodes\.urls=/)).toBeTruthy();
    expect(screen.getByText(/logcaster\.node\.url=/)).toBeTruthy();
  });

  it("says so where an older server lists no nodes", async () => {
    serve({});
    draw(<NodesPage />);
    expect(await screen.findByText("This server does not list nodes.")).toBeTruthy();
  });
});
