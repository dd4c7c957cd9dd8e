import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import { TroublePanel } from "./TroublePanel";

const template = (id: string, text: string, firstApp: string) => ({
  id,
  template: text,
  level: "ERROR",
  firstSeen: "2026-11-21T09:00:00Z",
  lastSeen: "2026-11-21T09:10:00Z",
  firstHost: "h1",
  firstApp,
  count: 7,
  example: text,
});
const source = (app: string, quiet: boolean) => ({ host: "h1", app, quiet, lastSeen: "2026-11-21T09:00:00Z" });

it("lists new kinds of errors and senders that went quiet, except the server's own", async () => {
  const calls = serve({
    templates: () => json([template("a", "pool <*> is empty", "web"), template("b", "own trouble", "logcaster")]),
    sources: () => json([source("db", true), source("web", false), source("host-metrics", true)]),
  });
  draw(<TroublePanel />);
  await screen.findByText("gone quiet");
  await screen.findByTitle("pool <*> is empty");
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(calls.find(({ pathname }) => pathname.endsWith("/templates"))?.searchParams.get("level")).toBe("ERROR");
});
