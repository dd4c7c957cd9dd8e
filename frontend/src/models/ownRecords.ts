import { filterPart } from "./logsql";
import { addFilter, quote } from "./queryEdit";

/** The apps of what the server writes itself: its log, the host's metrics, the canary's records. */
export const OWN_APPS: readonly string[] = ["logcaster", "host-metrics", "logcaster-canary"];

/** Leaves out what the server writes itself. */
export const OTHERS_ONLY = `-app:in(${OWN_APPS.map(quote).join(", ")})`;

/** The query without the server's own records. */
export function withoutOwn(query: string): string {
  return addFilter(query, OTHERS_ONLY);
}

interface Place {
  line?: number;
  column?: number;
}

/** The place of a mistake in the query as typed, given that in `withoutOwn(query)`. */
export function placeAsTyped<T extends Place>(problem: T, query: string): T & Place {
  if (problem.column === undefined) return problem;
  const asked = withoutOwn(query);
  const line = problem.line ?? 1;
  const before = asked.split("\n").slice(0, line - 1);
  const at = before.reduce((sum, text) => sum + text.length + 1, 0) + problem.column - 1;
  const filters = filterPart(query);
  const opening = asked.startsWith("(") && !query.trimStart().startsWith("(") ? 1 : 0;
  const end = filters.length + opening;
  const typed = at < end ? at - opening : at - (asked.length - query.length);
  const head = query.slice(0, Math.max(0, Math.min(typed, query.length)));
  const lines = head.split("\n");
  return { ...problem, line: lines.length, column: (lines[lines.length - 1]?.length ?? 0) + 1 };
}
