import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Shell } from "./Shell";

describe("Shell", () => {
  it("marks the page one is on", () => {
    render(<Shell page="live">content</Shell>);
    expect(screen.getByRole("link", { name: "Live" }).getAttribute("aria-current")).toBe("page");
    expect(screen.getByRole("link", { name: "Overview" }).getAttribute("aria-current")).toBeNull();
    expect(screen.getByRole("main").textContent).toBe("content");
  });

  it("changes the theme and remembers the choice", () => {
    render(<Shell page="overview">x</Shell>);
    fireEvent.click(screen.getByRole("button", { name: "Dark theme" }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(localStorage.getItem("logcaster.theme")).toBe("dark");
    fireEvent.keyDown(window, { key: "t" });
    expect(document.documentElement.dataset.theme).toBe("light");
  });

  it("goes to pages by two keys, and explains the keys", () => {
    render(<Shell page="overview">x</Shell>);
    fireEvent.keyDown(window, { key: "g" });
    fireEvent.keyDown(window, { key: "a" });
    expect(window.location.hash).toBe("#/alerts");
    fireEvent.keyDown(window, { key: "?" });
    expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeTruthy();
  });

  it("leaves keys alone while a sheet lies over the page", () => {
    render(<Shell page="overview">x</Shell>);
    fireEvent.keyDown(window, { key: "?" });
    fireEvent.keyDown(window, { key: "t" });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  it("leaves keys alone that are typed into a field or held with a modifier", () => {
    render(
      <Shell page="overview">
        <input aria-label="field" />
      </Shell>,
    );
    fireEvent.keyDown(screen.getByLabelText("field"), { key: "t" });
    fireEvent.keyDown(window, { key: "t", ctrlKey: true });
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
