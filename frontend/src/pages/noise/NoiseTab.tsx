import "./noise.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getNoise, type NoiseItem, type NoiseReader } from "../../api/noise";
import { Panel } from "../../components/Panel";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { plural, t, tr } from "../../i18n";
import { formatBytes, formatCount, formatPercent, parseDuration } from "../../models/format";
import { noiseTransform, READER_KINDS, REMEDIES, transformHref } from "../../models/noise";
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
      title={t("Noise")}
      note={t("what fills the disk, and who asked for it in 30 days")}
      error={error}
      aside={
        <div className="segmented" role="group" aria-label={t("Range of the bill")}>
          {RANGES.map((one) => (
            <button key={one} type="button" aria-pressed={one === range} onClick={() => setRange(one)}>
              {one}
            </button>
          ))}
        </div>
      }
    >
      {isFetching && !data && <p className="empty-row">{t("Reading the records of this range…")}</p>}
      {data?.length === 0 && <p className="empty-row">{t("No records in this range.")}</p>}
      {data && data.length > 0 && (
        <Table
          className="noise-table stacked"
          heads={[
            t("Template"),
            `${t("Records")}#`,
            `${t("On disk")}#`,
            `${t("Share")}#`,
            t("Read by"),
            t("Keep less, save up to"),
          ]}
        >
          {data.map((item) => (
            <NoiseRow key={item.template} item={item} range={range} most={data[0]?.share ?? 1} />
          ))}
        </Table>
      )}
    </Panel>
  );
}

/** @param most the largest share, whose bar is full */
function NoiseRow({ item, range, most }: { item: NoiseItem; range: string; most: number }) {
  const { template, example, records, bytes, share, readBy, savings } = item;
  const filter = patternFilter(template);
  const names = readBy.map((reader) => `${nameOf(reader)}: ${reader.query ?? timesOf(reader)}`);
  return (
    <tr>
      <td className="noise-template stacked-wide" title={example}>
        {filter === undefined ? (
          <PatternText pattern={template} example={example} />
        ) : (
          <a href={exploreHref(filter, range)}>
            <PatternText pattern={template} example={example} />
          </a>
        )}
      </td>
      <td className="num">{formatCount(records)}</td>
      <td className="num">{formatBytes(bytes)}</td>
      <td className="num noise-share">
        {formatPercent(share, 1)}
        <span>
          <i style={{ width: `${most > 0 ? Math.min(100, (share / most) * 100) : 0}%` }} />
        </span>
      </td>
      <td className="noise-readers" title={names.join("\n")}>
        {readBy.length === 0 ? (
          <span className="muted">{t("nobody")}</span>
        ) : (
          readBy.slice(0, READERS_SHOWN).map((reader, index) => (
            <div key={index}>
              {nameOf(reader)} {reader.name !== undefined && <span className="muted">{kindOf(reader)} </span>}
              {reader.query === undefined ? timesOf(reader) : <code>{reader.query}</code>}
            </div>
          ))
        )}
        {readBy.length > READERS_SHOWN && (
          <span className="muted">{t("and {n} more", { n: readBy.length - READERS_SHOWN })}</span>
        )}
      </td>
      <td className="noise-actions">
        {REMEDIES.map(({ remedy, name, help }) => {
          const transform = noiseTransform(template, remedy);
          if (!transform || savings[remedy] <= 0) return null;
          return (
            <a
              key={remedy}
              className="button"
              href={transformHref(transform)}
              title={t("{help}: see a preview first", { help: tr(help) })}
            >
              {tr(name)} <span className="muted">{formatBytes(savings[remedy])}</span>
            </a>
          );
        })}
      </td>
    </tr>
  );
}

/** Names of people are there for those who administer the server, and one's own for oneself. */
function nameOf({ kind, name }: NoiseReader): string {
  if (name === undefined) return t("other people");
  return kind === "person" && name === "" ? t("somebody") : name;
}

function kindOf({ kind }: NoiseReader): string {
  const known = READER_KINDS[kind];
  return known === undefined ? kind : tr(known);
}

function timesOf({ times }: NoiseReader): string {
  return plural(times, "{n} time", "{n} times");
}
