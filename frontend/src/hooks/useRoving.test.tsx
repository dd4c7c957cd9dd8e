import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { useRoving } from "./useRoving";

function Group() {
  const group = useRoving<HTMLDivElement>();
  const [open, setOpen] = useState(false);
  return (
    <div ref={group}>
      <div data-row>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          field
        </button>
        <button type="button">column</button>
      </div>
      {open && (
        <div data-row>
          <button type="button">value</button>
          <button type="button">without</button>
        </div>
      )}
      <a href="#more">more</a>
      <div className="menu-sheet">
        <button type="button">inside a menu</button>
      </div>
    </div>
  );
}

const focused = () => document.activeElement?.textContent;
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const stops = () =>
  [...document.querySelectorAll<HTMLElement>("button, a")]
    .filter(({ tabIndex }) => tabIndex === 0)
    .map((one) => one.textContent);

describe("a roving group", () => {
  it("is one stop, beside what opens over it", () => {
    render(<Group />);
    expect(stops()).toEqual(["field", "inside a menu"]);
    screen.getByRole("link", { name: "more" }).focus();
    expect(stops()).toEqual(["more", "inside a menu"]);
  });

  it("goes from row to row, within a row, and unfolds", async () => {
    render(<Group />);
    screen.getByRole("button", { name: "field" }).focus();
    press("ArrowRight");
    await waitFor(() => expect(screen.getByRole("button", { name: "without" }).tabIndex).toBe(-1));
    expect(focused()).toBe("field");
    press("ArrowRight");
    expect(focused()).toBe("column");
    press("ArrowDown");
    expect(focused()).toBe("value");
    press("ArrowRight");
    expect(focused()).toBe("without");
    press("ArrowUp");
    expect(focused()).toBe("field");
    press("ArrowLeft");
    expect(screen.queryByRole("button", { name: "value" })).toBeNull();
    press("End");
    expect(focused()).toBe("more");
    press("Home");
    expect(focused()).toBe("field");
  });

  it("keeps a stop when the focused button goes away", async () => {
    render(<Group />);
    fireEvent.click(screen.getByRole("button", { name: "field" }));
    (await screen.findByRole("button", { name: "value" })).focus();
    fireEvent.click(screen.getByRole("button", { name: "field" }));
    await waitFor(() => expect(stops()).toEqual(["field", "inside a menu"]));
  });
});
