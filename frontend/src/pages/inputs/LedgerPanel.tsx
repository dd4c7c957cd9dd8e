import { Panel } from "../../components/Panel";
import { useMetrics } from "../../hooks/useMetrics";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";

/** What happened to every record received since the server started: the five counters add up. */
export function LedgerPanel() {
  const { latest } = useMetrics();
  const totals = latest?.totals;
  const inFlight =
    totals && Math.max(0, totals.received - totals.stored - totals.filtered - totals.rejected - totals.dropped);
  return (
    <Panel title={t("Record accounting")} note={t("since the server started")}>
      <dl className="ledger">
        <Entry name={t("Received")} value={totals?.received} />
        <Entry name={t("Stored")} value={totals?.stored} sign="=" />
        <Entry name={t("Filtered")} value={totals?.filtered} sign="+" reasons={latest?.reasons.filtered} />
        <Entry name={t("Rejected")} value={totals?.rejected} sign="+" reasons={latest?.reasons.rejected} />
        <Entry name={t("Dropped")} value={totals?.dropped} sign="+" reasons={latest?.reasons.dropped} />
        <Entry name={t("In flight")} value={inFlight} sign="+" />
      </dl>
    </Panel>
  );
}

interface EntryProps {
  name: string;
  /** None before the first reading; its place is kept. */
  value: number | undefined;
  sign?: string;
  reasons?: Record<string, number> | undefined;
}

function Entry({ name, value, sign, reasons = {} }: EntryProps) {
  const given = Object.entries(reasons).filter(([, count]) => count > 0);
  return (
    <div className="ledger-entry">
      <dt>
        {sign && <span aria-hidden="true">{sign} </span>}
        {name}
      </dt>
      <dd>{value === undefined ? "–" : formatInteger(value)}</dd>
      {given.map(([reason, count]) => (
        <dd key={reason} className="ledger-reason">
          {reason} {formatInteger(count)}
        </dd>
      ))}
    </div>
  );
}
