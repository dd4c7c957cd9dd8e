import "./noise.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getNoise, type NoiseItem } from "../../api/noise";
import { Panel } from "../../components/Panel";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { formatBytes, formatCount, formatPercent, parseDuration } from "../../models/format";
import { noiseTransform, REMEDIES, transformHref } from "../../models/noise";
import { patternFilter } from "../../models/patterns";
import { exploreHref } from "../../models/route";

const RANGES = ["1h", "24h", "7d", "30d"] as const;
const LIMIT = 50;
/** Readers in the cell of a table; the title has all. */
const READERS_SHOWN = 2;

/** What messages cost on disk, who reads them, and what keeping fewer of them saves. */
export default function NoiseTab() {
  const [range, setRange] = useState<(typeof RANGES)[number]>("24h");
  const { data, error, isFetching } = useQuery({
    queryKey: ["noise", range],
    queryFn: ({ signal }) => {
      const end = Date.now();
      return getNoise(end - (parseDuration(range) ?? 86_400_000), end, LIMIT, signal);
    },
    // Every record of the range is read.
    staleTime: 300_000,
  });
  return (
    <Panel
      title="Noise"
      note="what fills the disk, and who asked for it in 30 days"
      error={error}
      aside={
        <div className="segmented" role="group" aria-label="Range of the bill">
          {RANGES.map((one) => (
            <button key={one} type="button" aria-pressed={one === range} onClick={() => setRange(one)}>
              {one}
            </button>
          ))}
        </div>
      }
    >
      {isFetching && !data && <p className="empty-row">Reading the records of this range…</p>}
      {data?.length === 0 && <p className="empty-row">No records in this range.</p>}
      {data && data.length > 0 && (
        <Table
          className="noise-table stacked"
          heads={["Template", "Records#", "On disk#", "Share#", "Read by", "Keep less, save up to"]}
        >
          {data.map((item) => (
            <NoiseRow key={item.template} item={item} range={range} />
          ))}
        </Table>
      )}
    </Panel>
  );
}

function NoiseRow({ item, range }: { item: NoiseItem; range: string }) {
  const { template, example, records, bytes, share, readBy, savings } = item;
  const filter = patternFilter(template);
  const names = readBy.map(({ kind, name, query }) => `${kind === "person" ? name || "somebody" : name}: ${query}`);
  return (
    <tr>
      <td className="noise-template stacked-wide" title={example}>
        {filter === undefined ? (
          <PatternText pattern={template} />
        ) : (
          <a href={exploreHref(filter, range)}>
            <PatternText pattern={template} />
          </a>
        )}
      </td>
      <td className="num">{formatCount(records)}</td>
      <td className="num">{formatBytes(bytes)}</td>
      <td className="num noise-share">
        {formatPercent(share, 1)}
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </td>
      <td className="noise-readers" title={names.join("\n")}>
        {readBy.length === 0 ? (
          <span className="muted">nobody</span>
        ) : (
          readBy.slice(0, READERS_SHOWN).map(({ kind, name, query }, index) => (
            <div key={index}>
              {kind === "person" ? name || "somebody" : name} <span className="muted">{kind}</span> <code>{query}</code>
            </div>
          ))
        )}
        {readBy.length > READERS_SHOWN && <span className="muted">and {readBy.length - READERS_SHOWN} more</span>}
      </td>
      <td className="noise-actions">
        {REMEDIES.map(({ remedy, name, help }) => {
          const transform = noiseTransform(template, remedy);
          if (!transform || savings[remedy] <= 0) return null;
          return (
            <a key={remedy} className="button" href={transformHref(transform)} title={`${help}: see a preview first`}>
              {name} <span className="muted">{formatBytes(savings[remedy])}</span>
            </a>
          );
        })}
      </td>
    </tr>
  );
}
