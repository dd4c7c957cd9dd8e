import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import DashboardsPage from "./DashboardsPage";

const BOARD = {
  id: "d1",
  version: 4,
  name: "Shop",
  range: "1h",
  builtIn: false,
  variables: [{ name: "app", values: ["shop", "cart"] }],
  panels: [
    {
      id: "a",
      kind: "value",
      title: "Errors",
      query: "app:in(${app}) | stats count() n",
      x: 0,
      y: 0,
      width: 6,
      height: 3,
    },
    { id: "b", kind: "text", title: "Notes", text: "Ask https://a.test", x: 6, y: 0, width: 6, height: 3 },
  ],
};

function open(hash: string, put: () => Response = () => json({ ...BOARD, version: 5 })) {
  window.history.replaceState(null, "", hash);
  const sent: { panels: { id: string; x: number }[]; version: number; query?: string }[] = [];
  const calls = serve({
    dashboards: (_, init) => {
      if (init?.method === "POST") sent.push(JSON.parse(init.body as string) as (typeof sent)[number]);
      return json(init?.method === "POST" ? { ...BOARD, id: "d2" } : [BOARD]);
    },
    "dashboards/d1": (_, init) => {
      sent.push(JSON.parse(init?.body as string) as (typeof sent)[number]);
      return put();
    },
    query: () => new Response('{"n":"1234"}\n'),
  });
  draw(<DashboardsPage />);
  return { sent, queries: () => calls.filter(({ pathname }) => pathname.endsWith("/query")) };
}

describe("DashboardsPage", () => {
  it("lists dashboards and opens one with its values", async () => {
    open("#/dashboards");
    expect((await screen.findByRole("link", { name: "Shop" })).getAttribute("href")).toBe("#/dashboards?id=d1");
  });

  it("puts the chosen values into the queries of all panels", async () => {
    const { queries } = open("#/dashboards?id=d1");
    expect(await screen.findByText("1,234")).toBeTruthy();
    expect(queries()[0]?.searchParams.get("query")).toBe("app:in(*) | stats count() n");
    fireEvent.click(screen.getByRole("button", { name: "app: all" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "cart" }));
    await waitFor(() => expect(queries().at(-1)?.searchParams.get("query")).toBe('app:in("cart") | stats count() n'));
    expect(decodeURIComponent(window.location.hash)).toContain('v.app=["cart"]');
  });

  it("moves a panel by keys, and saves against the version it knows", async () => {
    const { sent } = open("#/dashboards?id=d1");
    fireEvent.click(await screen.findByRole("button", { name: "Edit" }));
    fireEvent.keyDown(await screen.findByRole("button", { name: /^Move Notes/ }), { key: "ArrowLeft", shiftKey: true });
    expect(await screen.findByText("Column 7, row 1, 5 columns wide, 3 rows high")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Remove Errors" }));
    fireEvent.keyDown(screen.getByRole("button", { name: /^Move Notes/ }), { key: "ArrowLeft" });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.version).toBe(4);
    expect(sent[0]?.panels.map(({ id, x }) => `${id} ${x}`)).toEqual(["b 5"]);
    expect(await screen.findByRole("button", { name: "Edit" })).toBeTruthy();
  });

  it("offers a copy when somebody else was faster", async () => {
    const { sent } = open("#/dashboards?id=d1&edit=1", () => json({ code: "dashboard_changed", detail: "…" }, 409));
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    fireEvent.click(await screen.findByRole("button", { name: "Save as a copy" }));
    await waitFor(() => expect(sent).toHaveLength(2));
    await waitFor(() => expect(window.location.hash).toContain("id=d2"));
  });

  it("takes over a query from Explore as a panel", async () => {
    open(`#/dashboards?${new URLSearchParams({ id: "d1", edit: "1", add: "error | stats by (app) count() n" })}`);
    const sheet = await screen.findByRole("dialog", { hidden: true });
    expect(within(sheet).getByDisplayValue("error | stats by (app) count() n")).toBeTruthy();
  });

  it("shows only the panels in a kiosk, with links that open elsewhere", async () => {
    open("#/dashboards?id=d1&kiosk=1");
    const link = await screen.findByRole("link", { name: "https://a.test" });
    expect(link.getAttribute("rel")).toBe("noreferrer");
    expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Leave" }));
    expect(await screen.findByRole("button", { name: "Edit" })).toBeTruthy();
  });
});
