import { describe, expect, it } from "vitest";
import { alertOf } from "../testing/answers";
import { alertHref, formatLabels, formatValue } from "./alerts";
import { firstLineCommands } from "./firstLine";
import { patternFilter, patternParts } from "./patterns";
import { exploreHref, parseRoute, routeHash } from "./route";
import { problemsOf, ruleQuery } from "./ruleCheck";
import { conditionOf, NEW_RULE, stateOf } from "./rules";
import { meets } from "./rules";

const rule = { ...NEW_RULE, id: "r1", name: "Errors" };
const alert = alertOf({ name: "Errors", labels: { app: "a b" }, state: "PENDING", value: 12 });

describe("rules", () => {
  it("have a condition that reads as a sentence", () => {
    expect(conditionOf(rule)).toBe("value > 10 over 1m, every 5s");
    expect(conditionOf({ ...rule, for: "2m" })).toBe("value > 10 over 1m for 2m, every 5s");
  });

  it("have the most severe state of their alerts", () => {
    expect(stateOf(rule, [])).toBe("INACTIVE");
    expect(stateOf(rule, [alert])).toBe("PENDING");
    expect(stateOf(rule, [alert, { ...alert, state: "FIRING" }])).toBe("FIRING");
    expect(stateOf({ ...rule, enabled: false }, [alert])).toBe("OFF");
    expect(stateOf(rule, [{ ...alert, rule: "other" }])).toBe("INACTIVE");
  });

  it("are checked before they are sent", () => {
    expect(problemsOf(rule)).toEqual({});
    const broken = {
      ...rule,
      name: " ",
      query: "level:ERROR",
      window: "0s",
      interval: "often",
      for: "",
      threshold: Number.NaN,
    };
    expect(Object.keys(problemsOf(broken)).sort()).toEqual(["for", "interval", "name", "query", "threshold", "window"]);
  });
});

describe("alerts", () => {
  it("link to the records of their group", () => {
    const params = parseRoute(alertHref(alert, rule)).params;
    expect(params.get("q")).toBe('level:=ERROR app:="a b"');
    expect(alertHref(alert, undefined)).toBe("#/alerts");
  });

  it("print labels and values", () => {
    expect(formatLabels({ app: "x", host: "y" })).toBe("app=x host=y");
    expect(formatValue(1234.567)).toBe("1,234.6");
    expect(formatValue(0.1234)).toBe("0.123");
  });
});

describe("routes", () => {
  it("name a page and its parameters", () => {
    const { page, params } = parseRoute(exploreHref('a="b?c"', "5m"));
    expect([page, params.get("q"), params.get("range")]).toEqual(["explore", 'a="b?c"', "5m"]);
    expect(routeHash("live")).toBe("#/live");
  });

  it("fall back to the overview when unknown", () => {
    for (const hash of ["", "#", "#/", "#/nowhere"]) expect(parseRoute(hash).page).toBe("overview");
  });
});

describe("patterns", () => {
  it("separate placeholders from literal text", () => {
    expect(
      patternParts("took <N> ms <*>")
        .map(({ text, variable }) => (variable ? `[${text}]` : text))
        .join(""),
    ).toBe("took [<N>] ms [<*>]");
  });

  it("are searched by their literal words", () => {
    expect(patternFilter("Failed password for root from <*> port <*> ssh2")).toBe(
      'seq("Failed password for root from", "port", "ssh2")',
    );
    expect(patternFilter("user<*> logged out")).toBe('"logged out"');
    expect(patternFilter("(<*>) über <N>ms")).toBe('"über"');
    expect(patternFilter("blk_<*>")).toBeUndefined();
    expect(patternFilter("<*>")).toBeUndefined();
  });
});

describe("firstLineCommands", () => {
  const input = {
    id: "tcp",
    protocol: "auto",
    state: "RUNNING" as const,
    received: 0,
    rejected: 0,
    bytes: 0,
    errors: 0,
    connections: 0,
  };
  const page = new URL("http://logs.example:8080/#/overview");

  it("use the actual port, and the page's host where the input listens on all interfaces", () => {
    const local = firstLineCommands([{ ...input, address: "127.0.0.1:5999" }], page);
    expect(local.map(({ name }) => name)).toEqual(["nc", "logger", "curl"]);
    expect(local[0]?.command).toContain("127.0.0.1 5999");
    expect(local[2]?.command).toContain("http://logs.example:8080/api/v1/records");
    for (const address of ["0.0.0.0:5140", "[::]:5140"]) {
      expect(firstLineCommands([{ ...input, address }], page)[0]?.command).toContain("logs.example 5140");
    }
  });

  it("omit inputs that are not listening", () =>
    expect(firstLineCommands([], page).map(({ name }) => name)).toEqual(["curl"]));
});

describe("a rule created from a query", () => {
  it.each([
    ["error app:=web", "error app:=web | stats count() value"],
    ["error | stats by (app) count() value", "error | stats by (app) count() value"],
    ["error | stats by (app) count() n", "error | stats by (app) count() value"],
    ["error | stats max(ms)", "error | stats max(ms) value"],
    ["error | stats count() n | sort by (n)", "error | stats count() value"],
  ])("%s", (query, expected) => expect(ruleQuery(query)).toBe(expected));

  it("fires where its value meets the condition", () => {
    expect([meets(2, ">", 1), meets(1, ">=", 1), meets(1, "<", 1), meets(1, "==", 1), meets(1, "!=", 1)]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});
