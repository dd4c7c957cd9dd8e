import { describe, expect, it } from "vitest";
import { extractOf, kindOf, valueFilter, variablesOf, variableValues } from "./patterns";

describe("kindOf", () => {
  it("tells numbers, times, addresses and ids from other text", () => {
    const kinds = (values: string[]) => [...new Set(values.map(kindOf))];
    expect(kinds(["7", "-1.5", "12ms", "10%", "1,024", "64KiB"])).toEqual(["number"]);
    expect(kinds(["12:30:45", "2026-11-21T09:00:00Z", "2026-11-21", "09:00:01.250"])).toEqual(["time"]);
    expect(kinds(["10.0.0.1", "10.0.0.1:443", "10.0.0.0/8", "fe80::1", "aa:bb:cc:dd:ee:ff"])).toEqual(["address"]);
    expect(kinds(["0f3a9c21", "550e8400-e29b-41d4-a716-446655440000", "0x7fff5c"])).toEqual(["id"]);
    expect(kinds(["", "bob", "/api/v1", "decade", "12 apples"])).toEqual(["text"]);
  });
});

describe("variableValues", () => {
  it("finds the values of a message in order", () => {
    expect(variableValues("took <*> ms by <*>", "took 7 ms by bob")).toEqual(["7", "bob"]);
    expect(variableValues("<*> of <*>.", "a. of b.c.")).toEqual(["a.", "b.c"]);
  });

  it("finds none in a message of another template, or one that was cut", () => {
    expect(variableValues("took <*> ms", "took 7 s")).toBeUndefined();
    expect(variableValues("took <*> ms", "gave 7 ms")).toBeUndefined();
    expect(variableValues("took <*> ms by <*>", "took 7 m")).toBeUndefined();
    expect(variableValues("no variable", "no variable at all")).toBeUndefined();
  });
});

it("a placeholder with a name says its kind without an example", () => {
  expect(variablesOf("<IP4> sent <N> to <*>")).toEqual([
    { kind: "address", value: undefined },
    { kind: "number", value: undefined },
    { kind: "text", value: undefined },
  ]);
});

describe("extractOf", () => {
  it("names each field by the kind of its value", () => {
    expect(extractOf("<*> took <*> of <*> ms", "bob took 7 of 9 ms")).toEqual({
      pipe: 'extract "<text_1> took <number_1> of <number_2> ms"',
      fields: ["text_1", "number_1", "number_2"],
    });
  });

  it("escapes what the pattern of an extraction would read", () => {
    expect(extractOf('1 < 2 & "<*>"')?.pipe).toBe(String.raw`extract "1 &lt; 2 &amp; \"<text_1>\""`);
  });

  it("does not exist without variables, or where two of them meet", () => {
    expect(extractOf("started")).toBeUndefined();
    expect(extractOf("a <*><*>")).toBeUndefined();
  });
});

it("asks for the records with one value of a variable", () => {
  expect(valueFilter("took <*> ms by <*> at once", 1, "ann")).toBe('seq("took", "ms by ann at once")');
  expect(valueFilter("<*> of <*>", 0, "7")).toBe('"7 of"');
  expect(valueFilter("<*>", 0, "$& x")).toBe('"x"');
});
