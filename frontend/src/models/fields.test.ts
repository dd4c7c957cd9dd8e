import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { summarise, summariseRows } from "./fieldSummary";

describe("summarise", () => {
  it("merges names and facets, common fields first, without the server's own fields", () => {
    const names = [
      { value: "zone", hits: 50 },
      { value: "_time", hits: 90 },
      { value: "app", hits: 10 },
      { value: "level", hits: 5 },
      { value: "busy", hits: 70 },
    ];
    const facets = [{ field_name: "level", values: [{ field_value: "INFO", hits: 5 }] }];
    const fields = summarise(names, facets);
    expect(fields.map(({ name }) => name)).toEqual(["level", "app", "busy", "zone"]);
    expect(fields[0]).toEqual({ name: "level", hits: 5, values: [{ value: "INFO", hits: 5 }] });
  });

  it("lists a field that only occurs in the facets", () => {
    expect(
      summarise(
        [],
        [
          {
            field_name: "x",
            values: [
              { field_value: "1", hits: 2 },
              { field_value: "2", hits: 3 },
            ],
          },
        ],
      ),
    ).toMatchObject([{ name: "x", hits: 5 }]);
  });
});

describe("summariseRows", () => {
  it("counts the loaded rows, most frequent values first", () => {
    const rows: Row[] = [{ app: "a", _msg: "x" }, { app: "b" }, { app: "b", empty: "" }];
    expect(summariseRows(rows, 1)).toEqual([{ name: "app", hits: 3, values: [{ value: "b", hits: 2 }] }]);
  });

  it("lists no values of an identifier", () => {
    const rows = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    expect(summariseRows(rows, 5)).toEqual([{ name: "id", hits: 101 }]);
  });
});
