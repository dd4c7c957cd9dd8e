import { describe, expect, it } from "vitest";
import {
  addFilter,
  equals,
  excludeFilter,
  fieldName,
  hasFilter,
  includeFilter,
  removeFilter,
  withPipes,
} from "./queryEdit";

describe("equals", () => {
  it("quotes values, odd names and reserved words", () => {
    expect(equals("app", 'a "b"\n')).toBe('app:="a \\"b\\"\\n"');
    expect(equals("http.status", "200")).toBe('http.status:="200"');
    expect(fieldName("my field")).toBe('"my field"');
    expect(fieldName("not")).toBe('"not"');
  });

  it("matches absence by an empty value, and a stream by its own notation", () => {
    expect(equals("level", "")).toBe('level:""');
    expect(equals("_stream", '{app="x"}')).toBe('{app="x"}');
  });
});

describe("addFilter", () => {
  it("does not write into a comment", () => {
    expect(addFilter("error # why", "app:=web")).toBe("error # why\n app:=web");
    expect(addFilter("error\n# | sort by (x)\n| limit 5", "app:=web")).toBe(
      "error\n# | sort by (x)\n app:=web | limit 5",
    );
  });

  it("replaces a query that matches everything", () => {
    expect(addFilter("*", 'app:="x"')).toBe('app:="x"');
    expect(addFilter("* | limit 3", 'app:="x"')).toBe('app:="x" | limit 3');
  });

  it("inserts before the pipes and leaves existing text as written", () => {
    expect(addFilter("error   foo | stats count()", 'app:="x"')).toBe('error   foo app:="x" | stats count()');
  });

  it("keeps alternatives together", () => {
    expect(addFilter("a or b", "c")).toBe("(a or b) c");
    expect(addFilter("(a or b) d", "c")).toBe("(a or b) d c");
  });

  it("adds the same filter only once", () => {
    const once = addFilter("error", 'app:="x"');
    expect(addFilter(once, 'app:="x"')).toBe(once);
  });
});

describe("including and excluding", () => {
  const filter = 'app:="x"';

  it("replace each other", () => {
    expect(excludeFilter(`error ${filter}`, filter)).toBe(`error -${filter}`);
    expect(includeFilter(`error -${filter}`, filter)).toBe(`error ${filter}`);
  });

  it("finds a filter only as a whole, positive part outside brackets and strings", () => {
    expect(hasFilter(`error ${filter}`, filter)).toBe(true);
    for (const query of [
      `-${filter}`,
      `!${filter}`,
      `not ${filter}`,
      `(a ${filter})`,
      `"${filter}"`,
      `b or ${filter}`,
      'app:="xy"',
      `my${filter}`,
    ]) {
      expect(hasFilter(query, filter), query).toBe(false);
    }
  });

  it("removes a filter and leaves the rest, or matches everything when nothing is left", () => {
    expect(removeFilter(`a ${filter} b | limit 1`, filter)).toBe("a b | limit 1");
    expect(removeFilter(filter, filter)).toBe("*");
    expect(removeFilter("a", filter)).toBe("a");
  });
});

describe("withPipes", () => {
  it("replaces the pipes", () => {
    expect(withPipes("a b | stats count()", "")).toBe("a b");
    expect(withPipes("a", "limit 5")).toBe("a | limit 5");
  });
});
