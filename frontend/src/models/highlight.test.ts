import { describe, expect, it } from "vitest";
import { highlightOf, pieces, textPattern } from "./highlight";

const marks = (query: string, text: string) => pieces(text, highlightOf(query)).filter((_, index) => index % 2 === 1);

describe("highlightOf", () => {
  it("marks whole words and phrases, in the case they are asked for", () => {
    expect(marks("error", "error errors an error: Error")).toEqual(["error", "error"]);
    expect(marks('"read timed out" x', "it read timed out")).toEqual(["read timed out"]);
    expect(marks("time*", "timeout a time")).toEqual(["timeout a time".slice(0, 4), "time"]);
    expect(marks("_msg:slow and 12.5", "slow 12.5 12x5")).toEqual(["slow", "12.5"]);
  });

  it("marks alternatives, patterns and words in any case", () => {
    expect(marks("level:=ERROR (a or b)", "a b ERROR")).toEqual(["a", "b"]);
    expect(marks("(a or b) c", "a b c d")).toEqual(["a", "b", "c"]);
    expect(marks('~"s[lo]+w"', "so slow")).toEqual(["slow"]);
    expect(marks("i(Slow)", "SLOW slow")).toEqual(["SLOW", "slow"]);
    expect(marks("i(Slow) Fast", "SLOW FAST Fast")).toEqual(["SLOW", "Fast"]);
  });

  it("marks nothing for other fields, negations, pipes and streams", () => {
    for (const query of [
      "*",
      "app:=web",
      "app:in(web, db)",
      "-web",
      "!web",
      "not (web or db)",
      '{app="web"}',
      "* | filter web",
      "_msg:!web",
      "_time:5m",
    ])
      expect(marks(query, "web db 5m in app filter"), query).toEqual([]);
    expect(marks("app:(web or db) slow", "web slow")).toEqual(["slow"]);
  });

  it("bears expressions that only the server understands, and those that match nothing at all", () => {
    expect(highlightOf('~"(?i"')).toBeUndefined();
    expect(highlightOf('~"a*"')).toBeUndefined();
    expect(highlightOf('~"(a+)+$"')).toBeUndefined();
  });
});

describe("textPattern", () => {
  it("finds a text as it is, in any case", () => {
    expect(pieces("a.B a.b axb", textPattern("A.b"))).toEqual(["", "a.B", " ", "a.b", " axb"]);
    expect(textPattern("")).toBeUndefined();
  });
});
