import { describe, expect, it } from "vitest";
import type { Mark, Template } from "../api/templates";
import { parseRoute } from "./route";
import { dailyCounts, sinceChoices, templateHref } from "./templates";

const marks: Mark[] = Array.from({ length: 10 }, (_, index) => ({
  id: index + 1,
  text: `deploy ${index + 1}`,
  time: new Date(Date.UTC(2026, 10, index + 1)).toISOString(),
}));

describe("sinceChoices", () => {
  it("offers the latest marks, the latest first, and an older one that is chosen", () => {
    const values = sinceChoices(marks, "mark:1").map(({ value }) => value);
    expect(values.slice(3, 6)).toEqual(["last-mark", "mark:10", "mark:9"]);
    expect(values).toContain("mark:1");
    expect(values).not.toContain("mark:2");
  });

  it("keeps a value of the address that is none of them", () => {
    expect(sinceChoices([], "90m").map(({ value }) => value)).toEqual(["1h", "24h", "7d", "90m"]);
  });
});

describe("templateHref", () => {
  const template: Template = {
    id: "00",
    template: "Failed password for <*>",
    level: "WARN",
    firstSeen: "2026-11-21T09:00:00.5Z",
    lastSeen: "2026-11-21T10:00:00Z",
    learned: "2026-11-21T09:01:00Z",
    firstHost: "web-1",
    firstApp: "sshd",
    count: 3,
    example: "",
  };

  it("selects the template's words from first to last seen", () => {
    const { params } = parseRoute(templateHref(template));
    expect(params.get("q")).toBe('"Failed password for"');
    expect(params.get("range")).toBe("2026-11-21T09:00:00.500Z~2026-11-21T10:00:00.001Z");
  });

  it("falls back to the app for a template without words", () => {
    const { params } = parseRoute(templateHref({ ...template, template: "<N>" }));
    expect(params.get("q")).toBe('app:="sshd"');
  });
});

describe("dailyCounts", () => {
  it("fills days without records", () => {
    expect(dailyCounts({ "2026-11-03": 2, "2026-11-01": 1 }, 30)).toEqual([
      { day: "2026-11-01", count: 1 },
      { day: "2026-11-02", count: 0 },
      { day: "2026-11-03", count: 2 },
    ]);
  });

  it("keeps the latest days", () => {
    expect(dailyCounts({ "2026-01-01": 1, "2026-11-03": 2 }, 2).map(({ day }) => day)).toEqual([
      "2026-11-02",
      "2026-11-03",
    ]);
    expect(dailyCounts({}, 2)).toEqual([]);
  });
});
