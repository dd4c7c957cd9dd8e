import { closed, filterPart, pipePositions, tokenize, type Token } from "./logsql";
import { addFilter, equals, fieldName, pipesOf, quote } from "./queryEdit";

/** One of the filters that a query joins with AND, as a chip shows it. */
export interface FilterChip {
  /** The place in the query. */
  from: number;
  to: number;
  /** The filter without its negation. */
  text: string;
  negated: boolean;
  /** The field, and the values of which it must have one, where the filter compares values. */
  field?: string;
  values?: string[];
}

const NEGATION = /^(?:-|!)$/;
const word = (token: Token | undefined, text: string) => token?.kind === "keyword" && token.text.toLowerCase() === text;

/**
 * The filters that a query joins with AND, in order. A query whose filters are alternatives is one filter; what is written
 * in a way that is not understood here is a filter without a field.
 */
export function chipsOf(query: string): FilterChip[] {
  const end = pipePositions(query)[0] ?? query.length;
  const tokens = tokenize(query.slice(0, end)).filter(({ kind }) => kind !== "comment");
  const groups = groupsOf(tokens);
  return groups.flatMap((group) => chipOf(query, group) ?? []);
}

/** Runs of tokens that belong together: a negation with what it negates, a field with its value. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  let group: Token[] = [];
  const close = () => {
    if (group.some(({ kind }) => kind !== "space")) groups.push(group);
    group = [];
  };
  tokens.forEach((token, index) => {
    if (token.kind === "open") depth++;
    if (token.kind === "close") depth--;
    if (depth === 0 && token.kind === "space") {
      const last = group.findLast(({ kind }) => kind !== "space");
      const next = tokens.slice(index).find(({ kind }) => kind !== "space");
      const open = word(last, "not") || last?.text === "!" || last?.text.startsWith(":") || last?.kind === "operator";
      // An operator and a bracket belong to what stands before them: `a := b`, `in (…)`.
      const goesOn = next?.text.startsWith(":") || (next?.text === "(" && last?.kind === "keyword" && !isJoin(last));
      if (!open && !goesOn) return close();
    }
    group.push(token);
  });
  close();
  return joined(groups);
}

function isJoin(token: Token): boolean {
  return word(token, "and") || word(token, "or") || word(token, "not");
}

/** Puts alternatives together and leaves out the word AND. */
function joined(groups: readonly Token[][]): Token[][] {
  const only = (group: readonly Token[] | undefined, text: string) => group?.length === 1 && word(group[0], text);
  if (groups.some((group) => only(group, "or"))) return [groups.flat()];
  return groups.filter((group) => !only(group, "and"));
}

function chipOf(query: string, group: readonly Token[]): FilterChip | undefined {
  let first = 0;
  let negated = false;
  const skip = () => {
    while (group[first]?.kind === "space") first++;
  };
  skip();
  const from = group[first]?.from ?? 0;
  while (group[first] && (NEGATION.test(group[first]?.text ?? "") || word(group[first], "not"))) {
    negated = !negated;
    first++;
    skip();
  }
  const body = group.slice(first);
  const last = body.findLast(({ kind }) => kind !== "space");
  if (!last || (last.text === "*" && body.length === 1)) return undefined;
  const start = body[0]?.from ?? from;
  const chip: FilterChip = { from, to: last.to, text: query.slice(start, last.to), negated };
  const compared = comparisonOf(body.filter(({ kind }) => kind !== "space"));
  if (!compared) return chip;
  return { ...chip, ...compared, negated: negated !== compared.negated };
}

function comparisonOf(tokens: readonly Token[]): { field: string; values: string[]; negated: boolean } | undefined {
  const [name, operator, ...rest] = tokens;
  if (!name || !/^(?:field|word|string)$/.test(name.kind) || !operator?.text.startsWith(":")) return undefined;
  const field = unquote(name.text);
  const value = rest.length === 1 ? rest[0] : undefined;
  const negated = operator.text === ":!=" || operator.text === ":!";
  if (value && isValue(value) && /^:(?:=|!=|!)?$/.test(operator.text)) {
    // A word that ends in an asterisk is a prefix.
    if (value.kind !== "string" && value.text.endsWith("*")) return undefined;
    return { field, values: [unquote(value.text)], negated };
  }
  if (operator.text !== ":" || rest[0]?.text.toLowerCase() !== "in" || rest[1]?.text !== "(") return undefined;
  const list = rest.slice(2, -1);
  if (
    rest[rest.length - 1]?.text !== ")" ||
    list.some((token, index) => (index % 2 === 0 ? !isValue(token) : token.kind !== "comma"))
  )
    return undefined;
  return { field, values: list.filter(isValue).map(({ text }) => unquote(text)), negated: false };
}

const isValue = ({ kind }: Token) => kind === "word" || kind === "number" || kind === "string" || kind === "keyword";

