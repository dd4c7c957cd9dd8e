import { msg } from "../i18n";
import type { ServerEvent } from "../api/sse";
import type { Row } from "../api/types";
import { compareTimes, timeOf } from "./format";
import type { TailBuffer } from "./tailBuffer";

/** Records shown from before the tail was opened. */
export const BACK_FILL = 200;
/** How far back they may be, which bounds the search for a rare word. */
const BACK_FILL_MS = 86_400_000;
/** Records fetched after a lost connection; where there are more, a gap links to them. */
export const MOST_MISSED = 2_000;
/** Records may arrive later than others of the same time by this much. */
const OVERLAP_MS = 10_000;
/** Rows compared to find those that are known already. */
const COMPARED = 5_000;

const SERVER_DROPPED = msg("were dropped by the server, as this console was too slow");
const MORE_MISSED = msg("More records than follow here were missed while the connection was lost");
const MAYBE_MISSED = msg("Records may be missing here: the connection was lost, and fetching them failed");

const NODE_MISSING = msg("is away; its records are missing from here on until it is back");

/** Reads the newest records of a range, at most `limit`. */
export type LoadRows = (range: { start: number; end?: number }, limit: number, signal: AbortSignal) => Promise<Row[]>;

/**
 * Feeds the live list from an event stream. Before the first event it shows the latest stored records, and after a lost
 * connection those that were missed meanwhile, so that the list never has a hole that it does not show.
 */
export class TailFeed {
  private readonly buffer: TailBuffer;
  private readonly load: LoadRows;
  private readonly onRows: (rows: readonly Row[]) => void;
  private readonly now: () => number;
  private opened = false;
  private lostAt: number | undefined;
  /** The latest time of a record so far, in milliseconds. */
  private latest: number | undefined;
  /** Events that wait until stored records have been added before them. */
  private waiting: ServerEvent[] | undefined;
  private abort = new AbortController();

  /** @param onRows sees the rows of the stream, not those that were stored before */
  constructor(
    buffer: TailBuffer,
    load: LoadRows,
    now: () => number = Date.now,
    onRows: (rows: readonly Row[]) => void = () => undefined,
  ) {
    this.buffer = buffer;
    this.load = load;
    this.onRows = onRows;
    this.now = now;
  }

  receive(event: ServerEvent): void {
    if (this.waiting) this.waiting.push(event);
    else this.add(event);
  }

  /** The stream was opened, for the first time or again. */
  async open(): Promise<void> {
    const again = this.opened;
    this.opened = true;
    const now = this.now();
    const missedSince = Math.min(this.latest ?? Number.POSITIVE_INFINITY, this.lostAt ?? now) - OVERLAP_MS;
    const start = again ? missedSince : now - BACK_FILL_MS;
    const limit = again ? MOST_MISSED : BACK_FILL;
    this.abort.abort();
    const { signal } = (this.abort = new AbortController());
    this.waiting ??= [];
    try {
      const rows = await this.load({ start }, limit, signal);
      if (signal.aborted) return;
      if (again && rows.length >= limit) this.buffer.addGap(0, MORE_MISSED, { start, end: this.now() });
      this.addStored(rows);
    } catch {
      if (signal.aborted) return;
      // Without the records from before, the list starts with those that arrive.
      if (again) this.buffer.addGap(0, MAYBE_MISSED, { start, end: this.now() });
    }
    const events = this.waiting ?? [];
    this.waiting = undefined;
    this.lostAt = undefined;
    for (const event of events) this.add(event);
  }

  lost(): void {
    this.lostAt ??= this.now();
  }

  close(): void {
    this.abort.abort();
  }

  private add({ event, data }: ServerEvent): void {
    if (event === "records") {
      const rows = JSON.parse(data) as Row[];
      this.addRows(rows);
      this.onRows(rows);
    } else if (event === "gap") this.buffer.addGap((JSON.parse(data) as { dropped: number }).dropped, SERVER_DROPPED);
    else if (event === "missing") {
      const { node, reason } = JSON.parse(data) as { node: string; reason: string };
      this.buffer.addGap(0, NODE_MISSING, undefined, `${node} (${reason})`);
    }
  }

  private addRows(rows: readonly Row[]): void {
    for (const { _time } of rows) {
      const time = timeOf(_time);
      if (!Number.isNaN(time)) this.latest = Math.max(this.latest ?? time, time);
    }
    this.buffer.addRows(rows);
  }

  /** Adds stored records, oldest first, except those that the stream has delivered or is about to. */
  private addStored(rows: readonly Row[]): void {
    const known = new Map<string, number>();
    const count = (row: Row) => known.set(identity(row), (known.get(identity(row)) ?? 0) + 1);
    for (const item of this.buffer.latest(COMPARED)) if (item.kind === "row") count(item.row);
    for (const { event, data } of this.waiting ?? [])
      if (event === "records") for (const row of JSON.parse(data) as Row[]) count(row);
    const fresh = rows.filter((row) => {
      const times = known.get(identity(row)) ?? 0;
      if (times > 0) known.set(identity(row), times - 1);
      return times === 0;
    });
    this.addRows(fresh.sort((a, b) => compareTimes(a._time ?? "", b._time ?? "")));
  }
}

/** Two records with the same fields are the same record, as often as they occur. */
function identity(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
