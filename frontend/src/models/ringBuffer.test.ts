import { describe, expect, it } from "vitest";
import { RingBuffer } from "./ringBuffer";

describe("RingBuffer", () => {
  it("keeps everything in order while it is not full", () => {
    const buffer = new RingBuffer<number>(4);
    buffer.pushAll([1, 2, 3]);
    expect(buffer.toArray()).toEqual([1, 2, 3]);
    expect(buffer.firstId).toBe(0);
  });

  it("drops the oldest items and advances the first id by their number", () => {
    const buffer = new RingBuffer<number>(3);
    buffer.pushAll([1, 2, 3, 4, 5]);
    buffer.push(6);
    expect(buffer.toArray()).toEqual([4, 5, 6]);
    expect([0, 1, 2].map((index) => buffer.at(index))).toEqual([4, 5, 6]);
    expect(buffer.firstId).toBe(3);
  });

  it("keeps the end of a batch larger than itself and counts the rest as dropped", () => {
    const buffer = new RingBuffer<number>(3);
    buffer.pushAll([1, 2]);
    buffer.pushAll([3, 4, 5, 6, 7, 8]);
    expect(buffer.toArray()).toEqual([6, 7, 8]);
    expect(buffer.firstId).toBe(5);
  });

  it("assigns ids that stay with their items for any sequence of batches", () => {
    const buffer = new RingBuffer<number>(7);
    let next = 0;
    for (const size of [3, 9, 0, 1, 7, 20, 2, 5]) {
      buffer.pushAll(Array.from({ length: size }, () => next++));
      buffer.toArray().forEach((item, index) => expect(buffer.firstId + index).toBe(item));
      expect(buffer.length).toBe(Math.min(next, 7));
    }
  });

  it("returns nothing outside its bounds and rejects an invalid capacity", () => {
    const buffer = new RingBuffer<number>(2);
    buffer.push(1);
    expect(buffer.at(-1)).toBeUndefined();
    expect(buffer.at(1)).toBeUndefined();
    expect(() => new RingBuffer(0)).toThrow(RangeError);
  });

  it("is empty after clearing, and its ids continue", () => {
    const buffer = new RingBuffer<number>(2);
    buffer.pushAll([0, 1, 2]);
    buffer.clear();
    buffer.push(3);
    expect(buffer.toArray()).toEqual([3]);
    expect(buffer.firstId).toBe(3);
  });

  it("drops some of the oldest items on demand, and stays in order", () => {
    const buffer = new RingBuffer<number>(3);
    buffer.pushAll([1, 2, 3, 4]);
    buffer.dropOldest(2);
    expect(buffer.toArray()).toEqual([4]);
    expect(buffer.firstId).toBe(3);
    buffer.pushAll([5, 6, 7]);
    expect(buffer.toArray()).toEqual([5, 6, 7]);
    buffer.dropOldest(9);
    expect(buffer.length).toBe(0);
    expect(buffer.firstId).toBe(7);
  });
});
