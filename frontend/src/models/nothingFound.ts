import { t } from "../i18n";
import type { ExploreState } from "./exploreState";
import { chipsOf, withoutChip, type FilterChip } from "./filters";
import { meantQuery } from "./foreignQuery";
import { filterPart } from "./logsql";
import { fieldName, quote } from "./queryEdit";

/** A change of a search that found nothing, to be tried. */
export interface Remedy {
  /** What is different, as a sentence's beginning: "Without level:=EROR". */
  label: string;
  /** What the button that applies it says. */
  action: string;
  change: Partial<ExploreState>;
  /** The query to count, with the range of `change` or, without one, that of the search. */
  query: string;
  /** Whether the label says what is wrong, so that it helps even where something else is wrong too. */
  certain?: boolean;
}

const MOST_CHIPS = 6;

const isWord = ({ text, field }: FilterChip) => field === undefined && /^(?:[\w.-]+|"[^"]*")$/.test(text);

/** Changes that may find records, the least ones first. */
export function remediesFor(state: ExploreState, fields: readonly string[] = []): Remedy[] {
  const filter = filterPart(state.query);
  const pipes = state.query.slice(state.query.indexOf(filter) + filter.length);
  const chips = chipsOf(filter).slice(0, MOST_CHIPS);
  const changed = (query: string, label: string, action: string): Remedy => ({
    label,
    action,
    query,
    change: { query: `${query}${pipes.startsWith("|") ? ` ${pipes}` : pipes}` },
  });
  const remedies: Remedy[] = [];
  const meant = meantQuery(state.query);
  if (meant !== undefined)
    remedies.push({
      label: t("This reads like another query language. Here it is {query}", { query: meant }),
      action: t("Use this query"),
      query: filterPart(meant),
      change: { query: meant },
      certain: true,
    });
  for (const chip of chips) {
    const { from, to, text, field, negated } = chip;
    const put = (other: string) => `${filter.slice(0, from)}${negated ? "-" : ""}${other}${filter.slice(to)}`;
    if (field !== undefined && fields.length > 0 && !fields.includes(field)) {
      const near = nearest(field, fields);
      if (near !== undefined)
        remedies.push({
          ...changed(
            put(text.replace(/^(?:"[^"]*"|[^:\s]+)/, fieldName(near))),
            t("No record has a field {field}, but there is {near}", { field, near }),
            t("Use {name}", { name: near }),
          ),
          certain: true,
        });
    }
    if (isWord(chip) && !negated)
      remedies.push(changed(put(`i(${text})`), t("With {text} in any case", { text }), t("Ignore case")));
  }
  if (state.range.kind !== "all")
    remedies.push({
      label: t("In all time"),
      action: t("Show the newest"),
      query: filter,
      change: { range: { kind: "all" } },
    });
  if (chips.length > 1)
    for (const chip of chips)
      remedies.push(
        changed(
          withoutChip(filter, chip),
          t("Without {filter}", { filter: `${chip.negated ? "not " : ""}${chip.text}` }),
          t("Remove"),
        ),
      );
  return remedies;
}

/** The values that resemble the one a chip asks for; `undefined` where the chip is not a single value. */
export function respelt(query: string, chip: FilterChip, values: readonly string[]): string | undefined {
  const [value, ...more] = chip.values ?? [];
  if (value === undefined || more.length > 0 || chip.field === undefined || chip.negated) return undefined;
  const near = nearest(value, values);
  if (near === undefined) return undefined;
  return `${query.slice(0, chip.from)}${fieldName(chip.field)}:=${quote(near)}${query.slice(chip.to)}`;
}

/** The most similar of several words: the same but for case, or at most a third of the letters different. */
export function nearest(word: string, others: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.floor(word.length / 3) + 1;
  for (const other of others) {
    if (other === word) continue;
    const distance =
      other.toLowerCase() === word.toLowerCase() ? 0 : differences(word.toLowerCase(), other.toLowerCase());
    if (distance < least) {
      least = distance;
      best = other;
    }
  }
  return best;
}

const LONGEST = 64;

/** The edit distance of two words; neighbours that changed places count once. */
function differences(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
