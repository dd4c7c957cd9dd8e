import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { draw, serve } from "../../testing/server";
import type { Row } from "../../api/types";
import { chooseZone } from "../../models/zone";
import { rowsSource } from "../../models/resultCells";
import { RecordList } from "./RecordList";

const ROWS: Row[] = [
  { _time: "2026-11-21T09:00:02Z", _msg: "the first message", level: "INFO", app: "web" },
  { _time: "2026-11-21T09:00:01Z", level: "INFO", app: "web", event: "paid", total: "12" },
  { _time: "2026-11-21T09:00:00Z", _msg: "the last message", app: "web" },
];

function open() {
  serve({});
  draw(
    <RecordList
      source={rowsSource(ROWS)}
      asked={{ query: "*" }}
      columns={[]}
      wrap={false}
      withDate={false}
      actions={{ onFilter: vi.fn() }}
      onColumns={vi.fn()}
    />,
  );
  return screen.getAllByRole("row");
}

function select(from: Node, to: Node) {
  window.getSelection()?.setBaseAndExtent(from, 0, to, to.childNodes.length);
}

function press(element: Element, to: { x: number; y: number } = { x: 0, y: 0 }) {
  fireEvent.pointerDown(element, { clientX: 0, clientY: 0 });
  fireEvent.pointerMove(element, { clientX: to.x, clientY: to.y, buttons: 1 });
  fireEvent.click(element, { detail: 1 });
}

const isOpen = (row: Element | undefined) => row?.getAttribute("aria-selected") === "true";

afterEach(() => window.getSelection()?.removeAllRanges());

describe("RecordList", () => {
  it("opens a record by a click or by Enter, and the arrow keys move between records", () => {
    const rows = open();
    press(screen.getByText("the first message"));
    expect(isOpen(rows[0])).toBe(true);
    rows[2]?.focus();
    fireEvent.keyDown(rows[2] as Element, { key: "Enter" });
    expect(isOpen(rows[2])).toBe(true);
    expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toEqual([rows[2]]);
  });

  it("leaves text to be selected: neither a drag nor the click that ends a selection opens a record", () => {
    const rows = open();
    const text = screen.getByText("the first message");
    press(text, { x: 40, y: 0 });
    expect(isOpen(rows[0])).toBe(false);
    select(text, text);
    press(text);
    expect(isOpen(rows[0])).toBe(false);
    window.getSelection()?.removeAllRanges();
    press(text);
    expect(isOpen(rows[0])).toBe(true);
  });

  it("lets a double click select a word and leaves the record as it was", () => {
    const rows = open();
    const text = screen.getByText("the first message");
    press(text);
    select(text, text);
    fireEvent.click(text, { detail: 2 });
    expect(isOpen(rows[0])).toBe(false);
  });

  it("copies selected records as lines", () => {
    chooseZone("utc");
    open();
    select(screen.getByText("the first message"), screen.getByText("the last message"));
    const setData = vi.fn();
    fireEvent.copy(screen.getByText("the last message"), { clipboardData: { setData } });
    expect(setData.mock.calls).toEqual([
      [
        "text/plain",
        [
          "2026-11-21 09:00:02.000  INFO  web  the first message",
          "2026-11-21 09:00:01.000  INFO  web  event=paid total=12",
          "2026-11-21 09:00:00.000  web  the last message",
        ].join("\n"),
      ],
    ]);
  });

  it("shows the fields of a record without a message", () => {
    open();
    expect(document.querySelectorAll(".cell-message")[1]?.textContent).toBe("event=paid total=12 ");
  });

  it("goes on to the next record while one is open", () => {
    const rows = open();
    press(screen.getByText("the first message"));
    fireEvent.keyDown(document.body, { key: "j" });
    expect(rows.map(isOpen)).toEqual([true, false, false]);
    rows[0]?.focus();
    fireEvent.keyDown(document.body, { key: "j" });
    expect(rows.map(isOpen)).toEqual([false, true, false]);
    fireEvent.click(screen.getByRole("button", { name: "The record below (j)" }));
    expect(rows.map(isOpen)).toEqual([false, false, true]);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(rows.some(isOpen)).toBe(false);
  });

  it("compares chosen rows, whose equal fields are hidden at first, and pins them", () => {
    const rows = open();
    fireEvent.click(screen.getByText("the first message"), { ctrlKey: true });
    rows[2]?.focus();
    fireEvent.keyDown(rows[2] as Element, { key: "x" });
    fireEvent.click(screen.getByRole("button", { name: "Compare" }));
    const names = () => [...document.querySelectorAll(".row-diff dt")].map((name) => name.textContent);
    expect(names()).toEqual(["_msg", "level", "_time"]);
    expect([...document.querySelectorAll(".row-diff mark")].map((mark) => mark.textContent)).toContain("first");
    fireEvent.click(screen.getByRole("checkbox"));
    expect(names()).toContain("app");
    fireEvent.click(screen.getByRole("button", { name: "Pin" }));
    expect(screen.getByRole("group", { name: "Pinned rows" }).textContent).toContain("the last message");
    for (let left = 2; left > 0; left--)
      fireEvent.click(screen.getAllByRole("button", { name: "Unpin this row" })[0] ?? document.body);
    expect(screen.queryByRole("group", { name: "Pinned rows" })).toBeNull();
  });

  it("finds a text in the rows, and marks it", async () => {
    open();
    fireEvent.keyDown(document.body, { key: "f" });
    const field = await screen.findByRole("textbox", { name: "Find in the loaded rows" });
    fireEvent.change(field, { target: { value: "MESSAGE" } });
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("1 of 2");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("2 of 2");
    fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
    await screen.findByText("1 of 2");
    await waitFor(() => expect(document.querySelectorAll("mark.found")).toHaveLength(2));
    fireEvent.keyDown(field, { key: "Escape" });
    expect(screen.queryByRole("textbox", { name: "Find in the loaded rows" })).toBeNull();
  });

  it("shows a record's fields, pinned ones first, and its JSON as a tree", () => {
    const rows = open();
    press(rows[1]?.querySelector(".cell-message") as Element);
    // The fields stand beside the rows.
    const names = () => [...document.querySelectorAll(".detail-field dt")].map((name) => name.textContent);
    expect(names()).toEqual(["app", "event", "level", "total", "_time"]);
    fireEvent.click(screen.getByRole("button", { name: /^Pin total/ }));
    expect(names()[0]).toBe("total");
    fireEvent.click(screen.getByRole("button", { name: "JSON" }));
    expect(document.querySelector(".detail-json")?.textContent).toContain('event: "paid"');
  });
});
