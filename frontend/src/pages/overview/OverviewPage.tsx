import "./overview.css";
import { FirstSteps } from "../../components/FirstSteps";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { FiringPanel } from "./FiringPanel";
import { HostPanel } from "./HostPanel";
import { InputsPanel } from "./InputsPanel";
import { LevelPanel } from "./LevelPanel";
import { NoisiestPanel } from "./NoisiestPanel";
import { RatePanel } from "./RatePanel";
import { Strip } from "./Strip";

export default function OverviewPage() {
  const empty = useIsEmpty();
  return (
    <div className="page-pad overview">
      <h1 className="visually-hidden">Overview</h1>
      <Strip />
      {empty && <FirstSteps />}
      <RatePanel />
      <LevelPanel />
      <InputsPanel />
      <FiringPanel />
      <NoisiestPanel />
      <HostPanel />
    </div>
  );
}
