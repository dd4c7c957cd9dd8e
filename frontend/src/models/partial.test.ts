import { describe, expect, it } from "vitest";
import { kindOf, missingOf, PartialStore } from "./partial";

describe("PartialStore", () => {
  it("shows each missing part once, until a complete answer of the same kind comes", () => {
    const store = new PartialStore();
    let changes = 0;
    store.subscribe(() => changes++);
    store.note("query", "node http://b: away");
    store.note("hits", "node http://b: away; damage in x");
    expect(store.read()).toEqual(["node http://b: away", "damage in x"]);
    store.note("hits", undefined);
    expect(store.read()).toEqual(["node http://b: away"]);
    store.note("query", "node http://b: away");
    expect(changes).toBe(3);
    store.clear();
    expect(store.read()).toEqual([]);
  });
});

describe("rows and addresses", () => {
  it("tells what is missing from other errors and from records", () => {
    const text = "The answer is not complete, records are left out that cannot be read: node http://b: away";
    for (const code of ["node_missing", "tier_unreachable", "damaged_data"]) {
      expect(missingOf({ _error: text, _error_code: code })).toBe("node http://b: away");
    }
    expect(missingOf({ _error: "slow", _error_code: "query_timeout" })).toBeUndefined();
    expect(missingOf({ _msg: "x" })).toBeUndefined();
  });

  it("takes the path as the kind", () => {
    expect(kindOf("http://x/logs/api/v1/stats_query_range?query=a/b")).toBe("stats_query_range");
    expect(kindOf("")).toBe("");
  });
});
