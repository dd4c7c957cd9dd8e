import { describe, expect, it } from "vitest";
import { columnOrder, inOrder } from "./columnOrder";

describe("columnOrder", () => {
  it.each([
    ["* | stats by (host, app) count() n, sum(bytes) as total", ["host", "app", "n", "total"]],
    [
      "* | stats count() if (level:=ERROR) e, avg(duration), max(x) by (host)",
      ["e", "avg(duration)", "max(x)", "host"],
    ],
    ['* | stats by (_time:5m, "my field") quantile(0.99, ms) p99, count()', ["_time", "my field", "p99", "count()"]],
    ["* | stats by (n) count() a | sort by (a desc) | limit 3", ["n", "a"]],
    ["* | fields b, a | limit 1", ["b", "a"]],
    ["* | by (app) count() n", ["app", "n"]],
    ["* | count() n, sum(x) y", ["n", "y"]],
    ["* | top 5 by (app, host)", ["app", "host"]],
    ["error", []],
  ])("reads %s", (query, names) => {
    expect(columnOrder(query, new Set(["count"]))).toEqual(names);
  });
});

describe("inOrder", () => {
  it("sorts the server's names as the query has them, and leaves others behind", () => {
    expect(inOrder(["avg(duration)", "count(*)", "extra", "host"], ["host", "count()", "avg(duration)"])).toEqual([
      "host",
      "count(*)",
      "avg(duration)",
      "extra",
    ]);
    expect(inOrder(["b", "a"], [])).toEqual(["b", "a"]);
  });
});
