/**
 * A list of bounded length that drops its oldest items. Adding takes constant time, and `firstId` lets a
 * view identify an item independently of its changing position.
 */
export class RingBuffer<T> {
  readonly capacity: number;
  private items: T[] = [];
  private head = 0;
  /** Number of items dropped so far; the item at index `i` has the id `firstId + i`. */
  firstId = 0;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`capacity must be a positive integer, not ${capacity}`);
    this.capacity = capacity;
  }

  get length(): number {
    return this.items.length;
  }

  push(item: T): void {
    if (this.items.length < this.capacity) {
      this.items.push(item);
      return;
    }
    this.items[this.head] = item;
    this.head = (this.head + 1) % this.capacity;
    this.firstId++;
  }

  pushAll(items: readonly T[]): void {
    // Only the end of a batch larger than the buffer is kept; the rest counts as dropped.
    const skipped = Math.max(0, items.length - this.capacity);
    if (skipped > 0) {
      this.firstId += this.items.length + skipped;
      this.items = [];
      this.head = 0;
    }
    for (let i = skipped; i < items.length; i++) this.push(items[i] as T);
  }

  /** The item at an index; 0 is the oldest. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.items.length) return undefined;
    return this.items[(this.head + index) % this.items.length];
  }

  /** Drops the oldest items. Takes time in proportion to the items that remain. */
  dropOldest(count: number): void {
    const dropped = Math.min(count, this.items.length);
    this.items = this.toArray().slice(dropped);
    this.head = 0;
    this.firstId += dropped;
  }

  clear(): void {
    this.firstId += this.items.length;
    this.items = [];
    this.head = 0;
  }

  toArray(): T[] {
    return [...this.items.slice(this.head), ...this.items.slice(0, this.head)];
  }
}
