import "./alertsPage.css";
import { lazy, Suspense } from "react";
import { useParams } from "../../hooks/useRoute";
import { Tabs } from "../../components/Tabs";
import { msg, t } from "../../i18n";
import { CurrentTab } from "./CurrentTab";

const ChannelsTab = lazy(() => import("./channels/ChannelsTab"));

const TABS = [
  { id: "", name: msg("Alerts and rules") },
  { id: "channels", name: msg("Channels") },
];

export default function AlertsPage() {
  const [params] = useParams("alerts");
  const tab = params.get("tab") === "channels" ? "channels" : "";
  return (
    <div className="page-pad alerts-page">
      <h1 className="visually-hidden">{t("Alerts")}</h1>
      <Tabs page="alerts" tabs={TABS} current={tab} label={t("Alerts")} />
      {tab === "channels" ? (
        <Suspense fallback={<div className="loading">{t("Loading…")}</div>}>
          <ChannelsTab />
        </Suspense>
      ) : (
        <CurrentTab />
      )}
    </div>
  );
}
