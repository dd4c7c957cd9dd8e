import { Sparkline } from "../../components/chart/Sparkline";
import { useOpenAlertCount } from "../../hooks/useAlerts";
import { useMetrics } from "../../hooks/useMetrics";
import { t } from "../../i18n";
import { formatBytes, formatCount, formatInteger, formatRate } from "../../models/format";
import { exploreHref, routeHash } from "../../models/route";
import { daysLeft } from "./daysLeft";

interface CellProps {
  name: string;
  value: string;
  note: string;
  href: string;
  spark?: readonly number[];
  token?: string;
  alarm?: boolean;
}

function Cell({ name, value, note, href, spark, token, alarm }: CellProps) {
  return (
    <a className="strip-cell" href={href} data-alarm={alarm ? "" : undefined}>
      <span className="strip-name">{name}</span>
      <span className="strip-value">{value}</span>
      <span className="strip-note">{note}</span>
      {spark && <Sparkline values={spark} {...(token && { token })} />}
    </a>
  );
}

const SPARK_POINTS = 120;

/** The key figures in one line. */
export function Strip() {
  const { latest, history } = useMetrics();
  const recent = history.slice(-SPARK_POINTS);
  const dash = "–";
  const totals = latest?.totals;
  const rates = latest?.rates;
  const storage = latest?.storage;
  const lost = (totals?.dropped ?? 0) + (totals?.rejected ?? 0);
  const firing = latest?.alerts.firing ?? 0;
  const open = useOpenAlertCount();
  return (
    <section className="panel strip" aria-label={t("Key figures")}>
      <Cell
        name={t("Received/s")}
        value={rates ? formatRate(rates.received) : dash}
        note={totals ? t("{received} since start", { received: formatCount(totals.received) }) : dash}
        href={exploreHref("*", "5m")}
        spark={recent.map(({ rates: { received } }) => received)}
      />
      <Cell
        name={t("Stored/s")}
        value={rates ? formatRate(rates.stored) : dash}
        note={storage ? t("{records} records", { records: formatCount(storage.records) }) : dash}
        href={exploreHref("*", "5m")}
        spark={recent.map(({ rates: { stored } }) => stored)}
      />
      <Cell
        name={t("Filtered/s")}
        value={rates ? formatRate(rates.filtered) : dash}
        note={totals ? t("{filtered} in total", { filtered: formatCount(totals.filtered) }) : dash}
        href={routeHash("inputs")}
        spark={recent.map(({ rates: { filtered } }) => filtered)}
        token="--muted"
      />
      <Cell
        name={t("Dropped")}
        value={totals ? formatInteger(totals.dropped) : dash}
        note={totals ? t("{rejected} rejected", { rejected: formatCount(totals.rejected) }) : dash}
        href={routeHash("inputs")}
        spark={recent.map(({ rates: { dropped, rejected } }) => dropped + rejected)}
        token={lost > 0 ? "--danger" : "--muted"}
        alarm={(totals?.dropped ?? 0) > 0}
      />
      <Cell
        name={t("Firing")}
        value={latest ? formatInteger(firing) : dash}
        note={latest ? firingNote(firing - open, latest.alerts.pending) : dash}
        href={routeHash("alerts")}
        alarm={open > 0}
      />
      <Cell
        name={t("On disk")}
        value={storage ? formatBytes(storage.bytes) : dash}
        note={
          storage ? (daysLeft(storage, history) ?? t("{size} free", { size: formatBytes(storage.freeBytes) })) : dash
        }
        href={exploreHref("*", "all")}
      />
    </section>
  );
}

function firingNote(quiet: number, pending: number): string {
  return quiet > 0 ? t("{quiet} taken care of", { quiet: formatInteger(quiet) }) : t("{pending} pending", { pending });
}
