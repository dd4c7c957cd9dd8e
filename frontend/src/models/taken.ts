import { msg, type Message } from "../i18n";
import type { Row } from "../api/types";
import { routeHash } from "./route";

/** Whether the tail shows what transforms and filters take out: names of the API, and what they mean. */
export const TAKEN_VIEWS: readonly { value: string; label: Message }[] = [
  { value: "", label: msg("Stored records") },
  { value: "also", label: msg("Stored and taken out") },
  { value: "only", label: msg("Only taken out") },
];

/** Who took a record out, why, and where that is set; `undefined` for a stored record. */
export function takenOut({
  _taken_by: by,
  _taken_why: why,
}: Row): { by: string; why: string; href: string } | undefined {
  if (!by) return undefined;
  const filter = by === "record filter" || by === "time range";
  return { by, why: why ?? "", href: routeHash(filter ? "inputs" : "transforms") };
}
