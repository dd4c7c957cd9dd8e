import { describe, expect, it } from "vitest";
import type { ChannelKind } from "../api/notices";
import {
  labelsOf,
  labelsText,
  MASK,
  missingOption,
  moved,
  NEW_ROUTE,
  optionName,
  optionText,
  optionValue,
  routeTimes,
  secretsToRepeat,
} from "./channels";

const webhook: ChannelKind = {
  type: "webhook",
  options: [
    { name: "url", type: "URL", required: true, secret: false, address: true, help: "where to send the notices" },
    { name: "headers", type: "MAP", required: false, secret: true, address: false, help: "further headers" },
  ],
};

describe("options of a channel", () => {
  it("are edited as text", () => {
    const headers = { Authorization: "Bearer a:b", "X-A": "1" };
    expect(optionValue("MAP", optionText(headers))).toEqual(headers);
    expect(optionValue("LIST", "a@x.org\n\n b@x.org")).toEqual(["a@x.org", "b@x.org"]);
    expect(optionValue("NUMBER", "25")).toBe(25);
    expect(optionValue("NUMBER", "25a")).toBe("25a");
    expect(optionValue("TEXT", "  ")).toBeUndefined();
  });

  it("have readable names", () => {
    expect(optionName("routingKey")).toBe("Routing key");
    expect(optionName("caCertificate")).toBe("CA certificate");
    expect(optionName("url")).toBe("URL");
  });

  it("say which required one is missing", () => {
    const draft = { name: "x", type: "webhook", options: {}, enabled: true };
    expect(missingOption(draft, webhook)?.name).toBe("url");
    expect(missingOption({ ...draft, options: { url: "https://a" } }, webhook)).toBeUndefined();
  });

  it("take alerts by labels, one a line", () => {
    expect(labelsOf("severity=critical\n\n app = a=b ")).toEqual({ severity: "critical", app: "a=b" });
    expect(labelsText({ severity: "critical", app: "a=b" })).toBe("severity=critical\napp=a=b");
    expect(labelsOf("")).toEqual({});
    expect(["severity", "=x", "app=~x", "app!=x"].map(labelsOf)).toEqual(Array(4).fill(undefined));
  });

  it("ask for secrets again when they would be sent elsewhere", () => {
    const before = { url: "https://a", headers: { Authorization: MASK } };
    expect(secretsToRepeat(before, before, webhook)).toEqual([]);
    expect(secretsToRepeat(before, { ...before, url: "https://b" }, webhook)).toEqual(["headers"]);
    expect(secretsToRepeat(before, { url: "https://b", headers: { Authorization: "new" } }, webhook)).toEqual([]);
  });
});

describe("routes", () => {
  it("read as sentences", () => {
    expect(routeTimes(NEW_ROUTE)).toBe("one notice per rule; repeated every 4h");
    const quiet = [{ days: ["sat", "sun"], from: "22:00", to: "07:00" }];
    expect(routeTimes({ ...NEW_ROUTE, repeatInterval: "0s", sendResolved: false, quietHours: quiet })).toBe(
      "one notice per rule; never repeated; no notice when alerts resolve; quiet Sat, Sun 22:00–07:00 UTC",
    );
  });

  it("change places", () => {
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
