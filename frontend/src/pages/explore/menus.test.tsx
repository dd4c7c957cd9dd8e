import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { DEFAULT_EXPLORE } from "../../models/exploreState";
import { draw, json, serve } from "../../testing/server";
import { remember } from "../../models/recent";
import PatternsTab from "./PatternsTab";
import { RangePicker } from "./RangePicker";
import { HistoryMenu } from "./HistoryMenu";
import { SavedSearches } from "./SavedSearches";

describe("RangePicker", () => {
  function open() {
    const onChange = vi.fn();
    draw(<RangePicker range={{ kind: "last", duration: "1h" }} onChange={onChange} />);
    fireEvent.click(screen.getByRole("button", { name: "Time range: Last hour" }));
    return onChange;
  }

  it("offers presets and closes after the selection", () => {
    const onChange = open();
    fireEvent.click(screen.getByRole("button", { name: "Last 24 hours" }));
    expect(onChange).toHaveBeenCalledWith({ kind: "last", duration: "24h" });
    expect(screen.queryByRole("button", { name: "All time" })).toBeNull();
  });

  it("accepts two times in the viewer's time zone, only in order", () => {
    const onChange = open();
    fireEvent.change(screen.getByLabelText(/^From/), { target: { value: "2026-11-21T09:00:00" } });
    fireEvent.change(screen.getByLabelText("To"), { target: { value: "2026-11-21T08:00:00" } });
    expect(screen.getByText("The start must be before the end.")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("To"), { target: { value: "2026-11-21T10:00:00" } });
    fireEvent.click(screen.getByRole("button", { name: "Show" }));
    const start = new Date(2026, 10, 21, 9).getTime();
    expect(onChange).toHaveBeenCalledWith({ kind: "between", start, end: start + 3_600_000 });
  });

  it("accepts a typed range, and shows examples", () => {
    const onChange = open();
    const field = screen.getByLabelText("Time range");
    fireEvent.change(field, { target: { value: "soon" } });
    fireEvent.submit(field);
    expect(screen.getByRole("alert").textContent).toContain("3h ago to 1h ago");
    fireEvent.change(field, { target: { value: "last 90m" } });
    fireEvent.submit(field);
    expect(onChange).toHaveBeenCalledWith({ kind: "last", duration: "90m" });
  });

  it("closes on Escape and on a click elsewhere", () => {
    open();
    fireEvent.keyDown(screen.getByRole("button", { name: "All time" }), { key: "Escape" });
    expect(screen.queryByRole("button", { name: "All time" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Time range: Last hour" }));
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole("button", { name: "All time" })).toBeNull();
  });
});

describe("SavedSearches", () => {
  it("opens a search with its range and columns", async () => {
    const onOpen = vi.fn();
    serve({
      searches: () => json([{ id: "1", name: "Break-ins", query: "BREAK-IN", range: "7d", columns: ["host"] }]),
    });
    draw(<SavedSearches state={DEFAULT_EXPLORE} onOpen={onOpen} />);
    fireEvent.click(screen.getByRole("button", { name: "Saved searches" }));
    fireEvent.click(await screen.findByRole("button", { name: "Break-ins" }));
    expect(onOpen).toHaveBeenCalledWith({
      query: "BREAK-IN",
      range: { kind: "last", duration: "7d" },
      columns: ["host"],
    });
  });

  it("saves the current search under a name", async () => {
    let sent: unknown;
    serve({
      searches: (_, init) => {
        if (init?.method === "POST") sent = JSON.parse(init.body as string);
        return json([]);
      },
    });
    draw(<SavedSearches state={{ ...DEFAULT_EXPLORE, query: "error", columns: ["app"] }} onOpen={vi.fn()} />);
    fireEvent.click(screen.getByRole("button", { name: "Saved searches" }));
    fireEvent.change(screen.getByLabelText("Name of the search"), { target: { value: " Mine " } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent).toEqual({ name: "Mine", query: "error", range: "1h", columns: ["app"] }));
  });

  it("replaces a saved search with the current one, and renames it", async () => {
    const sent: unknown[] = [];
    const answer = (_: URL, init?: RequestInit) => {
      if (init?.method === "PUT") sent.push(JSON.parse(init.body as string));
      return json([{ id: "1", name: "Mine", query: "old", range: "7d" }]);
    };
    serve({ searches: answer, "searches/1": answer });
    draw(<SavedSearches state={{ ...DEFAULT_EXPLORE, query: "new" }} onOpen={vi.fn()} />);
    fireEvent.click(screen.getByRole("button", { name: "Saved searches" }));
    fireEvent.click(await screen.findByRole("button", { name: "Edit Mine" }));
    fireEvent.change(screen.getByLabelText("New name of Mine"), { target: { value: "Ours" } });
    fireEvent.click(screen.getByRole("button", { name: "Rename" }));
    await waitFor(() => expect(sent[0]).toEqual({ name: "Ours", query: "old", range: "7d", columns: [] }));
    fireEvent.click(await screen.findByRole("button", { name: "Edit Mine" }));
    fireEvent.click(screen.getByRole("button", { name: "Replace with current search" }));
    await waitFor(() => expect(sent[1]).toEqual({ name: "Mine", query: "new", range: "1h", columns: [] }));
  });

  it("is absent where the server does not save searches", async () => {
    serve({});
    draw(<SavedSearches state={DEFAULT_EXPLORE} onOpen={vi.fn()} />);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Saved searches" })).toBeNull());
  });
});

describe("HistoryMenu", () => {
  it("runs a query again, and forgets all", () => {
    localStorage.clear();
    remember("status:500", { kind: "last", duration: "6h" }, Date.now() - 7_200_000);
    const onOpen = vi.fn();
    draw(<HistoryMenu onOpen={onOpen} />);
    const open = () => fireEvent.click(screen.getByRole("button", { name: "Queries that ran" }));
    open();
    fireEvent.click(screen.getByRole("button", { name: /^status:500.*Last 6 hours · 2h.* ago$/ }));
    expect(onOpen).toHaveBeenCalledWith({ query: "status:500", range: { kind: "last", duration: "6h" } });
    open();
    fireEvent.click(screen.getByRole("button", { name: "Forget these queries" }));
    expect(screen.getByText(/No queries yet/)).toBeTruthy();
    expect(localStorage.length).toBe(0);
  });
});

describe("PatternsTab", () => {
  const asked = { query: "error | stats count()" };
  const DETAIL = "Show an example, and what to make of the pattern";

  it("makes a rule, a transform or an extraction of a pattern", async () => {
    const onExtract = vi.fn();
    serve({ patterns: () => json({ patterns: [{ pattern: "took <*> ms", count: 30, example: "took 7 ms" }] }) });
    draw(<PatternsTab asked={asked} onFilter={vi.fn()} onExtract={onExtract} />);
    fireEvent.click(await screen.findByTitle(DETAIL));
    expect(screen.getByTitle("7").dataset.kind).toBe("number");
    fireEvent.click(screen.getByRole("button", { name: "Extract its variables" }));
    expect(onExtract).toHaveBeenCalledWith('seq("took", "ms")', {
      pipe: 'extract "took <number_1> ms"',
      fields: ["number_1"],
    });
    const hrefOf = (name: string) =>
      new URLSearchParams(screen.getByRole("link", { name }).getAttribute("href")?.split("?")[1]).get("new") ?? "";
    expect(hrefOf("Alert")).toBe('error seq("took", "ms") | stats count() value');
    expect(JSON.parse(hrefOf("Drop"))).toMatchObject({ action: "drop", filter: 'seq("took", "ms")' });
  });

  it("keeps the patterns that are new since a time", async () => {
    const pattern = (id: string, text: string) => ({ id, pattern: text, count: 1, example: text });
    const calls = serve({
      patterns: () => json({ patterns: [pattern("a1", "old one"), pattern("b2", "new one")] }),
      templates: ({ searchParams }) => json(searchParams.get("since") === "1h" ? [{ id: "b2" }] : []),
    });
    draw(<PatternsTab asked={asked} onFilter={vi.fn()} onExtract={vi.fn()} />);
    expect(await screen.findByText("old one")).toBeTruthy();
    const since = screen.getByLabelText("New since");
    fireEvent.change(since, { target: { value: "1h" } });
    expect(await screen.findByText("new one")).toBeTruthy();
    expect(screen.queryByText("old one")).toBeNull();
    expect(calls.at(-1)?.searchParams.get("query")).toBe("id:in(a1,b2)");
    fireEvent.change(since, { target: { value: "7d" } });
    expect(await screen.findByText("No pattern of these records is new since then.")).toBeTruthy();
  });

  it("loads the records' patterns, shows an example, and filters by a pattern", async () => {
    const onFilter = vi.fn();
    const calls = serve({
      patterns: () => json({ patterns: [{ pattern: "took <N> ms", count: 30, trend: [1, 2], example: "took 7 ms" }] }),
    });
    draw(<PatternsTab asked={asked} onFilter={onFilter} onExtract={vi.fn()} />);
    fireEvent.click(await screen.findByTitle(DETAIL));
    expect(screen.getByText("took 7 ms")).toBeTruthy();
    expect(calls[0]?.searchParams.get("query")).toBe("error");
    fireEvent.click(screen.getByRole("button", { name: "Without" }));
    expect(onFilter).toHaveBeenCalledWith('seq("took", "ms")', true);
  });

  it("says so where the server does not provide patterns", async () => {
    serve({});
    draw(<PatternsTab asked={asked} onFilter={vi.fn()} onExtract={vi.fn()} />);
    expect(await screen.findByText("This server does not provide patterns.")).toBeTruthy();
  });
});
