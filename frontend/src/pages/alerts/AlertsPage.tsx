import "./alertsPage.css";
import { useState } from "react";
import type { Rule } from "../../api/types";
import { AlertList } from "../../components/AlertList";
import { Panel } from "../../components/Panel";
import { useAlerts } from "../../hooks/useAlerts";
import { useParams } from "../../hooks/useRoute";
import { useRules } from "../../hooks/useRules";
import { HistoryPanel } from "./HistoryPanel";
import { RuleForm } from "./RuleForm";
import { RulesTable } from "./RulesTable";
import { SilenceMenu } from "./SilenceMenu";
import { SilencesPanel } from "./SilencesPanel";

type Editing = { rule?: Rule; query?: string };

export default function AlertsPage() {
  const alerts = useAlerts();
  const rules = useRules();
  // Explore passes a query in the address.
  const [params, setParams] = useParams("alerts");
  const handed = params.get("new");
  const [editing, setEditing] = useState<Editing | undefined>(handed ? { query: handed } : undefined);
  const close = () => {
    setEditing(undefined);
    if (handed) setParams(new URLSearchParams(), "replace");
  };
  const current = (alerts.data ?? []).filter(({ state }) => state !== "INACTIVE");
  return (
    <div className="page-pad alerts-page">
      <h1 className="visually-hidden">Alerts</h1>
      <Panel title="Now" error={alerts.error}>
        {alerts.data && current.length === 0 && <p className="empty-row">No alert is firing or pending.</p>}
        {current.length > 0 && <AlertList alerts={current} action={(alert) => <SilenceMenu alert={alert} />} />}
      </Panel>
      <Panel
        title="Rules"
        error={rules.error}
        aside={
          <button type="button" className="button" onClick={() => setEditing({})}>
            New rule
          </button>
        }
      >
        {rules.data && (
          <RulesTable rules={rules.data} alerts={alerts.data ?? []} onEdit={(rule) => setEditing({ rule })} />
        )}
      </Panel>
      <SilencesPanel rules={rules.data ?? []} />
      <HistoryPanel rules={rules.data ?? []} />
      {editing && <RuleForm {...editing} onClose={close} />}
    </div>
  );
}
