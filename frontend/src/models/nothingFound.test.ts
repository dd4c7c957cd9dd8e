import { describe, expect, it } from "vitest";
import { DEFAULT_EXPLORE } from "./exploreState";
import { chipsOf } from "./filters";
import { nearest, remediesFor, respelt } from "./nothingFound";

const remedies = (query: string, fields: string[] = []) =>
  remediesFor({ ...DEFAULT_EXPLORE, query }, fields).map(({ label, query: counted, change }) => [
    label,
    counted,
    change.query ?? change.range?.kind,
  ]);

describe("remediesFor", () => {
  it("tries a word in any case, all time, and each filter left out", () => {
    expect(remedies("Timeout app:=web | stats count()")).toEqual([
      ["With Timeout in any case", "i(Timeout) app:=web", "i(Timeout) app:=web | stats count()"],
      ["In all time", "Timeout app:=web", "all"],
      ["Without Timeout", "app:=web", "app:=web | stats count()"],
      ["Without app:=web", "Timeout", "Timeout | stats count()"],
    ]);
  });

  it("names the field that was meant", () => {
    expect(remedies("-hsot:=a", ["host", "app"])[0]).toEqual([
      "No record has a field hsot, but there is host",
      "-host:=a",
      "-host:=a",
    ]);
    expect(remedies("host:=a", ["host"]).map(([label]) => label)).toEqual(["In all time"]);
  });

  it("has no wider range than all time", () => {
    expect(remediesFor({ ...DEFAULT_EXPLORE, query: "app:=x", range: { kind: "all" } })).toEqual([]);
  });
});

describe("respelt", () => {
  it("puts the similar value in its place", () => {
    const query = "x level:EROR y";
    const chip = chipsOf(query)[1];
    expect(chip && respelt(query, chip, ["INFO", "ERROR"])).toBe('x level:="ERROR" y');
    expect(chip && respelt(query, chip, ["INFO"])).toBeUndefined();
  });
});

describe("nearest", () => {
  it("finds words with a slip, and none that merely are as long", () => {
    expect(nearest("eror", ["INFO", "ERROR"])).toBe("ERROR");
    expect(nearest("hsot", ["app", "host"])).toBe("host");
    expect(nearest("Error", ["error"])).toBe("error");
    expect(nearest("app", ["web", "api"])).toBe("api");
    expect(nearest("ab", ["xy", "cd"])).toBeUndefined();
  });
});
