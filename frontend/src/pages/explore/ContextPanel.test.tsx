import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw, json, serve } from "../../testing/server";
import { ContextPanel } from "./ContextPanel";

it("shows the lines around a record, and marks those of the same time", async () => {
  const line = (time: string, message: string) => ({
    _time: time,
    _msg: message,
    _stream: `{app="a"}`,
    _stream_id: "a1",
  });
  const record = line("2026-11-21T09:00:01Z", "the record");
  serve({
    context: () =>
      json({
        before: [line("2026-11-21T09:00:00Z", "before"), line("2026-11-21T09:00:01Z", "same")],
        records: [record],
        after: [line("2026-11-21T09:00:02Z", "after")],
      }),
  });
  draw(<ContextPanel row={record} />);
  const lines = within(await screen.findByRole("list", { name: "Records around this one" })).getAllByRole("listitem");
  expect(lines.map((one) => one.hasAttribute("data-same"))).toEqual([false, true, false, false]);
  expect(lines.map((one) => one.getAttribute("aria-current"))).toEqual([null, null, "true", null]);
});
