import type { ReactNode } from "react";
import { Sparkline } from "./chart/Sparkline";
import { useNow } from "../hooks/useNow";
import { useRules } from "../hooks/useRules";
import { alertKey, type WatchedAlert } from "../models/alertTrend";
import { alertHref, formatLabels, formatValue } from "../models/alerts";
import { formatSpan } from "../models/format";

interface Props {
  alerts: readonly WatchedAlert[];
  /** Actions at the end of an alert's line. */
  action?: (alert: WatchedAlert) => ReactNode;
}

/** Alerts with group, value, trend and age; each links to the records that raised it. */
export function AlertList({ alerts, action }: Props) {
  const now = useNow(1_000);
  const rules = useRules();
  return (
    <ul className={action ? "alert-list alert-list-actions" : "alert-list"}>
      {alerts.map((alert) => {
        const rule = rules.data?.find(({ id }) => id === alert.rule);
        return (
          <li key={alertKey(alert)}>
            <span className="state" data-state={alert.state}>
              {alert.state}
            </span>
            <a className="alert-name" href={alertHref(alert, rule)}>
              {alert.name}
            </a>
            <span className="mono muted alert-labels">
              {formatLabels(alert.labels)}
              {alert.silenced && " (silenced)"}
            </span>
            <Sparkline values={alert.trend} token={alert.state === "FIRING" ? "--danger" : "--warning"} />
            <span className="alert-value">
              {formatValue(alert.value)}
              {rule && (
                <span className="muted">
                  {" "}
                  {rule.comparison} {formatValue(rule.threshold)}
                </span>
              )}
            </span>
            <span className="muted alert-age">{formatSpan(now - Date.parse(alert.since))}</span>
            {action?.(alert)}
          </li>
        );
      })}
    </ul>
  );
}
