import type { Row } from "../api/types";
import { RingBuffer } from "./ringBuffer";

/** What the live list shows: records, and marks where records are missing. */
export type TailItem = { kind: "row"; row: Row } | { kind: "gap"; dropped: number; reason: string };

/** Rows kept for scrolling back; older ones are only in the store. */
export const TAIL_CAPACITY = 100_000;

const HELD_OVERFLOW = "arrived while paused and no longer fit";

function nextFrame(notify: () => void): void {
  requestAnimationFrame(notify);
}

/**
 * The live tail's rows. While paused, what arrives is held back (in the same bounded way) and counted; resuming shows it.
 * Listeners are told at most once a frame, however many batches arrive.
 */
export class TailBuffer {
  private readonly shown: RingBuffer<TailItem>;
  private readonly held: RingBuffer<TailItem>;
  private readonly listeners = new Set<() => void>();
  private readonly schedule: (notify: () => void) => void;
  private scheduled = false;
  private pausedNow = false;
  private versionNow = 0;

  constructor(capacity: number = TAIL_CAPACITY, schedule: (notify: () => void) => void = nextFrame) {
    this.shown = new RingBuffer(capacity);
    this.held = new RingBuffer(capacity);
    this.schedule = schedule;
  }

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  /** Changes whenever there is something new to draw. */
  readonly version = (): number => this.versionNow;

  get length(): number {
    return this.shown.length;
  }

  get paused(): boolean {
    return this.pausedNow;
  }

  /** Rows that arrived while paused, those that no longer fit included. */
  get waiting(): number {
    return this.held.firstId + this.held.length;
  }

  /** Position-independent identity of the first item. */
  get firstId(): number {
    return this.shown.firstId;
  }

  at(index: number): TailItem | undefined {
    return this.shown.at(index);
  }

  addRows(rows: readonly Row[]): void {
    this.add(rows.map((row) => ({ kind: "row", row })));
  }

  addGap(dropped: number, reason: string): void {
    this.add([{ kind: "gap", dropped, reason }]);
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
    if (this.held.firstId > 0) this.shown.push({ kind: "gap", dropped: this.held.firstId, reason: HELD_OVERFLOW });
    this.shown.pushAll(this.held.toArray());
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
    this.held.firstId = 0;
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
