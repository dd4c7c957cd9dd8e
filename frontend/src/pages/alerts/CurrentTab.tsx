import { useState } from "react";
import type { Alert, Rule } from "../../api/types";
import { AlertList } from "../../components/AlertList";
import { Panel } from "../../components/Panel";
import { useAlerts } from "../../hooks/useAlerts";
import { useParams } from "../../hooks/useRoute";
import { useRules } from "../../hooks/useRules";
import { t } from "../../i18n";
import { byUrgency } from "../../models/alertOrder";
import { isQuiet } from "../../models/alerts";
import { formatInteger } from "../../models/format";
import { AlertMenu } from "./AlertMenu";
import { HistoryPanel } from "./HistoryPanel";
import { RuleForm } from "./RuleForm";
import { RulesTable } from "./RulesTable";
import { SilenceForm } from "./SilenceForm";
import { SilencesPanel } from "./SilencesPanel";

type Editing = { rule?: Rule; query?: string };

/** Alerts, silences, rules and history. */
export function CurrentTab() {
  const alerts = useAlerts();
  const rules = useRules();
  // Explore passes a query in the address.
  const [params, setParams] = useParams("alerts");
  const handed = params.get("new");
  const [chosen, setEditing] = useState<Editing>();
  const editing = chosen ?? (handed ? { query: handed } : undefined);
  const [silencing, setSilencing] = useState<{ from?: Alert }>();
  const close = () => {
    setEditing(undefined);
    if (handed) setParams(new URLSearchParams(), "replace");
  };
  const current = (alerts.data ?? []).filter(({ state }) => state !== "INACTIVE").sort(byUrgency);
  // What comes below waits, so that it does not move when the list above it arrives.
  const alertsShown = !alerts.isPending;
  const rulesShown = !rules.isPending;
  const quiet = current.filter(isQuiet).length;
  return (
    <>
      <Panel
        title={t("Now")}
        note={quiet > 0 && t("{quiet} silenced or acknowledged", { quiet: formatInteger(quiet) })}
        error={alerts.error}
        aside={
          <button type="button" className="button" onClick={() => setSilencing({})}>
            {t("Silence by labels…")}
          </button>
        }
      >
        {!alerts.data && !alerts.error && <p className="empty-row">{t("Loading alerts…")}</p>}
        {alerts.data && current.length === 0 && <p className="empty-row">{t("No alert is firing or pending.")}</p>}
        {current.length > 0 && (
          <AlertList
            alerts={current}
            action={(alert) => <AlertMenu alert={alert} onSilence={(from) => setSilencing({ from })} />}
          />
        )}
      </Panel>
      {alertsShown && (
        <>
          <SilencesPanel rules={rules.data ?? []} />
          <Panel
            title={t("Rules")}
            error={rules.error}
            aside={
              <button type="button" className="button" onClick={() => setEditing({})}>
                {t("New rule")}
              </button>
            }
          >
            {rules.data && (
              <RulesTable rules={rules.data} alerts={alerts.data ?? []} onEdit={(rule) => setEditing({ rule })} />
            )}
          </Panel>
          {rulesShown && <HistoryPanel rules={rules.data ?? []} />}
        </>
      )}
      {editing && <RuleForm key={handed} {...editing} onClose={close} />}
      {silencing && (
        <SilenceForm from={silencing.from} alerts={alerts.data ?? []} onClose={() => setSilencing(undefined)} />
      )}
    </>
  );
}
