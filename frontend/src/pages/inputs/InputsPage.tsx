import "./inputs.css";
import { lazy, Suspense } from "react";
import { errorText } from "../../api/http";
import { FirstRun } from "../../components/FirstSteps";
import { Tabs } from "../../components/Tabs";
import { useInputs } from "../../hooks/useInputs";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { useBeginning } from "../../hooks/useBeginning";
import { useParams } from "../../hooks/useRoute";
import { msg, t } from "../../i18n";
import { ConnectionsTable } from "./ConnectionsTable";
import { FilterPanel } from "./FilterPanel";
import { InputsTable } from "./InputsTable";
import { LedgerPanel } from "./LedgerPanel";
import { SnippetsPanel } from "./SnippetsPanel";

const SourcesTab = lazy(() => import("./SourcesTab"));

const TABS = [
  { id: "", name: msg("Inputs") },
  { id: "sources", name: msg("Sources and deliveries") },
];

export default function InputsPage() {
  const [params] = useParams("inputs");
  const sources = params.get("tab") === "sources";
  return (
    <div className="page-pad inputs">
      <h1 className="visually-hidden">{t("Inputs")}</h1>
      <Tabs page="inputs" tabs={TABS} current={sources ? "sources" : ""} label={t("Inputs")} />
      {sources ? (
        <Suspense fallback={<div className="loading">{t("Loading…")}</div>}>
          <SourcesTab />
        </Suspense>
      ) : (
        <InputsTab />
      )}
    </div>
  );
}

function InputsTab() {
  const { data, error } = useInputs();
  const empty = useIsEmpty();
  const settled = useBeginning();
  // The tables come first; what is below them would be pushed down by them.
  if ((!data && !error) || !settled) return <div className="loading">{t("Loading…")}</div>;
  return (
    <>
      {error && <p className="notice">{errorText(error)}</p>}
      <FirstRun />
      {data && <InputsTable inputs={data.inputs} />}
      {data && <ConnectionsTable connections={data.connections} />}
      {data && !empty && <SnippetsPanel inputs={data.inputs} />}
      <LedgerPanel />
      <FilterPanel />
    </>
  );
}
