import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { RecordDetail } from "./RecordDetail";
import { RecordLine } from "./RecordLine";

const row = { _time: "2026-11-21T09:00:00.5Z", _msg: "first\nsecond", _stream: '{app="x"}', level: "ERROR", app: "x" };

describe("RecordDetail", () => {
  it("shows the whole message and every field, and filters by fields", () => {
    const onFilter = vi.fn();
    render(<RecordDetail row={row} actions={{ onFilter }} />);
    expect(document.querySelector("pre")?.textContent).toBe("first\nsecond");
    fireEvent.click(screen.getByRole("button", { name: "Only records with this app" }));
    fireEvent.click(screen.getByRole("button", { name: "Exclude this level" }));
    expect(onFilter.mock.calls).toEqual([
      ["app", "x", false],
      ["level", "ERROR", true],
    ]);
    expect(screen.queryByRole("button", { name: "Only records with this _time" })).toBeNull();
  });

  it("offers columns only for the sender's fields", () => {
    const onColumn = vi.fn();
    render(<RecordDetail row={row} columns={["level"]} actions={{ onFilter: vi.fn(), onColumn }} />);
    fireEvent.click(screen.getByRole("button", { name: "Show app as a column" }));
    expect(onColumn).toHaveBeenCalledWith("app");
    expect(screen.getByRole("button", { name: "Hide the column level" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show _stream as a column" })).toBeNull();
  });

  it("reports when copying is not possible", async () => {
    render(<RecordDetail row={row} actions={{ onFilter: vi.fn() }} />);
    fireEvent.click(screen.getByRole("button", { name: "Copy the message" }));
    expect(await screen.findByText("The browser does not allow copying here")).toBeTruthy();
  });
});

describe("RecordLine", () => {
  it("names the level beside its colour, and counts the hidden lines of the message", () => {
    const { container } = render(<RecordLine row={row} columns={["missing", "app"]} />);
    expect(container.querySelector(".level-error")?.textContent).toBe("ERROR");
    expect(container.querySelector(".cell-message")?.textContent).toBe("first+1 line");
    expect([...container.querySelectorAll(".cell-column")].map((cell) => cell.textContent)).toEqual(["", "x"]);
  });
});
