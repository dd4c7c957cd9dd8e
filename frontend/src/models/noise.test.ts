import { describe, expect, it } from "vitest";
import { noiseTransform, proposedTransform, transformHref } from "./noise";

describe("remedies for noise", () => {
  it("select the template's records and say what they do", () => {
    expect(noiseTransform("GET /health <N> in <N> ms", "sample")).toEqual({
      name: "sample: GET /health <N> in <N> ms",
      filter: 'seq("GET /health", "in", "ms")',
      enabled: true,
      action: "sample",
      options: { oneOf: 10 },
    });
    expect(noiseTransform("<N> <N>", "drop")).toBeUndefined();
    expect(noiseTransform(`dump ${"x".repeat(60)} end`, "shorten")?.options?.pipe).toContain("replace_regexp");
  });

  it("survive the address, which may be anybody's", () => {
    const transform = noiseTransform("cache hit for <*>", "drop");
    if (!transform) throw new Error("none");
    const params = new URLSearchParams(transformHref(transform).split("?")[1]);
    expect(proposedTransform(params.get("new"))).toEqual(transform);
    expect(proposedTransform("{")).toBeUndefined();
    expect(proposedTransform("null")).toBeUndefined();
    expect(proposedTransform('{"name":1,"action":"drop"}')).toBeUndefined();
  });
});
