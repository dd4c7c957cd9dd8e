import "./live.css";
import { useState } from "react";
import { FirstSteps } from "../../components/FirstSteps";
import { IconButton } from "../../components/IconButton";
import { QueryBox } from "../../components/query/QueryBox";
import { RecordDetail } from "../../components/record/RecordDetail";
import type { Row } from "../../api/types";
import { useDraft } from "../../hooks/useDraft";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { navigate, useParams } from "../../hooks/useRoute";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t } from "../../i18n";
import { LEVELS } from "../../models/levels";
import { addFilter, equals, excludeFilter, includeFilter } from "../../models/queryEdit";
import { TailList } from "./TailList";
import { TailStatus } from "./TailStatus";
import { useTail } from "./useTail";

/** Records as they arrive. The query and the minimum level are kept in the address. */
export default function LivePage() {
  const [params, setParams] = useParams("live");
  const query = params.get("q") || "*";
  const level = params.get("level") ?? "";
  const [draft, setDraft] = useDraft(query);
  const [selected, setSelected] = useState<{ id: number; row: Row }>();
  const followed = level ? addFilter(query, `level:>=${level}`) : query;
  const { buffer, stream } = useTail(followed);
  const empty = useIsEmpty();

  const run = (next: string, nextLevel = level) => {
    const search = new URLSearchParams({ q: next.trim() || "*" });
    if (nextLevel) search.set("level", nextLevel);
    setSelected(undefined);
    buffer.resume();
    setParams(search);
  };
  const pause = () => buffer.pause();
  const resume = () => {
    setSelected(undefined);
    buffer.resume();
  };
  const toggle = () => (buffer.paused ? resume() : pause());
  const byLevel = LEVELS.map((name, index): [string, () => void] => [
    String(index + 1),
    () => run(query, index === 0 ? "" : name),
  ]);
  useShortcuts({ p: toggle, " ": toggle, Escape: () => setSelected(undefined), ...Object.fromEntries(byLevel) });

  function select(id: number) {
    const item = buffer.at(id - buffer.firstId);
    if (item?.kind !== "row") return;
    pause();
    setSelected(id === selected?.id ? undefined : { id, row: item.row });
  }

  return (
    <div className="live">
      <h1 className="visually-hidden">{t("Live")}</h1>
      <div className="toolbar">
        <QueryBox
          value={draft}
          onChange={setDraft}
          onRun={() => run(draft)}
          problem={stream.kind === "refused" ? stream.error.problem : undefined}
          label={t("Filter of the live records (LogsQL)")}
          hint="* shows every record; try level:ERROR or app:=nginx"
        />
        <select
          className="select"
          aria-label={t("Minimum level")}
          value={level}
          onChange={(event) => run(query, event.target.value)}
        >
          <option value="">{t("All levels")}</option>
          {LEVELS.slice(1).map((name) => (
            <option key={name} value={name}>
              {name}
              {name === "FATAL" ? "" : ` ${t("and above")}`}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button button-primary live-toggle"
          onClick={toggle}
          aria-pressed={buffer.paused}
        >
          {buffer.paused ? t("Resume") : t("Pause")}
        </button>
        <button type="button" className="button" onClick={() => buffer.clear()}>
          {t("Clear")}
        </button>
      </div>
      <TailStatus buffer={buffer} stream={stream} onResume={resume} />
      {empty && <FirstSteps />}
      <TailList
        buffer={buffer}
        query={followed}
        selected={selected?.id}
        onSelect={select}
        onHold={pause}
        onLeaveEnd={pause}
        onReachEnd={selected ? noop : resume}
      />
      {selected && (
        <aside className="live-detail" aria-label={t("Record")}>
          <div className="panel-head">
            <h2>{t("Record")}</h2>
            <span className="spacer" />
            <button type="button" className="button button-quiet" onClick={() => explore(selected.row)}>
              {t("Open in Explore")}
            </button>
            <IconButton icon="close" label={t("Close the record")} onClick={() => setSelected(undefined)} />
          </div>
          <RecordDetail
            row={selected.row}
            actions={{
              onFilter: (field, value, exclude) => {
                const filter = equals(field, value);
                run(exclude ? excludeFilter(query, filter) : includeFilter(query, filter));
              },
            }}
          />
        </aside>
      )}
    </div>
  );

  function explore(row: Row) {
    navigate("explore", new URLSearchParams({ q: row._stream ? equals("_stream", row._stream) : query, range: "15m" }));
  }
}

function noop(): void {
  // While a record is open, reaching the end of the list must not resume following.
}
