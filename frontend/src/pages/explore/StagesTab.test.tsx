import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { draw, json, serve } from "../../testing/server";
import StagesTab from "./StagesTab";

describe("StagesTab", () => {
  it("marks the stage that the caret is in", async () => {
    const stage = { off: false, rowsIn: 9, rowsOut: 9, millis: 1, rows: [] };
    serve({
      "query/stages": () =>
        json({
          stages: [
            { ...stage, text: "error" },
            { ...stage, text: "limit 9" },
          ],
          complete: true,
        }),
    });
    draw(<StagesTab asked={{ query: "error | limit 9" }} current={1} onQuery={vi.fn()} />);
    await screen.findByText("limit 9");
    expect(screen.getAllByRole("listitem").map((item) => item.getAttribute("aria-current"))).toEqual([null, "step"]);
  });
});
