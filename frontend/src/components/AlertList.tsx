import type { ReactNode } from "react";
import { t } from "../i18n";
import { Sparkline } from "./chart/Sparkline";
import { useNow } from "../hooks/useNow";
import { useRules } from "../hooks/useRules";
import { alertKey, type WatchedAlert } from "../models/alertTrend";
import {
  alertHref,
  formatLabels,
  formatValue,
  isQuiet,
  thresholdText,
  severityName,
  stateName,
} from "../models/alerts";
import { formatDateTime, formatSpan } from "../models/format";

interface Props {
  alerts: readonly WatchedAlert[];
  /** Actions at the end of an alert's line. */
  action?: (alert: WatchedAlert) => ReactNode;
}

/** Alerts with group, value, reason, trend and age; each links to the records that raised it. */
export function AlertList({ alerts, action }: Props) {
  const now = useNow(1_000);
  const rules = useRules();
  return (
    <ul className={action ? "alert-list alert-list-actions" : "alert-list"}>
      {alerts.map((alert) => {
        const rule = rules.data?.find(({ id }) => id === alert.rule);
        const quiet = isQuiet(alert);
        const token = quiet ? "--line-strong" : alert.state === "FIRING" ? "--danger" : "--warning";
        return (
          <li key={alertKey(alert)} data-quiet={quiet ? "" : undefined}>
            <span className="state" data-state={alert.state} data-quiet={quiet ? "" : undefined}>
              {stateName(alert.state)}
            </span>
            <span className="alert-what">
              <a className="alert-name" href={alertHref(alert, rule)}>
                {alert.name}
              </a>{" "}
              <span className="mono alert-labels">{formatLabels(alert.labels)}</span>
              <span className="alert-reason">
                {alert.severity && <span className="alert-severity">{severityName(alert.severity)}</span>}
                {alert.reason}
                <Handling alert={alert} />
              </span>
            </span>
            <Sparkline values={alert.trend} token={token} />
            <span className="alert-value">
              {formatValue(alert.value)}
              <span className="muted"> {thresholdText(alert, rule)}</span>
            </span>
            <span
              className="muted alert-age"
              title={t("Since {since}", { since: formatDateTime(Date.parse(alert.since), false) })}
            >
              {formatSpan(now - Date.parse(alert.since))}
            </span>
            {action?.(alert)}
          </li>
        );
      })}
    </ul>
  );
}

/** Why nobody is told of an alert any more. */
function Handling({ alert: { silenced, acknowledged } }: { alert: WatchedAlert }) {
  return (
    <>
      {acknowledged && (
        <span className="alert-handling" title={formatDateTime(Date.parse(acknowledged.time), false)}>
          {acknowledged.author ? t("acknowledged by {author}", { author: acknowledged.author }) : t("acknowledged")}
          {acknowledged.comment && `: ${acknowledged.comment}`}
        </span>
      )}
      {silenced && <span className="alert-handling">{t("silenced")}</span>}
    </>
  );
}
