import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseLocale } from "../i18n/locale";
import { inLanguage } from "./builtInBoards";
import type { Dashboard } from "./dashboards";

const DIRECTORY = new URL("../../../src/main/resources/dashboards/", import.meta.url);
const BOARDS = readdirSync(DIRECTORY).map((name): Dashboard => {
  const board = JSON.parse(readFileSync(new URL(name, DIRECTORY), "utf8")) as Partial<Dashboard>;
  return { id: name, version: 1, name: "", panels: [], variables: [], ...board };
});

describe("the server's own dashboards", () => {
  beforeAll(() => chooseLocale("ko"));
  afterAll(() => chooseLocale("en"));

  it("speak Korean in all that they say", () => {
    expect(BOARDS.length).toBeGreaterThan(2);
    for (const board of BOARDS) {
      const { name, description, panels, variables } = inLanguage({ ...board, builtIn: true });
      const texts = [name, description, ...panels.map(({ title }) => title), ...variables.map(({ label }) => label)];
      expect(texts.filter((text) => text !== undefined && text !== "CPU" && !/[가-힣]/.test(text))).toEqual([]);
    }
  });

  it("are left alone once somebody made them their own", () => {
    expect(inLanguage(BOARDS[0] as Dashboard)).toEqual(BOARDS[0]);
  });
});
