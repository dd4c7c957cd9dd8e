import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../api/types";
import { draw, json, serve } from "../../testing/server";
import { NEW_RULE } from "../../models/rules";
import AlertsPage from "./AlertsPage";

const RULE: Rule = { ...NEW_RULE, id: "r1", name: "Errors by app" };
const ALERT = {
  rule: "r1",
  name: "Errors by app",
  labels: { app: "web" },
  state: "FIRING",
  value: 42,
  since: "2026-11-21T09:00:00Z",
};

const SERIES = {
  id: "s1",
  name: "orders",
  query: "* | stats count() value",
  step: "60s",
  series: 1,
  leftOut: 0,
  bytes: 10,
};

function open(rules: Rule[], silences: unknown[] = [], series: unknown[] = []) {
  const sent: { method: string; path: string; body: unknown }[] = [];
  const record = (url: URL, init?: RequestInit) => {
    if (init?.method)
      sent.push({
        method: init.method,
        path: url.pathname,
        body: init.body ? JSON.parse(init.body as string) : undefined,
      });
    return json(rules);
  };
  serve({
    alerts: () => json([ALERT]),
    "alerts/rules": record,
    "alerts/rules/r1": record,
    "alerts/history": () => json([]),
    series: () => json(series),
    "alerts/silences": (url, init) => (init?.method ? record(url, init) : json(silences)),
  });
  draw(<AlertsPage />);
  return sent;
}

describe("AlertsPage", () => {
  it("shows firing alerts and the state of their rule", async () => {
    open([RULE]);
    expect(await screen.findAllByText("FIRING")).toHaveLength(2);
    expect(screen.getByText("app=web")).toBeTruthy();
    expect(await screen.findByText("No changes yet.")).toBeTruthy();
  });

  it("silences an alert for a while, and lists the silences", async () => {
    const until = new Date(Date.now() + 7_230_000).toISOString();
    const sent = open(
      [RULE],
      [
        {
          id: "s1",
          matchers: { rule: "r1", app: "db" },
          match: [],
          note: "",
          author: "",
          until,
          hides: { count: 0, alerts: [] },
        },
      ],
    );
    expect(await screen.findByText("app=db")).toBeTruthy();
    expect(screen.getByText("2h left")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Silence Errors by app" }));
    fireEvent.click(screen.getByRole("button", { name: "for 1 hour" }));
    await waitFor(() =>
      expect(sent).toMatchObject([
        { method: "POST", path: "/api/v1/alerts/silences", body: { matchers: { rule: "r1", app: "web" } } },
      ]),
    );
  });

  it("switches a rule off", async () => {
    const sent = open([RULE]);
    fireEvent.click(await screen.findByRole("switch"));
    await waitFor(() =>
      expect(sent).toEqual([{ method: "PUT", path: "/api/v1/alerts/rules/r1", body: { ...RULE, enabled: false } }]),
    );
  });

  it("asks before it deletes", async () => {
    const sent = open([RULE]);
    fireEvent.click(await screen.findByRole("button", { name: "Delete Errors by app" }));
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(sent).toMatchObject([{ method: "DELETE", path: "/api/v1/alerts/rules/r1" }]));
  });

  it("offers kept series as what a rule judges", async () => {
    const sent = open([{ ...RULE, query: "series:s1" }], [], [SERIES]);
    expect(await screen.findByRole("link", { name: "series:orders" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "New rule" }));
    fireEvent.change(screen.getByRole("textbox", { name: /^Name/ }), { target: { value: "Few orders" } });
    fireEvent.change(await screen.findByRole("combobox", { name: /^Judges/ }), { target: { value: "s1" } });
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() =>
      expect(sent).toMatchObject([
        { method: "POST", path: "/api/v1/alerts/rules", body: { query: "series:s1", window: "2m" } },
      ]),
    );
  });

  it("creates a rule once it is complete", async () => {
    const sent = open([]);
    fireEvent.click(await screen.findByRole("button", { name: "New rule" }));
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(screen.getByText("Enter a name.")).toBeTruthy();
    expect(sent).toEqual([]);
    fireEvent.change(screen.getByRole("textbox", { name: /^Name/ }), { target: { value: " Too many errors " } });
    fireEvent.change(screen.getByRole("textbox", { name: "Threshold" }), { target: { value: "2.5" } });
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() =>
      expect(sent).toEqual([
        {
          method: "POST",
          path: "/api/v1/alerts/rules",
          body: { ...NEW_RULE, name: "Too many errors", threshold: 2.5 },
        },
      ]),
    );
  });
});
