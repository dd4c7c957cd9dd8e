import type { Source } from "../api/sources";
import { equals } from "./queryEdit";

export const SOURCE_SORTS = ["lastSeen", "firstSeen", "rate", "errorShare"] as const;
export type SourceSort = (typeof SOURCE_SORTS)[number];

/** The filter for a source's records. */
export function sourceQuery({ host, app }: Pick<Source, "host" | "app">): string {
  return [host !== "" && equals("host", host), app !== "" && equals("app", app)].filter(Boolean).join(" ") || "*";
}

/** Sources whose host or app contains a text, and that are quiet if only those are wanted; quiet ones first. */
export function selectSources(
  sources: readonly Source[],
  { text, quietOnly, sort }: { text: string; quietOnly: boolean; sort: SourceSort },
): Source[] {
  const word = text.trim().toLowerCase();
  const value = (source: Source) =>
    sort === "rate" || sort === "errorShare" ? source[sort] : Date.parse(source[sort]);
  return sources
    .filter(({ host, app, quiet }) => (!quietOnly || quiet) && `${host} ${app}`.toLowerCase().includes(word))
    .sort((a, b) => Number(b.quiet) - Number(a.quiet) || value(b) - value(a));
}