function unquote(text: string): string {
  const quoteMark = text.charAt(0);
  if (quoteMark === "`") return text.slice(1, -1);
  if (quoteMark === '"') {
    try {
      return String(JSON.parse(text));
    } catch {
      return text.slice(1, -1);
    }
  }
  return quoteMark === "'" ? text.slice(1, -1).replaceAll("\\'", "'") : text;
}

/** The query without a chip. */
export function withoutChip(query: string, chip: FilterChip): string {
  return replaced(query, chip, "");
}

/** The query with a chip turned into its opposite. */
export function negateChip(query: string, chip: FilterChip): string {
  const text = chip.text.replace(/^([^:]*:)!(=?)/, "$1$2");
  const inside = text !== chip.text && chip.field !== undefined;
  const plain = inside ? text : isAlternative(chip) ? `(${chip.text})` : chip.text;
  return replaced(query, chip, chip.negated ? plain : `-${plain}`);
}

function isAlternative({ text }: FilterChip): boolean {
  return (
    groupsOf(tokenize(text)).length > 0 && tokenize(text).some((token) => word(token, "or")) && !text.startsWith("(")
  );
}

/** The filter for any of these values. */
function comparison(field: string, values: readonly string[]): string {
  if (values.length === 1) return equals(field, values[0] ?? "");
  return `${fieldName(field)}:in(${values.map(quote).join(", ")})`;
}

function replaced(query: string, { from, to }: FilterChip, text: string): string {
  const end = pipePositions(query)[0] ?? query.length;
  const before = query.slice(0, from).replace(/\s*\band\s*$/i, "");
  const after =
    text === "" && before.trim() === "" ? query.slice(to, end).replace(/^\s*and\b/i, "") : query.slice(to, end);
  const filters =
    text === ""
      ? `${before.trimEnd()} ${after.trimStart()}`.trim()
      : `${query.slice(0, from)}${text}${query.slice(to, end)}`.trim();
  const pipes = pipesOf(query);
  return pipes === "" ? filters || "*" : `${closed(filters || "*")} | ${pipes}`;
}

/** The values of a field that a query asks for, however they are written; empty where it asks for none. */
export function pickedValues(query: string, field: string): ReadonlySet<string> {
  return new Set(
    chipsOf(query)
      .filter((chip) => !chip.negated && chip.field === field)
      .flatMap(({ values = [] }) => values),
  );
}

/** The query without the values that it asks for of a field: what else there is to choose from. */
export function withoutPicked(query: string, field: string): string {
  const chip = chipsOf(query).find((one) => !one.negated && one.field === field);
  return chip ? withoutChip(query, chip) : query;
}

/** How a click on a value changes the query. */
export type Pick = "toggle" | "only" | "exclude";

/**
 * The query after a click on a field's value: `toggle` adds it to the values asked for, or takes it out; `only` asks for
 * nothing else; `exclude` leaves its records out.
 */
export function pickValue(query: string, field: string, value: string, how: Pick): string {
  const chips = chipsOf(query);
  const asked = chips.find((chip) => !chip.negated && chip.field === field && chip.values !== undefined);
  const filter = equals(field, value);
  if (field === "_stream") return pickText(query, chips, filter, how);
  const without = dropExclusion(query, field, value);
  if (how === "exclude") {
    const rest = asked?.values?.includes(value) ? drop(query, asked, value) : query;
    return addFilter(dropExclusion(rest, field, value), `-${filter}`);
  }
  const chip = chipsOf(without).find((one) => !one.negated && one.field === field && one.values !== undefined);
  if (!chip) return addFilter(without, filter);
  if (how === "only") return replaced(without, chip, filter);
  if (chip.values?.includes(value)) return drop(without, chip, value);
  return replaced(without, chip, comparison(field, [...(chip.values ?? []), value]));
}

function drop(query: string, chip: FilterChip, value: string): string {
  const rest = chip.values?.filter((one) => one !== value) ?? [];
  return rest.length === 0 ? withoutChip(query, chip) : replaced(query, chip, comparison(chip.field ?? "", rest));
}

function dropExclusion(query: string, field: string, value: string): string {
  const chip = chipsOf(query).find((one) => one.negated && one.field === field && one.values?.includes(value));
  if (!chip) return query;
  const rest = chip.values?.filter((one) => one !== value) ?? [];
  return rest.length === 0 ? withoutChip(query, chip) : replaced(query, chip, `-${comparison(field, rest)}`);
}

function pickText(query: string, chips: readonly FilterChip[], filter: string, how: Pick): string {
  const same = chips.find(({ text }) => text === filter);
  const without = same ? withoutChip(query, same) : query;
  if (how === "exclude") return addFilter(without, `-${filter}`);
  return same && !same.negated && how === "toggle" ? without : addFilter(without, filter);
}

/** The chips worth showing: all but plain words, which stand in the query box for all to see. */
export function shownChips(query: string): FilterChip[] {
  if (filterPart(query) === "*") return [];
  return chipsOf(query).filter(({ field, negated, text }) => negated || field !== undefined || /[:{]/.test(text));
}
