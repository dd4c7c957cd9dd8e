import { describe, expect, it } from "vitest";
import { queryAround, wantedAt } from "./completionContext";

/** The bar ‸ marks the cursor. */
function wanted(marked: string) {
  const cursor = marked.indexOf("‸");
  return wantedAt(marked.replace("‸", ""), cursor);
}

describe("wantedAt", () => {
  it.each([
    ["le‸", { kind: "field", prefix: "le", from: 0, filtering: true }],
    ["error (ap‸", { kind: "field", prefix: "ap", from: 7, filtering: true }],
    ["error not ‸", { kind: "field", prefix: "", from: 10, filtering: true }],
    ["level:‸", { kind: "value", field: "level", prefix: "", from: 6 }],
    ["level:>=WA‸", { kind: "value", field: "level", prefix: "WA", from: 8 }],
    ['app:="my a‸', { kind: "value", field: "app", prefix: "my a", from: 5, quoted: true }],
    ['"odd name":x‸', { kind: "value", field: "odd name", prefix: "x" }],
    ["* | ‸", { kind: "pipe", prefix: "", from: 4 }],
    ["* | sta‸", { kind: "pipe", prefix: "sta", from: 4 }],
    ["* | stats by (ap‸", { kind: "field", prefix: "ap", filtering: false }],
    ["* | stats by (app) co‸", { kind: "function", prefix: "co" }],
    ["* | stats avg(du‸", { kind: "field", prefix: "du" }],
    ["* | stats count() n, ‸", { kind: "function", prefix: "" }],
    ["* | fields a, b‸", { kind: "field", prefix: "b", filtering: false }],
    ["* | filter le‸", { kind: "field", prefix: "le", filtering: true }],
  ])("suggests for %s", (marked, expected) => expect(wanted(marked)).toMatchObject(expected));

  it.each(['"a phr‸', "level: x ‸y | 'str‸"])("suggests nothing inside the text of %s", (marked) => {
    expect(wanted(marked.replace("‸y", "y"))).toBeUndefined();
  });
});

describe("queryAround", () => {
  it.each([
    ["app:=x level:‸", "app:=x"],
    ["level:ER‸ROR app:=x | stats count()", "app:=x"],
    ["a -level:‸ b", "a b"],
    ["a or level:‸", "a"],
    ["(a level:‸) b", "(a ) b"],
    ["level:‸", "*"],
    ["app:=x | filter level:‸", "app:=x"],
  ])("leaves the filter under the cursor out of %s", (marked, expected) => {
    const cursor = marked.indexOf("‸");
    const text = marked.replace("‸", "");
    const found = wantedAt(text, cursor);
    expect(found?.kind).toBe("value");
    expect(queryAround(text, found?.kind === "value" ? found.fieldFrom : -1, cursor)).toBe(expected);
  });
});
