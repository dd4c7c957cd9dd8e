import { closed, filterPart, pipePositions, tokenize } from "./logsql";

const PLAIN_NAME = /^[A-Za-z_][\w.]*$/;
const RESERVED = /^(?:and|or|not)$/i;

/** Text as a LogsQL string. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

export function fieldName(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED.test(name) ? name : quote(name);
}

/** The filter for records whose field has exactly this value; an empty value means an absent field. */
export function equals(field: string, value: string): string {
  if (field === "_stream" && value.startsWith("{")) return value;
  return value === "" ? `${fieldName(field)}:""` : `${fieldName(field)}:=${quote(value)}`;
}

/** Adds a filter before the query's pipes and leaves the existing text as written. */
export function addFilter(query: string, filter: string): string {
  const before = filterPart(query);
  const pipes = pipesOf(query);
  if (before === "*") return join(filter, pipes);
  if (hasFilter(query, filter)) return query;
  return join(`${hasTopLevelOr(before) ? `(${before})` : before} ${filter}`, pipes);
}

export function excludeFilter(query: string, filter: string): string {
  return addFilter(removeFilter(query, filter), `-${filter}`);
}

/** Adds a positive filter and removes an exclusion of the same filter. */
export function includeFilter(query: string, filter: string): string {
  return addFilter(removeFilter(query, `-${filter}`), filter);
}

/** True when the query contains the filter as one of its ANDed parts. */
export function hasFilter(query: string, filter: string): boolean {
  return findFilter(filterPart(query), filter) >= 0;
}

export function removeFilter(query: string, filter: string): string {
  const before = filterPart(query);
  const at = findFilter(before, filter);
  if (at < 0) return query;
  const rest = `${before.slice(0, at).trimEnd()} ${before.slice(at + filter.length).trimStart()}`.trim();
  return join(rest || "*", pipesOf(query));
}

/** Replaces the query's pipes and keeps its filter. */
export function withPipes(query: string, pipes: string): string {
  return join(filterPart(query), pipes);
}

function join(filters: string, pipes: string): string {
  return pipes === "" ? filters : `${closed(filters)} | ${pipes}`;
}

export function pipesOf(query: string): string {
  const first = pipePositions(query)[0];
  return first === undefined ? "" : query.slice(first + 1).trim();
}

function hasTopLevelOr(filters: string): boolean {
  let depth = 0;
  for (const token of tokenize(filters)) {
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    else if (depth === 0 && token.kind === "keyword" && token.text.toLowerCase() === "or") return true;
  }
  return false;
}

/** The position of the filter outside brackets and strings, as whole tokens; -1 when absent. */
function findFilter(filters: string, filter: string): number {
  if (hasTopLevelOr(filters)) return -1;
  let depth = 0;
  let previous = "";
  for (const token of tokenize(filters)) {
    const fits = filters.startsWith(filter, token.from) && /^(?:\s|$)/.test(filters.slice(token.from + filter.length));
    const negated = /(?:-|!|\bnot)$/i.test(previous.trimEnd());
    if (depth === 0 && fits && !negated && (previous === "" || /\s$/.test(previous))) return token.from;
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    previous = filters.slice(0, token.to);
  }
  return -1;
}
