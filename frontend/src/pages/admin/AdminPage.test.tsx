import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Deletion, Snapshot, Token } from "../../api/types";
import { draw, json, serve } from "../../testing/server";
import AdminPage from "./AdminPage";

const RUNNING: Deletion = {
  id: "d1",
  query: "app:=old",
  start: null,
  end: "2026-11-20T00:00:00Z",
  state: "running",
  deleted: 1234,
  segmentsDone: 3,
  segmentsTotal: 8,
  created: "2026-11-21T09:00:00Z",
  finished: null,
  error: null,
};
const SNAPSHOT: Snapshot = {
  id: "s1",
  path: "/data/snapshots/s1",
  created: "2026-11-21T09:00:00Z",
  bytes: 2048,
  control: true,
};
const TOKEN: Token = { id: "t1", name: "shipper", scopes: ["ingest"], createdAt: "2026-11-21T09:00:00Z", token: null };

function open({
  deletions = [] as Deletion[],
  snapshots = [] as Snapshot[],
  tokens = json([TOKEN]),
  count = "7",
} = {}) {
  const sent: { method: string; path: string; body?: unknown }[] = [];
  const record = (answer: unknown, list: () => Response) => (url: URL, init?: RequestInit) => {
    if (!init?.method) return list();
    sent.push({
      method: init.method,
      path: url.pathname.replace("/api/v1/", ""),
      ...(init.body ? { body: JSON.parse(init.body as string) as unknown } : {}),
    });
    return answer === undefined ? new Response(null, { status: 204 }) : json(answer);
  };
  const calls = serve({
    delete: record(RUNNING, () => json(deletions)),
    "delete/d1": record(RUNNING, () => json(RUNNING)),
    snapshots: record(SNAPSHOT, () => json(snapshots)),
    "snapshots/s1": record(undefined, () => json(SNAPSHOT)),
    tokens: record({ ...TOKEN, name: "reader", token: "lct_secret" }, () => tokens.clone()),
    "tokens/t1": record(undefined, () => json(TOKEN)),
    explain: (url) => json({ canonical: "", pipes: (url.searchParams.get("query") ?? "").split(" | ").slice(1) }),
    query: () => new Response(`{"records":"${count}"}\n`, { headers: { "content-type": "application/x-ndjson" } }),
  });
  draw(<AdminPage />);
  return { sent, calls };
}

async function writeQuery(text: string) {
  fireEvent.click(await screen.findByRole("button", { name: "Delete records…" }));
  fireEvent.change(screen.getByRole("textbox", { name: /^Query of the records/ }), { target: { value: text } });
}

describe("AdminPage", () => {
  it("shows the progress of a deletion, and cancels it", async () => {
    const { sent } = open({ deletions: [RUNNING] });
    expect(await screen.findByText("app:=old")).toBeTruthy();
    expect(screen.getByText("1,234")).toBeTruthy();
    expect(screen.getByRole("progressbar").getAttribute("value")).toBe("3");
    fireEvent.click(screen.getByRole("button", { name: "Cancel deletion of app:=old" }));
    await waitFor(() => expect(sent).toEqual([{ method: "DELETE", path: "delete/d1" }]));
  });

  it("counts matching records before it deletes, and again when the query changes", async () => {
    const { sent, calls } = open();
    await writeQuery("app:=old # all");
    fireEvent.click(screen.getByRole("button", { name: "Count matching records" }));
    expect(await screen.findByRole("button", { name: "Delete 7 records permanently" })).toBeTruthy();
    expect(calls.find(({ pathname }) => pathname.endsWith("/query"))?.searchParams.get("query")).toBe(
      "app:=old # all\n| count() records",
    );
    fireEvent.change(screen.getByRole("textbox", { name: /^Query of the records/ }), { target: { value: "*" } });
    expect(screen.queryByRole("button", { name: /permanently/ })).toBeNull();
    fireEvent.change(screen.getByRole("textbox", { name: /^Query of the records/ }), {
      target: { value: "app:=old # all" },
    });
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Delete 7 records permanently" }));
    await waitFor(() => expect(sent).toEqual([{ method: "POST", path: "delete", body: { query: "app:=old # all" } }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("rejects a query with pipes, and offers no deletion where nothing matches", async () => {
    const { sent } = open({ count: "0" });
    await writeQuery("app:=old | limit 1");
    fireEvent.click(screen.getByRole("button", { name: "Count matching records" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Remove “| limit 1”");
    fireEvent.change(screen.getByRole("textbox", { name: /^Query of the records/ }), { target: { value: "app:=old" } });
    fireEvent.click(screen.getByRole("button", { name: "Count matching records" }));
    expect(await screen.findByText("No matching records.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /permanently/ })).toBeNull();
    expect(sent).toEqual([]);
  });

  it("creates a snapshot, and asks before it deletes one", async () => {
    const { sent } = open({ snapshots: [SNAPSHOT] });
    fireEvent.click(screen.getByRole("button", { name: "Create snapshot" }));
    await waitFor(() => expect(sent).toEqual([{ method: "POST", path: "snapshots" }]));
    fireEvent.click(await screen.findByRole("button", { name: "Delete snapshot s1" }));
    expect(sent).toHaveLength(1);
    fireEvent.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(sent[1]).toEqual({ method: "DELETE", path: "snapshots/s1" }));
  });

  it("shows the secret of a new token once", async () => {
    const { sent } = open();
    fireEvent.change(await screen.findByRole("textbox", { name: "Name of the new token" }), {
      target: { value: " reader " },
    });
    fireEvent.click(screen.getByRole("checkbox", { name: "ingest" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "query" }));
    fireEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(await screen.findByText("lct_secret")).toBeTruthy();
    expect(sent).toEqual([{ method: "POST", path: "tokens", body: { name: "reader", scopes: ["query"] } }]);
    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByText("lct_secret")).toBeNull());
  });

  it("asks before it revokes a token", async () => {
    const { sent } = open();
    fireEvent.click(await screen.findByRole("button", { name: "Revoke shipper" }));
    fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
    await waitFor(() => expect(sent).toEqual([{ method: "DELETE", path: "tokens/t1" }]));
  });

  it("explains who can see the tokens where this user cannot", async () => {
    open({ tokens: json({ code: "forbidden", detail: "lacks the scope admin" }, 403) });
    expect(await screen.findByText("Only users and tokens with the admin scope can see this.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Create" })).toBeNull();
  });
});
