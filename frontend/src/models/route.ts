import { msg, type Message } from "../i18n";

/** Pages are addressed by the URL's hash, so they survive a reload without help from the server. */
export const PAGES = [
  "overview",
  "explore",
  "live",
  "dashboards",
  "templates",
  "series",
  "alerts",
  "inputs",
  "transforms",
  "sinks",
  "nodes",
  "admin",
  "capsule",
] as const;
export type Page = (typeof PAGES)[number];

/** The pages' names. */
export const PAGE_TITLES: Record<Page, Message> = {
  overview: msg("Overview"),
  explore: msg("Explore"),
  live: msg("Live"),
  dashboards: msg("Dashboards"),
  templates: msg("Templates"),
  series: msg("Series"),
  alerts: msg("Alerts"),
  inputs: msg("Inputs"),
  transforms: msg("Transforms"),
  sinks: msg("Sinks"),
  nodes: msg("Nodes"),
  admin: msg("Admin"),
  capsule: msg("Open a capsule"),
};

/** Pages of the navigation; the others are linked from where they are needed. Nodes are listed where there are several. */
export function mainPages(current: Page, nodes: number): Page[] {
  return PAGES.filter((page) => page !== "capsule" && (page !== "nodes" || nodes > 1 || page === current));
}

export interface Route {
  page: Page;
  params: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const page = PAGES.find((name) => name === path) ?? "overview";
  return { page, params: new URLSearchParams(search) };
}

export function routeHash(page: Page, params?: URLSearchParams | Record<string, string>): string {
  const search = new URLSearchParams(params).toString();
  return search === "" ? `#/${page}` : `#/${page}?${search}`;
}

/** The address of Explore with a query, for figures that link to their records. */
export function exploreHref(query: string, range = "1h"): string {
  return routeHash("explore", { q: query, range });
}
