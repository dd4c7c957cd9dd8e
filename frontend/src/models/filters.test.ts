import { describe, expect, it } from "vitest";
import { chipsOf, negateChip, pickedValues, pickValue, shownChips, withoutChip } from "./filters";

const short = (query: string) =>
  chipsOf(query).map(({ text, negated, field, values }) => [
    negated ? "not" : "is",
    field === undefined ? text : `${field}=${values?.join("|")}`,
  ]);

describe("chipsOf", () => {
  it("recognises a value however it is written", () => {
    for (const query of [
      "level:=ERROR",
      'level:="ERROR"',
      "level:ERROR",
      'level:"ERROR"',
      "level:='ERROR'",
      "level:=`ERROR`",
      "level:in(ERROR)",
      'level:in("ERROR")',
      "level := ERROR",
      '"level":=ERROR',
    ])
      expect(short(query), query).toEqual([["is", "level=ERROR"]]);
  });

  it("recognises negations and their negations", () => {
    for (const query of ["-a:=b", "!a:=b", "not a:=b", "NOT a:b", "a:!=b", "a:!b", "! a:=b", "not not not a:=b"])
      expect(short(query), query).toEqual([["not", "a=b"]]);
    expect(short("-a:!=b")).toEqual([["is", "a=b"]]);
  });

  it("splits at spaces and AND, outside brackets and strings", () => {
    expect(short('error "two words" a:=b and c:in(d, "e f") -(x or y) {app="z"} | stats count()')).toEqual([
      ["is", "error"],
      ["is", '"two words"'],
      ["is", "a=b"],
      ["is", "c=d|e f"],
      ["not", "(x or y)"],
      ["is", '{app="z"}'],
    ]);
  });

  it("keeps alternatives as one filter, and finds none where all is asked for", () => {
    expect(short("a:=b or c")).toEqual([["is", "a:=b or c"]]);
    expect(chipsOf("*")).toEqual([]);
    expect(chipsOf("* | limit 1")).toEqual([]);
  });

  it("leaves alone what is no comparison with values", () => {
    for (const query of ["level:>=WARN", "app:web*", 'app:~"a.*"', "a:(b c)", "a:in(b | fields c)", "a:range[1, 2]"])
      expect(short(query), query).toEqual([["is", query]]);
  });

  it("is not shown for words", () => {
    expect(shownChips('error "two words" -timeout a:=b').map(({ text }) => text)).toEqual(["timeout", "a:=b"]);
  });
});

describe("changing a chip", () => {
  const change = (query: string, index: number, how: typeof withoutChip) => {
    const chip = chipsOf(query)[index];
    return chip && how(query, chip);
  };

  it("removes it with the AND that joined it", () => {
    expect(change("a and b:=c | limit 3", 1, withoutChip)).toBe("a | limit 3");
    expect(change("b:=c and a", 0, withoutChip)).toBe("a");
    expect(change("b:=c | limit 3", 0, withoutChip)).toBe("* | limit 3");
    expect(change("x  -b:=c   y", 1, withoutChip)).toBe("x y");
  });

  it("negates it and back, and leaves the rest as written", () => {
    expect(change("x   a:in(b, c)  y | limit 3", 1, negateChip)).toBe("x   -a:in(b, c)  y | limit 3");
    expect(change("x not a:=b", 1, negateChip)).toBe("x a:=b");
    expect(change("a or b", 0, negateChip)).toBe("-(a or b)");
    expect(change("-(a or b)", 0, negateChip)).toBe("(a or b)");
    expect(change("a:>3", 0, negateChip)).toBe("-a:>3");
    expect(change("a:!=b", 0, negateChip)).toBe("a:=b");
    // A phrase stays one: it does not become an exact value.
    expect(change('_msg:"b c"', 0, negateChip)).toBe('-_msg:"b c"');
  });
});

describe("pickValue", () => {
  it("collects values of a field, and takes them out again", () => {
    const one = pickValue("error | limit 3", "app", "a", "toggle");
    expect(one).toBe('error app:="a" | limit 3');
    const two = pickValue(one, "app", "b", "toggle");
    expect(two).toBe('error app:in("a", "b") | limit 3');
    expect([...pickedValues(two, "app")]).toEqual(["a", "b"]);
    expect(pickValue(two, "app", "a", "toggle")).toBe('error app:="b" | limit 3');
    expect(pickValue(one, "app", "a", "toggle")).toBe("error | limit 3");
  });

  it("finds values that were typed", () => {
    expect(pickValue("level:=ERROR", "level", "ERROR", "toggle")).toBe("*");
    expect(pickValue("level:ERROR x", "level", "WARN", "toggle")).toBe('level:in("ERROR", "WARN") x');
  });

  it("asks for one value only", () => {
    expect(pickValue("app:in(a, b) x", "app", "c", "only")).toBe('app:="c" x');
    expect(pickValue("x", "app", "c", "only")).toBe('x app:="c"');
  });

  it("excludes a value that was asked for, and asks for one that was excluded", () => {
    expect(pickValue("app:in(a, b)", "app", "b", "exclude")).toBe('app:="a" -app:="b"');
    expect(pickValue("app:=a", "app", "a", "exclude")).toBe('-app:="a"');
    expect(pickValue("-app:=a x", "app", "a", "toggle")).toBe('x app:="a"');
    expect(pickValue("-app:in(a, b)", "app", "a", "only")).toBe('-app:="b" app:="a"');
    expect(pickValue("-app:=a", "app", "a", "exclude")).toBe('-app:="a"');
  });

  it("keeps alternatives together, and streams in their own notation", () => {
    expect(pickValue("a or b", "app", "c", "toggle")).toBe('(a or b) app:="c"');
    expect(pickValue("*", "_stream", '{app="x"}', "toggle")).toBe('{app="x"}');
    expect(pickValue('{app="x"}', "_stream", '{app="x"}', "toggle")).toBe("*");
    expect(pickValue('{app="x"}', "_stream", '{app="x"}', "exclude")).toBe('-{app="x"}');
  });
});
