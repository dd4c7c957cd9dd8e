import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import NoiseTab from "./NoiseTab";

const READ = {
  template: "cache hit for <*>",
  example: "cache hit for a1",
  records: 1200,
  bytes: 4096,
  share: 0.4,
  readBy: [
    { kind: "rule", name: "Cold cache", query: "cache | stats count() value", times: 0 },
    { kind: "person", name: "", query: "hit", times: 3 },
    { kind: "person", times: 7 },
  ],
  savings: { drop: 4096, sample: 3686, shorten: 0 },
};
const WORDLESS = { ...READ, template: "<N> <N>", share: 0.1, readBy: [{ kind: "person", times: 7 }] };

describe("NoiseTab", () => {
  it("shows who reads a template, and links what keeps less of it", async () => {
    serve({ noise: () => json([READ, WORDLESS]) });
    draw(<NoiseTab />);
    const [, row, other] = await screen.findAllByRole("row");
    if (!row || !other) throw new Error("no rows");
    expect(within(row).getByText("Cold cache")).toBeTruthy();
    expect(within(row).getByText("somebody")).toBeTruthy();
    expect(within(row).getByText("and 1 more")).toBeTruthy();
    const links = within(row).getAllByRole("link");
    expect(links.map((link) => link.textContent)).toEqual(["cache hit for <*>", "Drop 4 KB", "Sample 3.60 KB"]);
    expect(links[1]?.getAttribute("href")).toContain("#/transforms?new=");
    // Nothing tells its records apart, so that nothing is offered; other people stay unnamed.
    expect(within(other).queryAllByRole("link")).toEqual([]);
    expect(other.textContent).toContain("other people 7 times");
  });

  it("asks for the chosen range", async () => {
    const calls = serve({ noise: () => json([]) });
    draw(<NoiseTab />);
    expect(await screen.findByText("No records in this range.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "1h" }));
    await waitFor(() => expect(calls).toHaveLength(2));
    const span = (call: URL | undefined) =>
      Date.parse(call?.searchParams.get("end") ?? "") - Date.parse(call?.searchParams.get("start") ?? "");
    expect(calls.map(span)).toEqual([86_400_000, 3_600_000]);
  });
});
