import "./inputs.css";
import { errorText } from "../../api/http";
import { FirstSteps } from "../../components/FirstSteps";
import { useInputs } from "../../hooks/useInputs";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { ConnectionsTable } from "./ConnectionsTable";
import { FilterPanel } from "./FilterPanel";
import { InputsTable } from "./InputsTable";
import { LedgerPanel } from "./LedgerPanel";
import { SnippetsPanel } from "./SnippetsPanel";

export default function InputsPage() {
  const { data, error } = useInputs();
  const empty = useIsEmpty();
  return (
    <div className="page-pad inputs">
      <h1 className="visually-hidden">Inputs</h1>
      {error && <p className="notice">{errorText(error)}</p>}
      {empty && <FirstSteps />}
      {data && <InputsTable inputs={data.inputs} />}
      {data && <ConnectionsTable connections={data.connections} />}
      {data && <SnippetsPanel inputs={data.inputs} />}
      <LedgerPanel />
      <FilterPanel />
    </div>
  );
}
