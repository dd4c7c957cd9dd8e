import { describe, expect, it } from "vitest";
import { meantQuery } from "./foreignQuery";

describe("meantQuery", () => {
  it.each([
    ["status >= 500", "status:>=500"],
    ["level = error timeout", "level:=error timeout"],
    ["level == 'error' and host != web-1", "level:='error' and host:!=web-1"],
    ["_time > now-1h error", "_time:1h error"],
    ["@timestamp > now-15m", "_time:15m"],
    ['{app="shop"} |= "error"', '{app="shop"} "error"'],
    ['{app="shop"} |= "error" != "timeout" |~ "e.*"', '{app="shop"} "error" -"timeout" ~"e.*"'],
    ["SELECT * FROM logs WHERE level = 'error' LIMIT 10", "level:='error'"],
    ["select * from logs", "*"],
  ])("reads %s as %s", (query, meant) => {
    expect(meantQuery(query)).toBe(meant);
  });

  it.each([
    "level:=error status:>=500",
    "error timeout",
    "=error",
    '>"500"',
    "status:>=500 | filter n:>3",
    '{app="shop"} error',
    '~"a=b" `x >= 5`',
    "* | math a = b",
    "level:>=WARN | stats by (app) count() as n",
  ])("leaves %s alone", (query) => {
    expect(meantQuery(query)).toBeUndefined();
  });
});
