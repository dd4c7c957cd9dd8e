import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw, serve } from "../../testing/server";
import { ContextPanel } from "./ContextPanel";

const line = (time: string, message: string) => ({
  _time: time,
  _msg: message,
  _stream: `{app="a"}`,
  _stream_id: "a1",
  host: "h1",
});
const record = line("2026-11-21T09:00:01Z", "the record");

function open() {
  const calls = serve({
    query: (url) => {
      const before = url.searchParams.get("query")?.includes("<=");
      const rows = before
        ? [line("2026-11-21T09:00:01Z", "same"), record, line("2026-11-21T09:00:00Z", "before")]
        : [record, line("2026-11-21T09:00:01Z", "same"), line("2026-11-21T09:00:02Z", "after")];
      return new Response(rows.map((row) => JSON.stringify(row)).join("\n"));
    },
  });
  draw(<ContextPanel row={record} />);
  return () => calls.map((url) => url.searchParams.get("query") ?? "");
}

it("shows the lines around a record, and marks those of the same time", async () => {
  open();
  const list = await screen.findByRole("list", { name: "Records around this one" });
  const lines = within(list).getAllByRole("listitem");
  expect(lines.map((one) => one.querySelector(".cell-message")?.textContent)).toEqual([
    "before",
    "the record",
    "same",
    "after",
  ]);
  expect(lines.map((one) => one.hasAttribute("data-same"))).toEqual([false, false, true, false]);
  expect(lines.map((one) => one.getAttribute("aria-current"))).toEqual([null, "true", null, null]);
  expect(screen.getByText("No earlier lines.")).toBeTruthy();
  expect(screen.getByText("No later lines.")).toBeTruthy();
});

it("shows other streams of the host at will", async () => {
  const asked = open();
  await screen.findByRole("list", { name: "Records around this one" });
  expect(asked().every((query) => query.startsWith("_stream_id:a1 "))).toBe(true);
  fireEvent.change(screen.getByLabelText("Whose lines are shown"), { target: { value: "host" } });
  await waitFor(() => expect(asked().some((query) => query.startsWith(`host:="h1" `))).toBe(true));
  fireEvent.change(screen.getByLabelText("Whose lines are shown"), { target: { value: "all" } });
  await waitFor(() => expect(asked().some((query) => query.startsWith("* "))).toBe(true));
});
