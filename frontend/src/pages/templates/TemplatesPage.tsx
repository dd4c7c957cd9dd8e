import "./templates.css";
import { lazy, Suspense } from "react";
import { Tabs } from "../../components/Tabs";
import { useParams } from "../../hooks/useRoute";
import { msg, t } from "../../i18n";
import { MarksPanel } from "./MarksPanel";
import { TemplatesPanel } from "./TemplatesPanel";

const NoiseTab = lazy(() => import("../noise/NoiseTab"));

const TABS = [
  { id: "", name: msg("Templates") },
  { id: "noise", name: msg("Noise") },
];

export default function TemplatesPage() {
  const [params] = useParams("templates");
  const tab = params.get("tab") === "noise" ? "noise" : "";
  return (
    <div className="page-pad templates-page">
      <h1 className="visually-hidden">{t("Templates")}</h1>
      <Tabs page="templates" tabs={TABS} current={tab} label={t("Templates")} />
      {tab === "noise" ? (
        <Suspense fallback={<div className="loading">{t("Loading…")}</div>}>
          <NoiseTab />
        </Suspense>
      ) : (
        <TemplatesPanel below={<MarksPanel />} />
      )}
    </div>
  );
}
