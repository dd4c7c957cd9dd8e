import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findCommands, type Command } from "./commands";
import { forgetRecent, recentQueries, remember } from "./recent";

const command = (group: string, name: string, hint?: string): Command => ({
  group,
  name,
  run: () => undefined,
  ...(hint !== undefined && { hint }),
});

describe("findCommands", () => {
  const all = [
    command("Go to", "Explore"),
    command("Saved search", "Slow alerts", "level:=ERROR"),
    command("Go to", "Alerts"),
    command("Theme", "Dark"),
  ];
  const names = (text: string, most = 9) => findCommands(all, text, most).map(({ name }) => name);

  it("finds all words, in names first, then in groups and hints", () => {
    expect(names("al")).toEqual(["Alerts", "Slow alerts"]);
    expect(names("go al")).toEqual(["Alerts"]);
    expect(names("error")).toEqual(["Slow alerts"]);
    expect(names("nothing")).toEqual([]);
  });

  it("keeps the order and the limit without words", () => {
    expect(names("", 2)).toEqual(["Explore", "Slow alerts"]);
  });
});

describe("recent queries", () => {
  let stored = "";
  beforeEach(() => {
    stored = "";
    vi.stubGlobal("localStorage", {
      getItem: () => stored || null,
      setItem: (_: string, text: string) => (stored = text),
      removeItem: () => (stored = ""),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("are listed once each, the latest first, without the one that asks for all", () => {
    const range = { kind: "last", duration: "1h" } as const;
    remember("a", range, 1);
    remember("b", { kind: "all" }, 2);
    remember("a", range, 3);
    remember("*", range, 4);
    expect(recentQueries()).toEqual([
      { query: "a", range, time: 3 },
      { query: "b", range: { kind: "all" }, time: 2 },
    ]);
  });

  it("are forgotten", () => {
    remember("a", { kind: "all" }, 1);
    forgetRecent();
    expect(recentQueries()).toEqual([]);
  });

  it("bear what something else stored", () => {
    for (const text of ["{", "{}", "[1,null,{}]"]) {
      stored = text;
      expect(recentQueries()).toEqual([]);
    }
  });
});
