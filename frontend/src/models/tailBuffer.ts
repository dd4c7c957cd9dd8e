import { msg, type Message } from "../i18n";
import type { Row } from "../api/types";
import { RingBuffer } from "./ringBuffer";

/** A marker where records are missing; their number is 0 where it is not known. */
export interface TailGap {
  kind: "gap";
  dropped: number;
  reason: Message;

  /** Where the missing records are, in milliseconds. */
  range?: { start: number; end: number };

  /** The node whose records are missing. */
  node?: string;
}

/** An entry of the live list. */
export type TailItem = { kind: "row"; row: Row } | TailGap;

/** Rows kept for scrolling back; older ones are only on the server. */
export const TAIL_CAPACITY = 100_000;

/** Total characters kept, which bounds a tab's memory; rows of usual length stay below it. */
export const TAIL_CHARACTERS = 64_000_000;

/** Characters dropped at once when the rows are too long, as each drop walks over all rows. */
const DROPPED_SHARE = 0.25;

const HELD_OVERFLOW = msg("arrived while paused and no longer fit");

function nextFrame(notify: () => void): void {
  requestAnimationFrame(notify);
}

function sizeOf(item: TailItem): number {
  if (item.kind === "gap") return 0;
  let size = 0;
  for (const name in item.row) size += (item.row[name] ?? "").length;
  return size;
}

/** Rows bounded in number and in total length. */
class Bounded {
  readonly items: RingBuffer<TailItem>;
  private readonly most: number;
  /** Total of all items since the last recount; includes items that the buffer has dropped. */
  private characters = 0;

  constructor(capacity: number, most: number) {
    this.items = new RingBuffer(capacity);
    this.most = most;
  }

  pushAll(items: readonly TailItem[]): void {
    this.items.pushAll(items);
    for (const item of items) this.characters += sizeOf(item);
    if (this.characters > this.most) this.trim();
  }

  private trim(): void {
    const kept = this.items.toArray().map(sizeOf);
    this.characters = kept.reduce((sum, size) => sum + size, 0);
    let dropped = 0;
    // The last row is kept, however long it is.
    const goal = this.characters > this.most ? this.most * (1 - DROPPED_SHARE) : this.most;
    while (this.characters > goal && dropped < kept.length - 1) this.characters -= kept[dropped++] ?? 0;
    this.items.dropOldest(dropped);
  }

  clear(): void {
    this.items.clear();
    this.characters = 0;
  }
}

/**
 * The live tail's rows. While paused, new rows are held back (bounded in the same way) and counted; resuming shows them.
 * Listeners are notified at most once per frame, however many batches arrive.
 */
export class TailBuffer {
  private readonly shown: Bounded;
  private readonly held: Bounded;
  private readonly listeners = new Set<() => void>();
  private readonly schedule: (notify: () => void) => void;
  private scheduled = false;
  private pausedNow = false;
  private versionNow = 0;

  constructor(
    capacity: number = TAIL_CAPACITY,
    schedule: (notify: () => void) => void = nextFrame,
    characters: number = TAIL_CHARACTERS,
  ) {
    this.shown = new Bounded(capacity, characters);
    this.held = new Bounded(capacity, characters);
    this.schedule = schedule;
  }

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  /** Changes whenever there is something new to render. */
  readonly version = (): number => this.versionNow;

  get length(): number {
    return this.shown.items.length;
  }

  get paused(): boolean {
    return this.pausedNow;
  }

  /** Rows that arrived while paused, including those that no longer fit. */
  get waiting(): number {
    return this.held.items.firstId + this.held.items.length;
  }

  /** The id of the first item. */
  get firstId(): number {
    return this.shown.items.firstId;
  }

  at(index: number): TailItem | undefined {
    return this.shown.items.at(index);
  }

  /** The items that were added last, including those that are held back. */
  latest(most: number): TailItem[] {
    return [...this.shown.items.toArray(), ...this.held.items.toArray()].slice(-most);
  }

  addRows(rows: readonly Row[]): void {
    this.add(rows.map((row) => ({ kind: "row", row })));
  }

  addGap(dropped: number, reason: Message, range?: { start: number; end: number }, node?: string): void {
    this.add([{ kind: "gap", dropped, reason, ...(range && { range }), ...(node !== undefined && { node }) }]);
  }

  private add(items: readonly TailItem[]): void {
    (this.pausedNow ? this.held : this.shown).pushAll(items);
    this.changed();
  }

  pause(): void {
    if (this.pausedNow) return;
    this.pausedNow = true;
    this.changed();
  }

  resume(): void {
    if (!this.pausedNow) return;
    this.pausedNow = false;
    const { firstId } = this.held.items;
    if (firstId > 0) this.shown.pushAll([{ kind: "gap", dropped: firstId, reason: HELD_OVERFLOW }]);
    this.shown.pushAll(this.held.items.toArray());
    this.emptyHeld();
    this.changed();
  }

  clear(): void {
    this.shown.clear();
    this.emptyHeld();
    this.changed();
  }

  private emptyHeld(): void {
    this.held.clear();
    this.held.items.firstId = 0;
  }

  private changed(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(() => {
      this.scheduled = false;
      this.versionNow++;
      for (const notify of this.listeners) notify();
    });
  }
}
