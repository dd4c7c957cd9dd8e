import { describe, expect, it } from "vitest";
import { iconOf, linksOf, PLAIN, titleOf } from "./installation";

const trace = { field: "trace_id", url: "https://traces.test/trace/{value}", title: "Trace" };
const code = { field: "file", url: "https://git.test/{repo}/blob/main/{value}#L{line}", title: "Code" };

describe("linksOf", () => {
  it("fills in the value and other fields of the record", () => {
    const row = { trace_id: "4bf92f", file: "src/app/Cart.java", repo: "shop", line: "17" };
    expect(linksOf([trace, code], row, "trace_id")).toEqual([
      { title: "Trace", href: "https://traces.test/trace/4bf92f" },
    ]);
    expect(linksOf([trace, code], row, "file")).toEqual([
      { title: "Code", href: "https://git.test/shop/blob/main/src/app/Cart.java#L17" },
    ]);
  });

  it("gives no link that lacks a field", () => {
    expect(linksOf([code], { file: "a.java", line: "1" }, "file")).toEqual([]);
    expect(linksOf([trace], { trace_id: "" }, "trace_id")).toEqual([]);
  });

  it.each([
    ["?a=b&c#d", "https://traces.test/trace/%3Fa%3Db%26c%23d"],
    ['"><script>', "https://traces.test/trace/%22%3E%3Cscript%3E"],
    ["\\evil.test", "https://traces.test/trace/%5Cevil.test"],
    ["a\ud800b", "https://traces.test/trace/a%EF%BF%BDb"],
  ])("encodes %j", (value, href) => {
    expect(linksOf([trace], { trace_id: value }, "trace_id")).toEqual([{ title: "Trace", href }]);
  });

  it("lets no value climb out of its path", () => {
    expect(linksOf([trace], { trace_id: "../../admin" }, "trace_id")).toEqual([]);
    expect(linksOf([trace], { trace_id: "a/./b" }, "trace_id")).toEqual([]);
  });

  it("opens nothing but web addresses", () => {
    const script = { field: "x", url: "javascript:alert({value})", title: "x" };
    expect(linksOf([script], { x: "1" }, "x")).toEqual([]);
  });
});

it("names the installation before the product", () => {
  expect(titleOf(PLAIN)).toBe("LogCaster");
  expect(titleOf({ name: "Staging", links: [] })).toBe("Staging · LogCaster");
});

it("draws the tab's icon in the installation's colour", () => {
  expect(decodeURIComponent(iconOf("#b3261e"))).toContain('fill="#b3261e"');
});
