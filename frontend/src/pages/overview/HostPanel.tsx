import { Sparkline } from "../../components/chart/Sparkline";
import { Panel } from "../../components/Panel";
import { useMetrics } from "../../hooks/useMetrics";
import { msg, t, tr } from "../../i18n";
import { formatBytes, formatCount, formatPercent, formatPercents } from "../../models/format";
import { exploreHref, routeHash } from "../../models/route";

interface MeterProps {
  name: string;
  percent: number | undefined;
  note?: string;
  href: string;
  /** Percent. */
  spark: readonly number[];
  /** The threshold for highlighting the figure, in percent. */
  high: number;
}

function Meter({ name, percent, note, href, spark, high }: MeterProps) {
  const alarming = (percent ?? 0) >= high;
  return (
    <a className="meter" href={href} data-alarm={alarming ? "" : undefined}>
      <span className="meter-name">{name}</span>
      <Sparkline values={spark} top={100} token={alarming ? "--warning" : "--series-2"} />
      <span className="meter-value">{percent === undefined ? "–" : formatPercents(percent, 0)}</span>
      <span className="meter-note muted">{note}</span>
    </a>
  );
}

const HOST_QUERY = "app:=host-metrics";

const HOST_METERS = [
  { name: msg("CPU"), field: "cpu_usage", part: "cpu", high: 80 },
  { name: msg("Memory"), field: "memory_usage", part: "memory", high: 85 },
  { name: msg("Disk I/O"), field: "disk_io", part: "disk", high: 70 },
] as const;

/** The host's CPU, memory and disk, and the fill level of the server's buffer. */
export function HostPanel() {
  const { latest, history } = useMetrics();
  const host = latest?.host;
  const recent = history.slice(-300);
  const chart = (field: string) => exploreHref(`${HOST_QUERY} | stats by (_time:1m) avg(${field}) ${field}`, "1h");
  const buffer = latest?.buffer;
  const fill = buffer && buffer.capacity > 0 ? (buffer.bytes / buffer.capacity) * 100 : undefined;
  const reasons = Object.entries({ ...latest?.reasons.dropped, ...latest?.reasons.rejected }).filter(
    ([, count]) => count > 0,
  );
  return (
    <Panel
      title={t("This machine")}
      aside={
        latest && (
          <span className="panel-note">{t("{size} free", { size: formatBytes(latest.storage.freeBytes) })}</span>
        )
      }
    >
      {HOST_METERS.map(({ name, field, part, high }) => (
        <Meter
          key={field}
          name={tr(name)}
          percent={host?.[field]}
          href={chart(field)}
          spark={recent.map((one) => one.host[part] ?? 0)}
          high={high}
        />
      ))}
      <Meter
        name={t("Buffer")}
        percent={fill}
        note={
          buffer
            ? t("{bytes} of {capacity}", { bytes: formatBytes(buffer.bytes), capacity: formatBytes(buffer.capacity) })
            : ""
        }
        href={routeHash("inputs")}
        spark={recent.map((one) => one.bufferShare * 100)}
        high={80}
      />
      {latest && reasons.length > 0 && (
        <p className="reasons">
          {t("Not stored: {reasons}", {
            reasons: reasons
              .map(
                ([reason, count]) =>
                  `${reason} ${formatCount(count)} (${formatPercent(count, latest.totals.received)})`,
              )
              .join(", "),
          })}
        </p>
      )}
    </Panel>
  );
}
