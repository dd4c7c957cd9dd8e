import { describe, expect, it } from "vitest";
import { chosenValues, decodeBoard, encodeBoard, exportText, fileName, importDraft, newId } from "./dashboards";

describe("dashboards", () => {
  it("keep range and chosen values in the address", () => {
    const state = {
      id: "d1",
      range: { kind: "last", duration: "6h" } as const,
      chosen: { app: ["a&b", ""], host: [] },
      edit: false,
      kiosk: true,
      add: undefined,
    };
    expect(decodeBoard(new URLSearchParams(encodeBoard(state).toString()))).toEqual(state);
    expect(decodeBoard(new URLSearchParams("v.app=[1]&v.b={&range=x")).chosen).toEqual({});
  });

  it("begin with the initial values of their variables", () => {
    const variables = [
      { name: "app", field: "app", initial: ["shop"] },
      { name: "host", field: "host" },
    ];
    expect(chosenValues(variables, {})).toEqual({ app: ["shop"], host: [] });
    expect(chosenValues(variables, { app: [] })).toEqual({ app: [], host: [] });
  });

  it("survive export and import without what the server adds", () => {
    const panel = { id: "p", kind: "text", text: "x", x: 0, y: 0, width: 1, height: 1 } as const;
    const board = { id: "d1", version: 3, builtIn: true, name: "Shop", range: "1h", variables: [], panels: [panel] };
    expect(importDraft(exportText(board))).toEqual({ name: "Shop", range: "1h", variables: [], panels: [panel] });
    expect(() => importDraft("{")).toThrow("not JSON");
    expect(() => importDraft("null")).toThrow("no dashboard");
    expect(() => importDraft('{"name":"x","panels":3}')).toThrow("no dashboard");
  });

  it("name files and panels", () => {
    expect(fileName("LogCaster: ingest/…")).toBe("logcaster-ingest.json");
    expect(fileName("///")).toBe("dashboard.json");
    const panel = { kind: "text", x: 0, y: 0, width: 1, height: 1 } as const;
    expect(newId([{ ...panel, id: "panel-2" }])).toBe("panel-3");
  });
});
