import "./sinks.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { getSinks, getSinkTypes, type Sink } from "../../api/sinks";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { t } from "../../i18n";
import { SinkForm } from "./SinkForm";
import { SinkRow } from "./SinkRow";

const POLL_MS = 3_000;

/** Where records are sent on to: state, lag and queue of each, and what can be done. */
export default function SinksPage() {
  const { data, error } = useQuery({
    queryKey: ["sinks"],
    queryFn: ({ signal }) => getSinks(signal),
    refetchInterval: POLL_MS,
  });
  const types = useQuery({
    queryKey: ["sink types"],
    queryFn: ({ signal }) => getSinkTypes(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [editing, setEditing] = useState<Sink | "new">();
  const sorted = [...(data ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div className="page-pad sinks-page">
      <h1 className="visually-hidden">{t("Sinks")}</h1>
      <Panel
        title={t("Sinks")}
        note={t("copies of records are sent on through a queue on disk; a slow receiver never slows what comes in")}
        error={isAbsent(error) ? undefined : error}
        aside={
          types.data && (
            <button type="button" className="button" onClick={() => setEditing("new")}>
              <Icon name="plus" /> {t("New sink")}
            </button>
          )
        }
      >
        {isAbsent(error) && <p className="empty-row">{t("This server has no sinks.")}</p>}
        {!data && !error && <p className="empty-row">{t("Loading sinks…")}</p>}
        {data?.length === 0 && (
          <p className="empty-row">
            {t(
              "No sinks yet. A sink sends the records that a filter selects to a file, a SIEM, a database, a topic or another LogCaster, and keeps them on disk while the receiver is away.",
            )}
          </p>
        )}
        {sorted.length > 0 && (
          <ul className="sinks">
            {sorted.map((sink) => (
              <SinkRow key={sink.id} sink={sink} onEdit={() => setEditing(sink)} />
            ))}
          </ul>
        )}
      </Panel>
      {editing && types.data && (
        <SinkForm
          {...(editing !== "new" && { sink: editing })}
          types={types.data}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}
