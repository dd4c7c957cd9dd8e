import { AlertList } from "../../components/AlertList";
import { Panel } from "../../components/Panel";
import { useAlerts } from "../../hooks/useAlerts";
import { routeHash } from "../../models/route";

/** Alerts that are firing or pending. */
export function FiringPanel() {
  const { data, error } = useAlerts();
  const shown = data?.filter(({ state }) => state !== "INACTIVE");
  const aside = (
    <a className="panel-note" href={routeHash("alerts")}>
      Rules and history
    </a>
  );
  return (
    <Panel title="Alerts" aside={aside} error={error}>
      {shown?.length === 0 && <p className="empty-row">No alert is firing.</p>}
      {shown && shown.length > 0 && <AlertList alerts={shown} />}
    </Panel>
  );
}
