import { describe, expect, it } from "vitest";
import { decodeExplore, DEFAULT_EXPLORE, encodeExplore, moved, type ExploreState } from "./exploreState";

const roundTrip = (state: ExploreState) => decodeExplore(new URLSearchParams(encodeExplore(state).toString()));

describe("Explore's state in the address", () => {
  it.each<ExploreState>([
    DEFAULT_EXPLORE,
    {
      query: 'a="ü&?#" | stats by (x) count()',
      range: { kind: "all" },
      tab: "chart",
      columns: ["a", "b.c"],
      limit: 20_000,
      wrap: true,
    },
    {
      query: "",
      range: { kind: "between", start: 1_700_000_000_123, end: 1_700_000_100_000 },
      columns: [],
      limit: 1_000,
      wrap: false,
    },
    {
      query: "*",
      range: { kind: "between", start: 1_700_000_000_000, end: 1_700_000_100_000 },
      around: { start: 1_700_000_000_000, end: 1_700_000_900_000 },
      tab: "explain",
      columns: [],
      limit: 1_000,
      wrap: false,
    },
    { ...DEFAULT_EXPLORE, othersOnly: true },
    { ...DEFAULT_EXPLORE, by: "http.status" },
    { query: "*", range: { kind: "last", duration: "7d" }, tab: "patterns", columns: [], limit: 5_000, wrap: false },
  ])("survives the way through it: %j", (state) => expect(roundTrip(state)).toEqual(state));

  it("forgets where it was zoomed in from once the range is no part of that", () => {
    const around = { start: 1_700_000_000_000, end: 1_700_000_900_000 };
    for (const range of [
      { kind: "between" as const, start: around.start - 1, end: around.end },
      { kind: "between" as const, ...around },
      { kind: "last" as const, duration: "1h" },
    ]) {
      expect(roundTrip({ ...DEFAULT_EXPLORE, range, around }).around).toBeUndefined();
    }
  });

  it("falls back to defaults where the address is invalid", () => {
    const params = new URLSearchParams({ q: "*", range: "yesterday", tab: "cards", limit: "7", wrap: "yes" });
    expect(decodeExplore(params)).toEqual(DEFAULT_EXPLORE);
  });

  it("leaves out the server's own records unless the address names a query", () => {
    expect(decodeExplore(new URLSearchParams()).othersOnly).toBe(true);
    expect(decodeExplore(new URLSearchParams({ q: "*" })).othersOnly).toBeUndefined();
  });

  it("omits defaults", () => {
    expect(encodeExplore(DEFAULT_EXPLORE).toString()).toBe("q=*&range=1h");
  });
});

describe("moved", () => {
  it("moves an item, and leaves the list unchanged where the position does not exist", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
});
