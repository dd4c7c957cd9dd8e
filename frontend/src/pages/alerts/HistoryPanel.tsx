import { useQuery } from "@tanstack/react-query";
import { getAlertHistory } from "../../api/control";
import { errorText, isAbsent } from "../../api/http";
import type { AlertChange, Rule } from "../../api/types";
import { alertHref, formatLabels, formatValue } from "../../models/alerts";
import { formatDateTime } from "../../models/format";

const SHOWN = 200;

/** Every change of an alert's state, the latest first. */
export function HistoryPanel({ rules }: { rules: readonly Rule[] }) {
  const { data, error } = useQuery({ queryKey: ["alerts", "history"], queryFn: ({ signal }) => getAlertHistory(signal) });
  if (isAbsent(error)) return null;
  const latest = [...(data ?? [])].sort((a, b) => Date.parse(b.time) - Date.parse(a.time)).slice(0, SHOWN);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>History</h2>
      </div>
      {error && <p className="empty-row danger-text">{errorText(error)}</p>}
      {data?.length === 0 && <p className="empty-row">Nothing has happened yet.</p>}
      {latest.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>Time</th>
                <th>Rule</th>
                <th>Group</th>
                <th>Change</th>
                <th className="num">Value</th>
              </tr>
            </thead>
            <tbody>
              {latest.map((change, index) => (
                <HistoryRow key={index} change={change} rule={rules.find(({ id }) => id === change.rule)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function HistoryRow({ change, rule }: { change: AlertChange; rule: Rule | undefined }) {
  return (
    <tr>
      <td className="mono history-time">{formatDateTime(Date.parse(change.time), false)}</td>
      <td>
        <a href={alertHref(change, rule)}>{change.name}</a>
      </td>
      <td className="mono muted">{formatLabels(change.labels)}</td>
      <td className="history-change">
        <span className="muted">{change.from} → </span>
        <span className="state" data-state={change.to}>
          {change.to}
        </span>
      </td>
      <td className="num">{formatValue(change.value)}</td>
    </tr>
  );
}
