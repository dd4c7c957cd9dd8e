import "./live.css";
import { useMemo, useState } from "react";
import { FilterChips } from "../../components/FilterChips";
import { FirstSteps } from "../../components/FirstSteps";
import { IconButton } from "../../components/IconButton";
import { QueryBox } from "../../components/query/QueryBox";
import { RecordDetail } from "../../components/record/RecordDetail";
import type { Row } from "../../api/types";
import { useDraft } from "../../hooks/useDraft";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { navigate } from "../../hooks/useRoute";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t, tr } from "../../i18n";
import { LEVELS } from "../../models/levels";
import { placeAsTyped, withoutOwn } from "../../models/ownRecords";
import { addFilter, equals, excludeFilter, includeFilter } from "../../models/queryEdit";
import { RateGrid } from "../../models/rateGrid";
import { rowMarker } from "../../models/rowMarks";
import { TAKEN_VIEWS, takenOut } from "../../models/taken";
import { MarksMenu } from "./MarksMenu";
import { RateMap } from "./RateMap";
import { TailList } from "./TailList";
import { TailStatus } from "./TailStatus";
import { useLiveState, type LiveState } from "./useLiveState";
import { useSignals } from "./useSignals";
import { useTail } from "./useTail";

/** Records as they arrive. What is shown, and how, is kept in the address. */
export default function LivePage() {
  const [state, change] = useLiveState();
  const { query, level, taken, rules, othersOnly } = state;
  const [draft, setDraft] = useDraft(query);
  const [selected, setSelected] = useState<{ id: number; row: Row }>();
  const wanted = level ? addFilter(query, `level:>=${level}`) : query;
  const followed = othersOnly ? withoutOwn(wanted) : wanted;
  const shown = `${taken} ${followed}`;
  const [counts, setCounts] = useState(() => ({ shown, grid: new RateGrid() }));
  if (counts.shown !== shown) setCounts({ shown, grid: new RateGrid() });
  const { grid } = counts;
  const marker = useMemo(() => rowMarker(rules), [rules]);
  const signal = useSignals(rules);
  const { buffer, stream } = useTail(followed, taken, (rows) => {
    grid.add(taken === "only" ? rows : rows.filter((row) => !takenOut(row)), Date.now());
    signal(rows);
  });
  const problem = stream.kind === "refused" ? stream.error.problem : undefined;
  const empty = useIsEmpty();

  const go = (part: Partial<LiveState>) => {
    setSelected(undefined);
    buffer.resume();
    change(part);
  };
  const run = (next: string) => go({ query: next });
  const pause = () => buffer.pause();
  const resume = () => {
    setSelected(undefined);
    buffer.resume();
  };
  const toggle = () => (buffer.paused ? resume() : pause());
  const byLevel = LEVELS.map((name, index): [string, () => void] => [
    String(index + 1),
    () => go({ level: index === 0 ? "" : name }),
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
          problem={problem && othersOnly ? placeAsTyped(problem, wanted) : problem}
          label={t("Filter of the live records (LogsQL)")}
          hint="* shows every record; try level:ERROR or app:=nginx"
        />
        <select
          className="select"
          aria-label={t("Minimum level")}
          value={level}
          onChange={(event) => go({ level: event.target.value })}
        >
          <option value="">{t("All levels")}</option>
          {LEVELS.slice(1).map((name) => (
            <option key={name} value={name}>
              {name}
              {name === "FATAL" ? "" : ` ${t("and above")}`}
            </option>
          ))}
        </select>
        <select
          className="select"
          aria-label={t("Records shown")}
          value={taken}
          onChange={(event) => go({ taken: event.target.value })}
        >
          {TAKEN_VIEWS.map(({ value, label }) => (
            <option key={value} value={value}>
              {tr(label)}
            </option>
          ))}
        </select>
        <MarksMenu rules={rules} onChange={(changed) => change({ rules: changed }, "replace")} />
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
      <FilterChips
        query={query}
        othersOnly={othersOnly}
        onChange={run}
        onAll={() => go({ query, othersOnly: false })}
      />
      <TailStatus buffer={buffer} stream={stream} onResume={resume} />
      <RateMap key={shown} grid={grid} query={followed} counted={taken !== "only"} paused={buffer.paused} />
      {empty && buffer.length === 0 ? (
        <div className="page-pad">
          <FirstSteps />
        </div>
      ) : (
        <TailList
          buffer={buffer}
          query={followed}
          marker={marker}
          selected={selected?.id}
          onSelect={select}
          onHold={pause}
          onLeaveEnd={pause}
          onReachEnd={selected ? noop : resume}
        />
      )}
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
          <TakenNotice row={selected.row} />
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

/** Why a record is not stored, and where that is set. */
function TakenNotice({ row }: { row: Row }) {
  const taken = takenOut(row);
  if (!taken) return null;
  return (
    <p className="live-notice">
      {t("This record is not stored: {by} ({why}) took it out.", { by: taken.by, why: taken.why })}{" "}
      <a href={taken.href}>{t("Show where that is set")}</a>
    </p>
  );
}

function noop(): void {
  // While a record is open, reaching the end of the list must not resume following.
}
