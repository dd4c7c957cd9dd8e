import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { hitsSeries } from "../../testing/answers";
import { draw, json, serve } from "../../testing/server";
import ExplorePage from "./ExplorePage";

const ROWS = [
  { _time: "2026-11-21T09:00:00.1Z", _msg: "older", level: "INFO", app: "web" },
  { _time: "2026-11-21T09:00:00.2Z", _msg: "newer", level: "ERROR", app: "web" },
];

const ndjson = (rows: readonly object[]) => new Response(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

function at(hash: string) {
  window.history.replaceState(null, "", hash);
}

const hash = () => new URLSearchParams(window.location.hash.split("?")[1]);

describe("ExplorePage", () => {
  it("shows records newest first, for the range in the address", async () => {
    at("#/explore?q=error&range=15m");
    const calls = serve({ query: () => ndjson(ROWS) });
    draw(<ExplorePage />);
    await screen.findByText("2 records in", { exact: false });
    expect([...document.querySelectorAll(".cell-message")].map((cell) => cell.textContent)).toEqual(["newer", "older"]);
    const asked = calls.find(({ pathname }) => pathname.endsWith("/query"))?.searchParams;
    expect(asked?.get("query")).toBe("error");
    expect(Date.parse(asked?.get("end") ?? "") - Date.parse(asked?.get("start") ?? "")).toBe(900_000);
  });

  it("counts fields in the loaded rows where the server does not count them", async () => {
    at("#/explore?q=*");
    serve({ query: () => ndjson(ROWS) });
    draw(<ExplorePage />);
    await screen.findByText("Counts from the 2 rows shown.");
    fireEvent.click(screen.getByRole("button", { name: /^web/ }));
    expect(hash().get("q")).toBe('app:="web"');
  });

  it("narrows by the server's counts, excludes, and removes a filter", async () => {
    at("#/explore?q=*");
    serve({
      query: () => ndjson(ROWS),
      field_names: () => json({ values: [{ value: "level", hits: 9 }] }),
      facets: () => json({ facets: [{ field_name: "level", values: [{ field_value: "ERROR", hits: 7 }] }] }),
    });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByRole("button", { name: /^ERROR/ }));
    expect(hash().get("q")).toBe('level:="ERROR"');
    fireEvent.click(await screen.findByRole("button", { name: /^ERROR/, pressed: true }));
    expect(hash().get("q")).toBe("*");
    fireEvent.click(screen.getByRole("button", { name: "Exclude level = ERROR" }));
    expect(hash().get("q")).toBe('-level:="ERROR"');
  });

  it("shows the range of a field's numbers", async () => {
    at("#/explore?q=error");
    serve({
      query: (url) =>
        ndjson(
          url.searchParams.get("query")?.includes("quantile")
            ? [{ low: "1", mid: "20", most: "950", high: "999" }]
            : ROWS,
        ),
      field_names: () => json({ values: [{ value: "took", hits: 9 }] }),
      facets: () =>
        json({
          facets: [
            {
              field_name: "took",
              values: [
                { field_value: "20", hits: 7 },
                { field_value: "1", hits: 1 },
              ],
            },
          ],
        }),
    });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByRole("button", { name: /^took/ }));
    await screen.findByText("p99");
    expect(document.querySelector(".field-numbers")?.textContent).toBe("min1median20p99950max999");
  });

  it("shows a computed result as a table, whose groups link to their records", async () => {
    at(`#/explore?${new URLSearchParams({ q: "error | stats by (app) count() n" })}`);
    serve({
      query: () =>
        ndjson([
          { app: "web", n: "1234" },
          { app: "db", n: "7" },
        ]),
    });
    draw(<ExplorePage />);
    expect(await screen.findByRole("cell", { name: "1,234" })).toBeTruthy();
    fireEvent.click(screen.getByRole("columnheader", { name: "n" }).querySelector("button") ?? document.body);
    expect(screen.getAllByRole("row").map((row) => row.textContent)).toEqual(["appn ↓", "web1,234", "db7"]);
    fireEvent.click(screen.getByRole("button", { name: "db" }));
    expect(hash().get("q")).toBe('error app:="db"');
  });

  it("explains a range against the one it was zoomed in from, and filters by what it found", async () => {
    at(
      "#/explore?q=*&tab=explain&range=2026-11-21T09:00:00Z~2026-11-21T10:00:00Z&around=2026-11-21T06:00:00Z~2026-11-21T12:00:00Z",
    );
    const calls = serve({
      compare: () =>
        json({
          inside: 200,
          outside: 1000,
          fields: [
            { field: "host", value: "web-7", filter: "host:=web-7", inside: 150, outside: 10, ratio: 70.1, score: 300 },
          ],
          templates: [
            {
              id: "a",
              template: "pool <*> empty",
              example: "pool 7 empty",
              inside: 90,
              outside: 0,
              ratio: 9,
              score: 99,
            },
          ],
        }),
      "compare/curves": () =>
        json({
          records: { inside: [100, 100], outside: [500, 500] },
          curves: [
            { inside: [50, 100], outside: [0, 10] },
            { inside: [0, 90], outside: [0, 0] },
          ],
          groups: [[0, 1]],
        }),
    });
    draw(<ExplorePage />);
    await screen.findByText("200 records here, 1,000 there", { exact: false });
    await screen.findByText("1 more says the same");
    const asked = calls.find(({ pathname }) => pathname.endsWith("/compare"))?.searchParams;
    expect(asked?.get("baseStart")).toBe("2026-11-21T06:00:00.000Z");
    expect(screen.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "HereThereShareOver timeValue or message",
      "75%1%×70Here: 50% – 100% over timeThere: 0% – 2% over timehost web-71 more says the samepool <*> emptyOnlyWithout",
    ]);
    fireEvent.click(screen.getByRole("button", { name: "host web-7" }));
    expect(hash().get("q")).toBe("host:=web-7");
    expect(hash().get("tab")).toBe("records");
  });

  it("breaks the histogram down by a chosen field, whose values filter", async () => {
    at("#/explore?q=*&range=15m");
    const calls = serve({
      query: () => ndjson(ROWS),
      field_names: () => json({ values: [{ value: "app", hits: 9 }] }),
      hits: (url) =>
        json({
          hits:
            url.searchParams.get("field") === "app"
              ? [hitsSeries({ app: "web" }, [0], [7]), hitsSeries({}, [0], [2])]
              : [hitsSeries({ level: "ERROR" }, [0], [9])],
        }),
    });
    draw(<ExplorePage />);
    const legend = await screen.findByRole("region", { name: "Records over time" });
    fireEvent.click(screen.getByRole("button", { name: "by level: break down by another field" }));
    fireEvent.click(await within(legend).findByRole("button", { name: /^app/ }));
    expect(hash().get("by")).toBe("app");
    fireEvent.click(await within(legend).findByRole("button", { name: /^web/ }));
    expect(hash().get("q")).toBe('app:="web"');
    expect(hash().get("by")).toBe("app");
    await within(legend).findByText("others");
    const asked = calls.find(({ searchParams }) => searchParams.has("fields_limit"))?.searchParams;
    expect(asked?.get("field")).toBe("app");
    expect(asked?.get("fields_limit")).toBe("9");
  });

  it("leaves far outliers out of the bars of all time, and shows them by a click", async () => {
    at("#/explore?q=*&range=all");
    const days = ["2019-01-01T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"];
    const calls = serve({
      query: () => ndjson(ROWS),
      hits: () => json({ hits: [hitsSeries({}, days, [2, 6_000, 9_000])] }),
    });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByRole("button", { name: "2 records much earlier" }));
    expect(hash().get("range")).toBe("2019-01-01T00:00:00.000Z~2019-01-02T00:00:00.000Z");
    const starts = calls.map(({ searchParams }) => searchParams.get("start"));
    expect(starts).toContain("2026-11-20T00:00:00.000Z");
  });

  it("shows an error in the query and its position", async () => {
    at("#/explore?q=)");
    serve({ query: () => json({ detail: "unexpected )", code: "query_syntax", line: 1, column: 1 }, 400) });
    draw(<ExplorePage />);
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toBe("column 1: unexpected )");
  });

  it("shows what each stage of a query gives on, switches stages off, and runs it without one", async () => {
    at(`#/explore?${new URLSearchParams({ q: "error | stats by (app) count() n | limit 1", tab: "stages" })}`);
    serve({
      query: () => ndjson([]),
      "query/stages": (_, init) => {
        const { off } = JSON.parse(init?.body as string) as { off: number[] };
        const stage = { text: "as the server spells it", off: false, millis: 1, rows: [{ app: "web", n: "9" }] };
        return json({
          stages: [
            { ...stage, rowsIn: 70, rowsOut: 40 },
            { ...stage, rowsIn: 40, rowsOut: 2 },
            { ...stage, rowsIn: 2, rowsOut: off.includes(2) ? 2 : 1 },
          ],
          complete: off.length === 0,
        });
      },
    });
    draw(<ExplorePage />);
    await screen.findByText("70 →");
    expect(screen.queryByText(/Not all records/)).toBeNull();
    fireEvent.click(screen.getByRole("checkbox", { name: "Run limit 1" }));
    await screen.findByText(/Not all records/);
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Run limit 1" }).checked).toBe(false);
    fireEvent.click(screen.getByRole("button", { name: "Run the query without | limit 1" }));
    expect(hash().get("q")).toBe("error | stats by (app) count() n");
    expect(hash().get("tab")).toBe("stages");
  });

  it("follows a shared id through apps and hosts, and measures the time between its records", async () => {
    at("#/explore?q=*&range=15m");
    const story = ROWS.map((row, index) => ({ ...row, app: index === 0 ? "db" : "web", trace_id: "4bf92f35" }));
    const calls = serve({ query: () => ndjson(story) });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByText("newer"));
    fireEvent.click(screen.getByRole("button", { name: "Timeline of this trace_id" }));
    expect([hash().get("q"), hash().get("tab"), hash().get("range")]).toEqual([
      'trace_id:="4bf92f35"',
      "timeline",
      "15m",
    ]);
    await screen.findByText("2 records over 100ms");
    const [lanes, items] = ["Apps and hosts", "Records in order"].map((name) =>
      [...screen.getByRole("list", { name }).children].map((item) => item.textContent),
    );
    expect(lanes?.map((lane) => lane?.trim())).toEqual(["db10", "web10"]);
    expect(items?.[0]).toContain("older");
    expect(items?.[1]).toMatch(/^\+100ms100ms.*newer$/);
    const asked = calls.filter(({ pathname }) => pathname.endsWith("/query"));
    expect(asked.map(({ searchParams }) => searchParams.get("query"))).toContain('trace_id:="4bf92f35"');
    fireEvent.click(screen.getByText("older"));
    expect(screen.getByRole("complementary", { name: "Record" }).textContent).toContain("older");
  });

  it("cancels a running query", async () => {
    at("#/explore?q=slow");
    let signal: AbortSignal | null | undefined;
    serve({
      query: (_, init) => {
        signal = init?.signal;
        return new Promise((_, reject) =>
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
        );
      },
    });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    await screen.findByText("0 records, cancelled");
    expect(signal?.aborted).toBe(true);
  });

  it("opens a record in place and shows a field as a column", async () => {
    at("#/explore?q=*");
    serve({ query: () => ndjson(ROWS) });
    draw(<ExplorePage />);
    fireEvent.click(await screen.findByText("newer"));
    const show = document.querySelector<HTMLElement>(".detail [aria-label='Show app as a column']");
    expect(show).not.toBeNull();
    fireEvent.click(show ?? document.body);
    await waitFor(() => expect(hash().get("cols")).toBe("app"));
  });
});
