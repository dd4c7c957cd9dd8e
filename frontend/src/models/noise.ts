import { msg, type Message } from "../i18n";
import type { Transform } from "../api/transforms";
import { patternFilter } from "./patterns";
import { routeHash } from "./route";

/** What can be done about a noisy template. */

export type Remedy = "drop" | "sample" | "shorten";

export const REMEDIES: readonly { remedy: Remedy; name: Message; help: Message }[] = [
  { remedy: "drop", name: msg("Drop"), help: msg("Store none of these records") },
  { remedy: "sample", name: msg("Sample"), help: msg("Store one of ten of these records") },
  { remedy: "shorten", name: msg("Shorten"), help: msg("Store the first 200 characters of these messages") },
];

/** Who asks for records, by the names of the API. */
export const READER_KINDS: Readonly<Record<string, Message>> = {
  person: msg("person"),
  search: msg("saved search"),
  dashboard: msg("dashboard"),
  rule: msg("rule"),
};

/** Characters of the template in the name of a transform. */
const NAME_SHOWN = 40;

/** The transform of a remedy; `undefined` for a template without words, whose records no filter would tell apart. */
export function noiseTransform(template: string, remedy: Remedy): Transform | undefined {
  const filter = patternFilter(template);
  if (filter === undefined) return undefined;
  const words = template.replace(/\s+/g, " ").trim();
  const short = words.length > NAME_SHOWN ? `${words.slice(0, NAME_SHOWN)}…` : words;
  const base = { name: `${remedy}: ${short}`, filter, enabled: true };
  if (remedy === "drop") return { ...base, action: "drop" };
  if (remedy === "sample") return { ...base, action: "sample", options: { oneOf: 10 } };
  const pipe = String.raw`replace_regexp ("(?s)^(.{200}).*$", "$1…")`;
  return { ...base, action: "replace_regexp", options: { pipe } };
}

/** The page Transforms with a new transform in its list, which is not in force yet. */
export function transformHref(transform: Transform): string {
  return routeHash("transforms", { new: JSON.stringify(transform) });
}

/** The transform that an address proposes, if it is one. */
export function proposedTransform(text: string | null): Transform | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Transform> | null;
    if (typeof value?.name !== "string" || typeof value.action !== "string") return undefined;
    const { name, action, filter, options } = value;
    return {
      name,
      action,
      enabled: true,
      ...(typeof filter === "string" && { filter }),
      ...(typeof options === "object" && options !== null && { options }),
    };
  } catch {
    return undefined;
  }
}
