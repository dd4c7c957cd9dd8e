import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { draw, json, serve } from "../testing/server";
import Palette from "./Palette";

it("finds pages, saved searches and fields, and goes there by the keyboard", async () => {
  serve({
    searches: () => json([{ id: "1", name: "Slow alerts", query: "slow", range: "6h" }]),
    field_names: () => json({ values: [{ value: "user.id", hits: 3 }] }),
  });
  const closed = vi.fn();
  draw(<Palette onClose={closed} />);
  const field = screen.getByRole("combobox");
  const options = () => screen.getAllByRole("option").map(({ textContent }) => textContent);
  fireEvent.change(field, { target: { value: "aler" } });
  await waitFor(() => expect(options()).toEqual(["Go toAlerts", "Saved searchSlow alerts", "Search recordsaler"]));
  fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(screen.getByRole("option", { selected: true }).textContent).toBe("Saved searchSlow alerts");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(closed).toHaveBeenCalledOnce();
  expect(window.location.hash).toBe("#/explore?q=slow&range=6h");
  fireEvent.change(field, { target: { value: "user" } });
  fireEvent.click(await screen.findByRole("option", { name: /user\.id/ }));
  expect(new URLSearchParams(window.location.hash.split("?")[1]).get("q")).toContain("by (user.id)");
  fireEvent.change(field, { target: { value: 'no "such' } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(new URLSearchParams(window.location.hash.split("?")[1]).get("q")).toBe('"no \\"such"');
});
