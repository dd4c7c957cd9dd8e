import { describe, expect, it } from "vitest";
import { filterPart, isAggregation, pipeNames, pipePositions, tokenize, asksForFields } from "./logsql";

const kinds = (text: string) =>
  tokenize(text)
    .filter(({ kind }) => kind !== "space")
    .map(({ kind, text: piece }) => `${kind} ${piece}`);

describe("tokenize", () => {
  it("distinguishes fields, operators, words, strings and numbers", () => {
    expect(kinds('level:=ERROR -"two words" size:>10KB')).toEqual([
      "field level",
      "operator :=",
      "word ERROR",
      "operator -",
      'string "two words"',
      "field size",
      "operator :>",
      "number 10KB",
    ]);
  });

  it("recognises pipes, their names, functions and groups", () => {
    expect(kinds("* | stats by (app) count() n")).toEqual([
      "word *",
      "pipe |",
      "keyword stats",
      "keyword by",
      "open (",
      "word app",
      "close )",
      "keyword count",
      "open (",
      "close )",
      "word n",
    ]);
  });

  it("keeps quoted fields, hyphens inside words and keywords as values", () => {
    expect(kinds('"my field":x web-1 level:not')).toEqual([
      'field "my field"',
      "operator :",
      "word x",
      "word web-1",
      "field level",
      "operator :",
      "word not",
    ]);
  });

  it.each(['a "unclosed', "'", "`", "\\", "((((", "|||", '"\\', ":::=", "-", "# only a comment", "é☃𝄞 x", ""])(
    "covers every character of %j exactly once",
    (text) => {
      const tokens = tokenize(text);
      expect(tokens.map((token) => token.text).join("")).toBe(text);
      for (const token of tokens) expect(token.to).toBeGreaterThan(token.from);
    },
  );
});

describe("pipes", () => {
  it("ignores bars in strings, brackets and regular expressions", () => {
    const query = 'a:~"x|y" in(b | fields c) | limit 5';
    expect(pipePositions(query)).toEqual([query.lastIndexOf("|")]);
    expect(filterPart(query)).toBe('a:~"x|y" in(b | fields c)');
    expect(pipeNames(query)).toEqual(["limit"]);
  });

  it("treats a query without filters as one for everything", () => {
    expect(filterPart("")).toBe("*");
    expect(filterPart("  | stats count()")).toBe("*");
  });

  it("recognises queries that compute results", () => {
    const computes = (query: string) => isAggregation(query, new Set(["count"]));
    expect(computes("* | stats count()")).toBe(true);
    expect(computes("* | count()")).toBe(true);
    expect(computes("* | sort by (_time) | uniq by (host)")).toBe(true);
    expect(computes("stats | fields a | sort by (b)")).toBe(false);
  });
});

describe("asksForFields", () => {
  it("is true where the message was left out", () => {
    expect(asksForFields("error | fields app, host")).toBe(true);
    expect(asksForFields("error | keep app | sort by (app)")).toBe(true);
    expect(asksForFields("error | fields _time, _msg")).toBe(false);
    expect(asksForFields('error "| fields a"')).toBe(false);
    expect(asksForFields("error | stats count()")).toBe(false);
  });
});
