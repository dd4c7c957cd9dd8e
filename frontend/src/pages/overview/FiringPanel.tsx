import { AlertList } from "../../components/AlertList";
import { Panel } from "../../components/Panel";
import { useAlerts } from "../../hooks/useAlerts";
import { t } from "../../i18n";
import { routeHash } from "../../models/route";

/** Alerts that are firing or pending. */
export function FiringPanel() {
  const { data, error } = useAlerts();
  const shown = data?.filter(({ state }) => state !== "INACTIVE");
  const aside = (
    <a className="panel-note" href={routeHash("alerts")}>
      {t("Rules and history")}
    </a>
  );
  return (
    <Panel title={t("Alerts")} aside={aside} error={error}>
      {!data && !error && <p className="empty-row">{t("Loading…")}</p>}
      {shown?.length === 0 && <p className="empty-row">{t("No alert is firing.")}</p>}
      {shown && shown.length > 0 && <AlertList alerts={shown} />}
    </Panel>
  );
}
