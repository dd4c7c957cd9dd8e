import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getAlertHistory } from "../../api/control";
import { isAbsent } from "../../api/http";
import type { AlertChange, Rule } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { t } from "../../i18n";
import { alertHref, formatLabels, formatValue, stateName } from "../../models/alerts";
import { formatDateTime } from "../../models/format";

const SHOWN = 200;
const STATES = ["FIRING", "PENDING", "INACTIVE"] as const;

/** Changes of alerts' states, the latest first. */
export function HistoryPanel({ rules }: { rules: readonly Rule[] }) {
  const { data, error } = useQuery({
    queryKey: ["alerts", "history"],
    queryFn: ({ signal }) => getAlertHistory(signal),
  });
  const [ruleId, setRuleId] = useState("");
  const [state, setState] = useState("");
  if (isAbsent(error)) return null;
  const names = new Map((data ?? []).map(({ rule, name }) => [rule, name]));
  const fitting = (data ?? []).filter(
    ({ rule, to }) => (ruleId === "" || rule === ruleId) && (state === "" || to === state),
  );
  const latest = [...fitting].sort((a, b) => Date.parse(b.time) - Date.parse(a.time)).slice(0, SHOWN);
  return (
    <Panel
      title={t("History")}
      error={error}
      aside={
        data &&
        data.length > 0 && (
          <>
            <select
              className="select"
              aria-label={t("Filter by rule")}
              value={ruleId}
              onChange={(event) => setRuleId(event.target.value)}
            >
              <option value="">{t("all rules")}</option>
              {[...names].map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <select
              className="select"
              aria-label={t("Filter by state")}
              value={state}
              onChange={(event) => setState(event.target.value)}
            >
              <option value="">{t("all changes")}</option>
              {STATES.map((name) => (
                <option key={name} value={name}>
                  {t("to {state}", { state: stateName(name) })}
                </option>
              ))}
            </select>
          </>
        )
      }
    >
      {data && data.length > 0 && latest.length === 0 && <p className="empty-row">{t("No matching changes.")}</p>}
      {data?.length === 0 && <p className="empty-row">{t("No changes yet.")}</p>}
      {latest.length > 0 && (
        <Table heads={[t("Time"), t("Rule"), t("Group"), t("Change"), `${t("Value")}#`]}>
          {latest.map((change, index) => (
            <HistoryRow key={index} change={change} rule={rules.find(({ id }) => id === change.rule)} />
          ))}
        </Table>
      )}
    </Panel>
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
        <span className="muted">{stateName(change.from)} → </span>
        <span className="state" data-state={change.to}>
          {stateName(change.to)}
        </span>
      </td>
      <td className="num">{formatValue(change.value)}</td>
    </tr>
  );
}
