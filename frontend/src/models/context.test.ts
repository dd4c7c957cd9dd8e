import { describe, expect, it } from "vitest";
import { edge, grown, KEPT, pageQuery, placeOf, scopeFilter, type Lines } from "./context";

const row = (second: number, text = `line ${second}`) => ({
  _time: new Date(Date.parse("2026-11-21T09:00:00Z") + second * 1_000).toISOString(),
  _msg: text,
  _stream_id: "a1",
  host: 'h"1',
});
const lines = (...rows: ReturnType<typeof row>[]): Lines => ({ rows, firstId: 0, more: { before: true, after: true } });
const texts = ({ rows }: Lines) => rows.map(({ _msg }) => _msg);

describe("lines around a record", () => {
  it("grow on both sides without a line twice, and equal ones as often as they are", () => {
    const start = lines(row(5, "same"), row(5, "same"), row(6));
    const earlier = grown(start, "before", [row(5, "same"), row(5, "same"), row(5, "same"), row(4)], 4);
    expect(texts(earlier)).toEqual(["line 4", "same", "same", "same", "line 6"]);
    expect(earlier.firstId).toBe(-2);
    expect(earlier.more).toEqual({ before: true, after: true });
    const later = grown(earlier, "after", [row(6), row(7)], 60);
    expect(texts(later).slice(-2)).toEqual(["line 6", "line 7"]);
    expect(later.more).toEqual({ before: true, after: false });
  });

  it("lose the far end beyond what is kept, which can then be loaded again", () => {
    const many = lines(...Array.from({ length: KEPT }, (_, index) => row(index)));
    const later = grown({ ...many, more: { before: false, after: true } }, "after", [row(KEPT - 1), row(KEPT)], 60);
    expect(later.rows).toHaveLength(KEPT);
    expect(later.firstId).toBe(1);
    expect(later.more).toEqual({ before: true, after: false });
    const back = grown(later, "before", [row(1), row(0)], 60);
    expect(back.firstId).toBe(0);
    expect(texts(back)[0]).toBe("line 0");
    expect(back.more).toEqual({ before: false, after: true });
  });

  it("are asked for from the time of the edge on", () => {
    expect(edge(lines(row(1, "a"), row(1, "b"), row(2)), "before")).toEqual({ time: row(1)._time, count: 2 });
    expect(pageQuery("*", "before", "T", 3)).toBe("* _time:<=T | sort by (_time desc) limit 3");
    expect(pageQuery("*", "after", "T", 3)).toBe("* _time:>=T | sort by (_time) limit 3");
    expect(scopeFilter(row(1), "stream")).toBe("_stream_id:a1");
    expect(scopeFilter(row(1), "host")).toBe('host:="h\\"1"');
    expect(scopeFilter({ _msg: "x" }, "host")).toBeUndefined();
  });

  it("find the record, also where pipes have changed it", () => {
    const rows = [row(1), row(2, "a"), row(2, "b")];
    expect(placeOf(row(2, "b"), rows)).toBe(2);
    expect(placeOf({ _time: row(2)._time, _stream_id: "a1", extra: "x" }, rows)).toBe(1);
  });
});
