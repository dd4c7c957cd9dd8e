import { pipePositions } from "./logsql";

/** A part of a query between bars: its filters, or one pipe. */
export interface Stage {
  text: string;
  /** The query up to and with this stage. */
  query: string;
  /** Whether it gives a row for each row, so that counting them again is needless. */
  keepsRows: boolean;
}

/** Pipes that change rows one by one, or only their order. */
const KEEPING =
  /^(?:sort|order|fields|keep|delete|del|rm|drop|rename|mv|copy|cp|format|extract|extract_regexp|unpack_\w+|replace|replace_regexp|math|eval|pack_\w+|pattern|len|hash|collapse_nums|decolorize|split|json_array_len)\b/i;

/** The stages of a query, the filters first. */
export function stagesOf(query: string): Stage[] {
  const bars = pipePositions(query);
  const ends = [...bars, query.length];
  return ends.map((end, index) => {
    const text = query.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end).trim();
    return {
      text: text || "*",
      query: query.slice(0, end).trim() || "*",
      // An order with a limit drops rows, and a partition may.
      keepsRows: index > 0 && KEEPING.test(text) && !/\b(?:limit|offset)\b/i.test(text),
    };
  });
}

/** The query without one of its pipes; the filters (0) become those for everything. */
export function withoutStage(query: string, index: number): string {
  const stages = stagesOf(query);
  return stages
    .map(({ text }, at) => (at === index && at === 0 ? "*" : text))
    .filter((_, at) => at !== index || at === 0)
    .join(" | ");
}
