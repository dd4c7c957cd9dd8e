import { pipePositions } from "./logsql";

/** The texts of a query between bars, as typed: its filters, then each pipe. */
export function stagesOf(query: string): string[] {
  const bars = pipePositions(query);
  return [...bars, query.length].map((end, index) => {
    const text = query.slice(index === 0 ? 0 : (bars[index - 1] ?? 0) + 1, end).trim();
    return text || "*";
  });
}

/** The stage at a position in a query: 0 for its filters. */
export function stageAt(query: string, at: number): number {
  return pipePositions(query).filter((bar) => bar <= at).length;
}

/** The query without one of its pipes; the filters (0) become those for everything. */
export function withoutStage(query: string, index: number): string {
  return stagesOf(query)
    .map((text, at) => (at === index && at === 0 ? "*" : text))
    .filter((_, at) => at !== index || at === 0)
    .join(" | ");
}
