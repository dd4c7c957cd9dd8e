import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../testing/server";
import ExplorePage from "../pages/explore/ExplorePage";

const ROW = { _time: "2026-11-21T09:00:00.1Z", _msg: "one", level: "INFO", app: "web" };

function open(hash: string) {
  window.history.replaceState(null, "", hash);
  const calls = serve({
    query: (url) =>
      new Response(
        url.searchParams.get("query")?.includes("| stats count()")
          ? `{"n":"${/level:="ERROR"/.test(url.searchParams.get("query") ?? "") ? 7 : 0}"}\n`
          : url.searchParams.get("query")?.includes("EROR")
            ? ""
            : `${JSON.stringify(ROW)}\n`,
      ),
    field_names: () => json({ values: [{ value: "level", hits: 9 }] }),
    field_values: () => json({ values: [{ value: "ERROR", hits: 7 }] }),
    facets: () => json({ facets: [{ field_name: "level", values: [{ field_value: "ERROR", hits: 7 }] }] }),
  });
  draw(<ExplorePage />);
  return calls;
}

const query = () => new URLSearchParams(window.location.hash.split("?")[1]).get("q");

describe("the filters of a query as chips", () => {
  it("are turned around, removed, and brought back", async () => {
    open("#/explore?q=x+level:%3DERROR");
    fireEvent.click(await screen.findByRole("button", { name: "level ERROR" }));
    expect(query()).toBe("x -level:=ERROR");
    fireEvent.click(await screen.findByRole("button", { name: "Remove the filter level:=ERROR" }));
    expect(query()).toBe("x");
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(query()).toBe("x -level:=ERROR");
  });

  it("leave out the server's own records until they are asked for", async () => {
    const calls = open("#/explore");
    await screen.findByText("one");
    const asked = () => calls.findLast(({ pathname }) => pathname.endsWith("/query"))?.searchParams.get("query");
    expect(asked()).toMatch(/^-app:in\("logcaster"/);
    fireEvent.click(screen.getByRole("button", { name: "Show LogCaster’s own records as well" }));
    await waitFor(() => expect(asked()).toBe("*"));
  });

  it("recognise a facet's value that was typed, and keep what was typed", async () => {
    open("#/explore?q=x+level:ERROR");
    fireEvent.click(await screen.findByRole("button", { name: /^ERROR/, pressed: true }));
    expect(query()).toBe("x");
  });

  it("are mended where nothing is found", async () => {
    open("#/explore?q=level:%3DEROR");
    fireEvent.click(await screen.findByRole("button", { name: "Use ERROR" }));
    expect(query()).toBe('level:="ERROR"');
  });
});
