import { deleteRule, updateRule } from "../../api/control";
import type { Alert, Rule } from "../../api/types";
import { AskTwice } from "../../components/AskTwice";
import { ErrorText } from "../../components/ErrorText";
import { IconButton } from "../../components/IconButton";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { useSeries } from "../../hooks/useSeries";
import { t } from "../../i18n";
import { openAlerts, severityName, stateName } from "../../models/alerts";
import { conditionOf, kindOf, KINDS, stateOf } from "../../models/rules";
import { findSeries, seriesOf } from "../../models/ruleSeries";
import { exploreHref, routeHash } from "../../models/route";

interface Props {
  rules: readonly Rule[];
  alerts: readonly Alert[];
  onEdit: (rule: Rule) => void;
}

/** All rules with their states. */
export function RulesTable({ rules, alerts, onEdit }: Props) {
  if (rules.length === 0)
    return (
      <p className="empty-row">
        {t(
          "No rules yet. A rule asks a query at an interval and raises an alert for each group that meets its condition; “New rule” tries it on past records first.",
        )}
      </p>
    );
  return (
    <Table className="rules" heads={[t("State"), t("Rule"), t("Fires when"), t("Severity"), t("On"), ""]}>
      {rules.map((rule) => (
        <RuleRow key={rule.id} rule={rule} alerts={alerts} onEdit={onEdit} />
      ))}
    </Table>
  );
}

/** A link to what a rule judges: a search, or a kept series. */
function RuleQuery({ query }: { query: string }) {
  const name = seriesOf(query);
  const { data } = useSeries(name !== undefined);
  if (name === undefined)
    return (
      <a className="rule-query mono" href={exploreHref(query, "1h")} title={t("Run this query in Explore")}>
        {query}
      </a>
    );
  const series = findSeries(query, data ?? []);
  return (
    <a
      className="rule-query mono"
      href={routeHash("series", { id: series?.id ?? name })}
      title={t("Show this kept series")}
    >
      <code>series:{series?.name ?? name}</code>
    </a>
  );
}

function RuleRow({ rule, alerts, onEdit }: { rule: Rule; alerts: readonly Alert[]; onEdit: Props["onEdit"] }) {
  const change = useChange(updateRule, ["rules", "alerts"]);
  const remove = useChange(deleteRule, ["rules", "alerts"]);
  const state = stateOf(rule, alerts);
  // A rule whose firing alerts are all taken care of needs nobody.
  const quiet = state === "FIRING" && openAlerts(alerts.filter((alert) => alert.rule === rule.id)).length === 0;
  return (
    <tr data-off={rule.enabled ? undefined : ""}>
      <td>
        <span className="state" data-state={state} data-quiet={quiet ? "" : undefined}>
          {stateName(state)}
        </span>
      </td>
      <td>
        <div className="rule-name">
          {rule.name}
          {kindOf(rule) !== "threshold" && <span className="rule-kind">{KINDS[kindOf(rule)].label}</span>}
        </div>
        <RuleQuery query={rule.query} />
        {rule.lastError && (
          <div className="danger-text">{t("Last evaluation failed: {lastError}", { lastError: rule.lastError })}</div>
        )}
        <ErrorText error={change.error ?? remove.error} alert />
      </td>
      <td className="rule-condition">{conditionOf(rule)}</td>
      <td>{severityName(rule.severity)}</td>
      <td>
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-label={t("{name} is on", { name: rule.name })}
          checked={rule.enabled}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ ...rule, enabled: event.target.checked })}
        />
      </td>
      <td className="rule-actions">
        <AskTwice
          label={t("Delete {name}", { name: rule.name })}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(rule.id)}
        >
          <IconButton icon="edit" label={t("Edit {name}", { name: rule.name })} onClick={() => onEdit(rule)} />
        </AskTwice>
      </td>
    </tr>
  );
}
