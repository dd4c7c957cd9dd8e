import { errorText } from "../../api/http";
import { AlertList } from "../../components/AlertList";
import { useAlerts } from "../../hooks/useAlerts";
import { routeHash } from "../../models/route";

/** What is firing or about to, as it happens. */
export function FiringPanel() {
  const { data, error } = useAlerts();
  const shown = data?.filter(({ state }) => state !== "INACTIVE");
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>Alerts</h2>
        <span className="spacer" />
        <a className="panel-note" href={routeHash("alerts")}>
          Rules and history
        </a>
      </div>
      {error && <p className="empty-row">{errorText(error)}</p>}
      {shown?.length === 0 && <p className="empty-row">Nothing is firing.</p>}
      {shown && shown.length > 0 && <AlertList alerts={shown} />}
    </section>
  );
}
