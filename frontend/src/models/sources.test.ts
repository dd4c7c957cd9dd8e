import { expect, it } from "vitest";
import type { Source } from "../api/sources";
import { selectSources, sourceQuery } from "./sources";

const source = (host: string, app: string, rate: number, quiet = false): Source => ({
  host,
  app,
  firstSeen: "2026-11-01T00:00:00Z",
  lastSeen: "2026-11-21T00:00:00Z",
  rate,
  errorShare: 0,
  quiet,
});

const sources = [source("web-1", "shop", 5), source("web-2", "shop", 9), source("db-1", "postgres", 0, true)];

it("sources that have gone quiet come first, then those with the highest value", () => {
  const all = selectSources(sources, { text: "", quietOnly: false, sort: "rate" });
  expect(all.map(({ host }) => host)).toEqual(["db-1", "web-2", "web-1"]);
});

it("sources are selected by host or app, and by silence", () => {
  const hosts = (text: string, quietOnly = false) =>
    selectSources(sources, { text, quietOnly, sort: "rate" }).map(({ host }) => host);
  expect(hosts(" SHOP")).toEqual(["web-2", "web-1"]);
  expect(hosts("web-1")).toEqual(["web-1"]);
  expect(hosts("", true)).toEqual(["db-1"]);
});

it("a source leads to its records", () => {
  expect(sourceQuery({ host: "web-1", app: "shop" })).toBe('host:="web-1" app:="shop"');
  expect(sourceQuery({ host: "", app: "" })).toBe("*");
});
