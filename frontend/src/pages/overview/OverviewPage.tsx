import "./overview.css";
import { FirstRun } from "../../components/FirstSteps";
import { useBeginning } from "../../hooks/useBeginning";
import { t } from "../../i18n";
import { FiringPanel } from "./FiringPanel";
import { HostPanel } from "./HostPanel";
import { InputsPanel } from "./InputsPanel";
import { LevelPanel } from "./LevelPanel";
import { NoisiestPanel } from "./NoisiestPanel";
import { RatePanel } from "./RatePanel";
import { TroublePanel } from "./TroublePanel";
import { Strip } from "./Strip";

export default function OverviewPage() {
  const settled = useBeginning();
  return (
    <div className="page-pad overview">
      <h1 className="visually-hidden">{t("Overview")}</h1>
      <Strip />
      <FirstRun />
      {settled && <Panels />}
    </div>
  );
}

/** All below the first steps. */
function Panels() {
  return (
    <>
      {/* What is wrong comes before how the server is. */}
      <FiringPanel />
      <TroublePanel />
      <RatePanel />
      <LevelPanel />
      <InputsPanel />
      <div className="overview-stack">
        <NoisiestPanel />
        <HostPanel />
      </div>
    </>
  );
}
