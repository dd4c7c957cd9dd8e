import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import SeriesPage from "./SeriesPage";

const SERIES = {
  id: "s1",
  name: "errors_by_app",
  query: "level:=ERROR | stats by (app) count() value",
  step: "300s",
  from: "2026-11-20T09:00:00Z",
  until: "2026-11-21T09:00:00Z",
  series: 3,
  leftOut: 0,
  bytes: 2048,
  error: null,
};

function open(hash = "#/series", list: unknown[] = [SERIES]) {
  window.history.replaceState(null, "", hash);
  const sent: unknown[] = [];
  const calls = serve({
    series: (_, init) => {
      if (init?.method === "POST") sent.push(JSON.parse(init.body as string));
      return json(init?.method === "POST" ? { ...SERIES, id: "s2" } : list);
    },
    "series/s1/data": () => json({ data: { result: [{ metric: { app: "shop" }, values: [[1763715600, "4"]] }] } }),
    query: () => new Response('{"app":"shop","value":"4"}\n'),
  });
  draw(<SeriesPage />);
  return { calls, sent };
}

describe("SeriesPage", () => {
  it("lists series, and draws the first one", async () => {
    const { calls } = open();
    expect(await screen.findByRole("button", { name: "errors_by_app", pressed: true })).toBeTruthy();
    expect(screen.getByText("5m")).toBeTruthy();
    expect(await screen.findByText("app=shop")).toBeTruthy();
    const asked = calls.find(({ pathname }) => pathname.endsWith("/data"))?.searchParams;
    expect(asked?.get("step")).toBe("5m");
  });

  it("becomes of a search what can be kept, and shows what it gives now", async () => {
    const { sent } = open(`#/series?${new URLSearchParams({ new: "error | stats by (_time:5m, app) count() n" })}`);
    expect(await screen.findByDisplayValue("error_by_app")).toBeTruthy();
    expect(await screen.findByText("app=shop value=4")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() =>
      expect(sent).toEqual([{ name: "error_by_app", query: "error | stats by (app) count() n", step: "5m" }]),
    );
    await waitFor(() => expect(window.location.hash).toBe("#/series?id=s2"));
  });

  it("names what is missing before it asks the server", async () => {
    const { sent } = open("#/series", []);
    fireEvent.click(await screen.findByRole("button", { name: "New series" }));
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(await screen.findByText("Enter a name.")).toBeTruthy();
    expect(sent).toEqual([]);
  });
});
