import { describe, expect, it } from "vitest";
import { metrics } from "../testing/answers";
import { formatUnit, isStepwise, metricHistory, metricValue, paragraphs, widened } from "./panelData";

describe("the data of panels", () => {
  it("is computed in steps where stats do not group by time themselves", () => {
    expect(isStepwise("error | stats by (app) count() n")).toBe(true);
    expect(isStepwise("error | stats by (app) count() n | sort by (n) limit 3")).toBe(true);
    expect(isStepwise("error | stats by (app) count() n | limit 3")).toBe(false);
    expect(isStepwise("error | stats by (_time:5m, app) count() n")).toBe(false);
    expect(isStepwise("_time:5m error | stats count() n")).toBe(true);
    expect(isStepwise("error")).toBe(false);
  });

  it("covers the range: counts are 0 where nothing was", () => {
    const lines = { times: [120_000, 180_000], series: [{ name: "n", values: [4, 5] }], left: 0 };
    const span = { start: 60_000, end: 300_000 };
    expect(widened(lines, span, 60_000, 0)).toEqual({
      times: [60_000, 120_000, 180_000, 240_000],
      series: [{ name: "n", values: [0, 4, 5, 0] }],
      left: 0,
    });
    expect(widened(lines, span, 60_000, null).series[0]?.values).toEqual([null, 4, 5, null]);
    expect(widened({ times: [], series: [], left: 0 }, span, 60_000, 0).times).toEqual([]);
  });

  it("is written in its unit", () => {
    expect(formatUnit(1536, "bytes")).toBe("1.50 KB");
    expect(formatUnit(1536, "milliseconds")).toBe("1.54 s");
    expect(formatUnit(0.0312, "seconds")).toBe("31.2 ms");
    expect(formatUnit(99.64, "percent")).toBe("99.6%");
    expect(formatUnit(12, "per-second")).toBe("12/s");
    expect(formatUnit(1234567, undefined)).toBe("1.23M");
    expect(formatUnit(Number.NaN, "bytes")).toBe("–");
  });

  it("comes from the server's readings", () => {
    const reading = metrics(3, { host: { cpu_usage: 12.5 } });
    expect(metricValue(reading, "host.cpu_usage")).toBe(12.5);
    expect(metricValue(reading, "rates.received")).toBe(0);
    expect(metricValue(reading, "time")).toBeUndefined();
    expect(metricValue(reading, "constructor.name")).toBeUndefined();
    expect(metricHistory([], "storage.bytes")).toBeUndefined();
    expect(metricHistory([], "rates.received")).toEqual({ times: [], values: [] });
  });

  it("reads text as paragraphs and links, never as markup", () => {
    expect(paragraphs("See https://a.test/x?y=1.\n\n<b>javascript:alert(1)</b>")).toEqual([
      [
        { kind: "text", text: "See " },
        { kind: "link", text: "https://a.test/x?y=1" },
        { kind: "text", text: "." },
      ],
      [{ kind: "text", text: "<b>javascript:alert(1)</b>" }],
    ]);
  });
});
