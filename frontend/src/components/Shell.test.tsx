import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw } from "../testing/server";
import { Shell } from "./Shell";

describe("Shell", () => {
  it("marks the current page", () => {
    draw(<Shell page="live">content</Shell>);
    expect(screen.getByRole("link", { name: "Live" }).getAttribute("aria-current")).toBe("page");
    expect(screen.getByRole("link", { name: "Overview" }).getAttribute("aria-current")).toBeNull();
    expect(screen.getByRole("main").textContent).toBe("content");
  });

  it("skips to the chosen record, or to the page where there is none", () => {
    const { unmount } = draw(
      <Shell page="explore">
        <a href="#/x">before</a>
        <div className="record-line" tabIndex={0}>
          record
        </div>
      </Shell>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Skip to the content" }));
    expect(document.activeElement?.textContent).toBe("record");
    unmount();
    draw(<Shell page="admin">x</Shell>);
    fireEvent.click(screen.getByRole("button", { name: "Skip to the content" }));
    expect(document.activeElement).toBe(screen.getByRole("main"));
  });

  it("changes the theme and remembers the choice", () => {
    draw(<Shell page="overview">x</Shell>);
    fireEvent.click(screen.getByRole("button", { name: "Dark theme" }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(localStorage.getItem("logcaster.theme")).toBe("dark");
    fireEvent.keyDown(window, { key: "t" });
    expect(document.documentElement.dataset.theme).toBe("light");
  });

  it("opens pages by two-key shortcuts, and lists the shortcuts", () => {
    draw(<Shell page="overview">x</Shell>);
    fireEvent.keyDown(window, { key: "g" });
    fireEvent.keyDown(window, { key: "a" });
    expect(window.location.hash).toBe("#/alerts");
    fireEvent.keyDown(window, { key: "?" });
    expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
  });

  it("ignores shortcuts while a sheet covers the page", () => {
    draw(<Shell page="overview">x</Shell>);
    fireEvent.keyDown(window, { key: "?" });
    fireEvent.keyDown(window, { key: "t" });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  it("ignores keys typed into a field or with a modifier", () => {
    draw(
      <Shell page="overview">
        <input aria-label="field" />
      </Shell>,
    );
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "t" });
    fireEvent.keyDown(window, { key: "t", ctrlKey: true });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
