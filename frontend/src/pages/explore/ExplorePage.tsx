import "./explore.css";
import "./results.css";
import "./patterns.css";
import "./found.css";
import "./stages.css";
import "./explain.css";
import { useCallback, useMemo, useState } from "react";
import { ApiError, isQueryMistake } from "../../api/http";
import { FilterChips } from "../../components/FilterChips";
import { Icon } from "../../components/Icon";
import { QueryBox } from "../../components/query/QueryBox";
import { useDraft } from "../../hooks/useDraft";
import { useLanguage } from "../../hooks/useLanguage";
import { useReconnect } from "../../hooks/useReconnect";
import { useRows } from "../../hooks/useRows";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t } from "../../i18n";
import type { ExploreState, Tab } from "../../models/exploreState";
import { BY_LEVEL } from "../../models/histogram";
import { isAggregation } from "../../models/logsql";
import { rangeOf } from "../../models/patternBase";
import { pickValue, type Pick } from "../../models/filters";
import { placeAsTyped } from "../../models/ownRecords";
import { addFilter, equals, excludeFilter, includeFilter, withPipes } from "../../models/queryEdit";
import { BreakdownMenu } from "./BreakdownMenu";
import { ExportMenu } from "./ExportMenu";
import { FieldSidebar } from "./FieldSidebar";
import { HistogramPanel } from "./HistogramPanel";
import { HistoryMenu } from "./HistoryMenu";
import { RangePicker } from "./RangePicker";
import { Results } from "./Results";
import { SavedSearches } from "./SavedSearches";
import { ShareMenu } from "./ShareMenu";
import { useExplore } from "./useExplore";
import { useHistogram } from "./useHistogram";

/** Tabs that do not show the rows of the query. */
const APART: ReadonlySet<Tab> = new Set(["patterns", "explain", "timeline"]);

export default function ExplorePage() {
  const { state, asked, change, run, undo } = useExplore();
  const [draft, setDraft] = useDraft(state.query);
  const [stage, setStage] = useState<number>();
  const [fieldsOpen, setFieldsOpen] = useState(false);
  const { functions } = useLanguage();
  const aggregated = isAggregation(asked.query, new Set(functions.map(({ name }) => name)));
  // These have queries of their own.
  const found = useRows(asked, state.limit, !APART.has(state.tab ?? "records") || aggregated);
  const by = state.by ?? BY_LEVEL;
  const histogram = useHistogram(asked, by);
  const running = found.status === "running";
  const mistake = isQueryMistake(found.error) ? found.error.problem : undefined;
  const problem = mistake && state.othersOnly ? placeAsTyped(mistake, state.query) : mistake;
  // What failed because the server was away is asked again once it is back.
  useReconnect(() => {
    if (found.status === "failed" && !(found.error instanceof ApiError)) run();
  });
  useShortcuts({ Escape: found.cancel, ...(undo && { z: undo }) });

  // What is typed but did not run yet takes part in every change.
  const query = draft.trim() || "*";
  const pick = (field: string, value: string, how: Pick) => run({ query: pickValue(query, field, value, how) });
  const filter = (field: string, value: string, exclude: boolean) => pick(field, value, exclude ? "exclude" : "toggle");
  /** The story that a shared id tells: all records with it, whatever else was asked for. */
  const follow = (field: string, value: string) => run({ query: equals(field, value), tab: "timeline" });
  function column(name: string) {
    const { columns } = state;
    change({ columns: columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name] });
  }
  const zoom = (start: number, end: number) => {
    const around = rangeOf(asked);
    run({ range: { kind: "between", start, end }, ...(around && { around }) });
  };
  const range = useCallback(
    () => ({
      ...(asked.start !== undefined && { start: asked.start }),
      ...(asked.end !== undefined && { end: asked.end }),
    }),
    [asked],
  );
  const rowsForFields = useMemo(() => (aggregated ? [] : found.rows), [aggregated, found.rows]);

  return (
    <div className="explore">
      <h1 className="visually-hidden">{t("Explore")}</h1>
      <div className="toolbar explore-toolbar">
        <QueryBox
          value={draft}
          onChange={setDraft}
          onRun={() => run({ query: draft })}
          problem={problem}
          onStage={setStage}
          asked={range}
          label={t("Query (LogsQL)")}
          hint="* matches everything; try error, app:=nginx, level:>=WARN, or … | stats by (app) count()"
        />
        <RangePicker range={state.range} onChange={(next) => run({ query: draft, range: next })} />
        {running ? (
          <button type="button" className="button run-button" onClick={found.cancel}>
            <span className="run-cancel">{t("Cancel")}</span>
          </button>
        ) : (
          <button type="button" className="button button-primary run-button" onClick={() => run({ query: draft })}>
            {t("Run")}
          </button>
        )}
        <SavedSearches state={state} onOpen={(part: Partial<ExploreState>) => run(part)} />
        <HistoryMenu onOpen={(part) => run(part)} />
        <ShareMenu state={state} asked={asked} />
        <ExportMenu asked={asked} aggregated={aggregated} matched={histogram.total} />
        <button
          type="button"
          className="button fields-button"
          aria-expanded={fieldsOpen}
          onClick={() => setFieldsOpen(!fieldsOpen)}
        >
          <Icon name="fields" /> {t("Fields")}
        </button>
      </div>
      <FilterChips
        query={state.query}
        othersOnly={state.othersOnly ?? false}
        onChange={(next) => run({ query: next })}
        onAll={() => run({ query, othersOnly: false })}
        onUndo={undo}
      />
      <div className="explore-body" data-fields={fieldsOpen ? "" : undefined}>
        <FieldSidebar
          asked={asked}
          query={state.query}
          rows={rowsForFields}
          columns={state.columns}
          onPick={pick}
          onColumn={column}
        />
        <div className="explore-main">
          <HistogramPanel
            histogram={histogram.data}
            extent={histogram.extent}
            error={histogram.error}
            onZoom={zoom}
            range={state.range}
            onRange={(next) => run({ range: next })}
            onExplain={state.around && (() => change({ tab: "explain" }))}
            onValue={(field, value) => filter(field, value, false)}
            menu={<BreakdownMenu by={by} asked={asked} onChange={(field) => change({ by: field })} />}
          />
          <Results
            aggregated={aggregated}
            state={state}
            asked={asked}
            found={found}
            matched={histogram.total}
            // Positions mean nothing in another query than the one that ran.
            stage={query === state.query ? stage : undefined}
            onChange={change}
            onRun={() => run()}
            onRunWith={run}
            onZoom={zoom}
            onPick={(field, value) => run({ query: addFilter(withPipes(query, ""), equals(field, value)) })}
            onPattern={(one, exclude) =>
              run({
                query: exclude ? excludeFilter(query, one) : includeFilter(query, one),
                ...(!exclude && { tab: "records" }),
                ...(exclude && state.tab && { tab: state.tab }),
              })
            }
            actions={{ onFilter: filter, onColumn: column, onTimeline: follow }}
          />
        </div>
      </div>
    </div>
  );
}
