import { describe, expect, it } from "vitest";
import type { Sink, SinkType } from "../api/sinks";
import { droppedText, hasProblems, isReplayStart, NEW_SINK, sinkBody, sinkProblems } from "./sinks";

const option = { required: false, secret: false, address: false, help: "" };
const TYPE: SinkType = {
  type: "http",
  batchSize: 1000,
  linger: "1s",
  options: [
    { ...option, name: "url", type: "URL", required: true, address: true },
    { ...option, name: "token", type: "TEXT", secret: true },
  ],
};

describe("sinkProblems", () => {
  it("names what is missing or cannot be read", () => {
    const draft = { ...NEW_SINK, type: "http", linger: "soon", batchSize: 1.5, queue: { maxBytes: "much" } };
    expect(sinkProblems(draft, TYPE, undefined)).toMatchObject({
      name: "Enter a name.",
      linger: expect.stringContaining("duration") as string,
      batchSize: "Enter a whole number.",
      maxBytes: expect.stringContaining("256MB") as string,
      options: { url: "Required." },
    });
  });

  it("asks for secrets again when they would go to another receiver", () => {
    const before = { ...NEW_SINK, options: { url: "https://a", token: "********" } } as unknown as Sink;
    const draft = { ...NEW_SINK, name: "siem", type: "http", options: { url: "https://b", token: "********" } };
    expect(sinkProblems(draft, TYPE, before).options).toHaveProperty("token");
    const given = { ...draft, options: { url: "https://b", token: "new" } };
    expect(hasProblems(sinkProblems(given, TYPE, before))).toBe(false);
  });
});

describe("sinkBody", () => {
  it("leaves out what takes a default", () => {
    const draft = { ...NEW_SINK, name: " siem ", type: "http", linger: " ", queue: { maxBytes: "" } };
    expect(sinkBody(draft)).toEqual({
      name: "siem",
      type: "http",
      enabled: true,
      filter: "",
      from: "now",
      queue: {},
      options: {},
    });
  });
});

describe("words", () => {
  it("says why records are gone, and where a replay can begin", () => {
    expect(droppedText({ queue_full: 1200, refused: 0 })).toBe("1,200 queue full");
    expect(isReplayStart("2h")).toBe(true);
    expect(isReplayStart("2026-11-21T09:00:00Z")).toBe(true);
    expect(isReplayStart("yesterday")).toBe(false);
  });
});
