import { lazy, Suspense } from "react";
import { errorText, isQueryMistake } from "../../api/http";
import type { Asked } from "../../api/query";
import type { FieldActions } from "../../components/record/fieldActions";
import { useIsEmpty } from "../../hooks/useIsEmpty";
import { useRoving } from "../../hooks/useRoving";
import type { Rows } from "../../hooks/useRows";
import { msg, t, tr, type Message } from "../../i18n";
import { LIMITS, type ExploreState, type Tab } from "../../models/exploreState";
import { formatInteger } from "../../models/format";
import { asksForFields, filterPart, pipeNames } from "../../models/logsql";
import { includeFilter, withPipes } from "../../models/queryEdit";
import { routeHash } from "../../models/route";
import { isSliceable } from "../../models/slices";
import { ruleQuery } from "../../models/ruleCheck";
import { BoardMenu } from "./BoardMenu";
import { CapsuleButton } from "./CapsuleButton";
import { useWholeResult } from "./useWholeResult";
import { RecordList } from "./RecordList";
import { ResultChart } from "./ResultChart";
import { NothingFound } from "./NothingFound";
import { ResultTable } from "./ResultTable";
import { ResultStatus } from "./ResultStatus";

// What the first rows do not need.
const ExplainTab = lazy(() => import("./ExplainTab"));
const PatternsTab = lazy(() => import("./PatternsTab"));
const StagesTab = lazy(() => import("./StagesTab"));
const TimelineTab = lazy(() => import("./TimelineTab"));
const FirstSteps = lazy(() => import("../../components/FirstSteps").then((all) => ({ default: all.FirstSteps })));

interface Props {
  state: ExploreState;
  asked: Asked;
  /** Whether the rows are computed results rather than records. */
  aggregated: boolean;
  found: Rows;
  /** The total number of records that the query's filter selects, where known. */
  matched: number | undefined;
  /** The stage of the query that the caret is in, where known. */
  stage: number | undefined;
  onChange: (part: Partial<ExploreState>) => void;
  /** Runs the query again. */
  onRun: () => void;
  onRunWith: (part: Partial<ExploreState>) => void;
  onZoom: (start: number, end: number) => void;
  onPick: (field: string, value: string) => void;
  onPattern: (filter: string, exclude: boolean) => void;
  actions: FieldActions;
}

const TAB_NAMES: Record<Tab, Message> = {
  records: msg("Records"),
  table: msg("Table"),
  chart: msg("Chart"),
  patterns: msg("Patterns"),
  explain: msg("Explain"),
  timeline: msg("Timeline"),
  stages: msg("Stages"),
};
const DAY_MS = 86_400_000;

function tabsOf(query: string, aggregated: boolean): Tab[] {
  const stages: Tab[] = pipeNames(query).length > 0 ? ["stages"] : [];
  if (aggregated) return ["table", "chart", ...stages];
  const filtered: Tab[] = ["patterns", "explain", "timeline", ...stages];
  return asksForFields(query) ? ["table", "records", ...filtered] : ["records", ...filtered];
}

/** The result of the query, in tabs that fit it. */
export function Results(props: Props) {
  const { state, asked, aggregated, found, matched, onChange } = props;
  const tabs: Tab[] = tabsOf(asked.query, aggregated);
  const tab = state.tab && tabs.includes(state.tab) ? state.tab : (tabs[0] ?? "records");
  const head = useRoving<HTMLDivElement>();
  return (
    <section className="results" aria-label={t("Result")}>
      <div ref={head} className="results-head" data-running={found.status === "running" ? "" : undefined}>
        <div className="tabs" role="tablist">
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === tab}
              onClick={() => onChange({ tab: name })}
            >
              {tr(TAB_NAMES[name])}
            </button>
          ))}
        </div>
        <ResultStatus
          asked={asked}
          found={found}
          matched={aggregated ? undefined : matched}
          whole={isSliceable(asked.query)}
          aggregated={aggregated}
        />
        <span className="spacer" />
        {!aggregated && (
          <a className="panel-note" href={routeHash("live", { q: filterPart(asked.query) })}>
            {t("Follow live")}
          </a>
        )}
        <a
          className="panel-note"
          href={routeHash("alerts", { new: ruleQuery(asked.query) })}
          title={t("Create an alert rule from this query")}
        >
          {t("Alert")}
        </a>
        {aggregated && (
          <a
            className="panel-note"
            href={routeHash("series", { new: asked.query })}
            title={t("Compute this step by step from now on, and keep the values beyond the records")}
          >
            {t("Keep as series")}
          </a>
        )}
        {aggregated && <BoardMenu query={asked.query} />}
        <CapsuleButton asked={asked} className="panel-note link" />
        {tab === "records" && (
          <label className="check">
            <input
              type="checkbox"
              checked={state.wrap}
              onChange={(event) => onChange({ wrap: event.target.checked })}
            />{" "}
            {t("Wrap")}
          </label>
        )}
      </div>
      <Suspense fallback={<p className="empty-row">{t("Loading…")}</p>}>
        <Body {...props} tab={tab} />
      </Suspense>
    </section>
  );
}

function Body({
  state,
  asked,
  found,
  matched,
  stage,
  onChange,
  onRun,
  onRunWith,
  onZoom,
  onPick,
  onPattern,
  actions,
  tab,
}: Props & { tab: Tab }) {
  const empty = useIsEmpty();
  const { rows, status } = found;
  if (tab === "patterns") {
    return (
      <PatternsTab
        asked={asked}
        onFilter={onPattern}
        onExtract={(filter, { pipe, fields }) => {
          const query = withPipes(includeFilter(state.query, filter), pipe);
          onRunWith({ query, tab: "records", columns: fields });
        }}
      />
    );
  }
  if (tab === "explain") return <ExplainTab asked={asked} around={state.around} onFilter={onPattern} />;
  if (tab === "timeline") return <TimelineTab asked={asked} actions={actions} />;
  if (tab === "stages") {
    return <StagesTab asked={asked} current={stage} onQuery={(query) => onRunWith({ query, tab: "stages" })} />;
  }
  if (status === "failed") {
    // Errors in the query are shown at the query.
    if (isQueryMistake(found.error)) return <p className="empty-row">{t("Fix the query to run it.")}</p>;
    if (rows.length === 0) return <Failure error={found.error} onRun={onRun} />;
  }
  const failure = status === "failed" && <Failure error={found.error} onRun={onRun} />;
  if (rows.length === 0) {
    if (status === "running" || status === "idle") return <p className="empty-row">{t("Searching…")}</p>;
    if (status === "cancelled") return <p className="empty-row">{t("Cancelled. No results yet.")}</p>;
    if (empty)
      return (
        <div className="page-pad">
          <FirstSteps />
        </div>
      );
    return <NothingFound state={state} onRun={onRunWith} />;
  }
  if (tab === "table")
    return (
      <>
        {failure}
        <ResultTable rows={rows} query={asked.query} onPick={onPick} />
      </>
    );
  if (tab === "chart")
    return (
      <>
        {failure}
        <ResultChart rows={rows} asked={asked} onZoom={onZoom} />
      </>
    );
  const span =
    asked.start !== undefined && asked.end !== undefined ? asked.end - asked.start : Number.POSITIVE_INFINITY;
  return (
    <>
      {failure}
      <RecordRows
        state={state}
        asked={asked}
        found={found}
        matched={matched}
        onChange={onChange}
        actions={actions}
        withDate={span >= DAY_MS}
      />
    </>
  );
}

interface RowsProps extends Pick<Props, "state" | "asked" | "found" | "matched" | "onChange" | "actions"> {
  withDate: boolean;
}

/** All records of the result; where their order is not that of time, as many as the limit allows. */
function RecordRows({ state, asked, found, matched, onChange, actions, withDate }: RowsProps) {
  const { rows, status, stale = false } = found;
  const next = LIMITS.find((limit) => limit > state.limit);
  const more = status === "done" && rows.length >= state.limit && (matched === undefined || matched > rows.length);
  const result = useWholeResult(asked, rows, more);
  return (
    <RecordList
      source={result}
      onWant={result.want}
      asked={asked}
      stale={stale}
      columns={state.columns}
      widths={state.widths}
      onColumns={(columns) => onChange({ columns })}
      onWidths={(widths) => onChange({ widths })}
      wrap={state.wrap}
      withDate={withDate}
      actions={actions}
      foot={
        result.error ? (
          <div className="list-foot danger-text">{errorText(result.error)}</div>
        ) : result.whole ? (
          result.count < (result.total ?? 0) && (
            <div className="list-foot">
              {t("The newest {count} can be scrolled through. A narrower range or the export has the others.", {
                count: formatInteger(result.count),
              })}
            </div>
          )
        ) : (
          more && (
            <div className="list-foot">
              {t("The newest {count} are shown.", { count: rows.length })}{" "}
              {next !== undefined ? (
                <button type="button" className="button" onClick={() => onChange({ limit: next })}>
                  {t("Show {count}", { count: next })}
                </button>
              ) : (
                t("A narrower range or the export has the others.")
              )}
            </div>
          )
        )
      }
    />
  );
}

/** The error, above the rows that arrived before it. */
function Failure({ error, onRun }: { error: unknown; onRun: () => void }) {
  return (
    <div className="notice results-notice" role="alert">
      {errorText(error)}{" "}
      <button type="button" className="button" onClick={onRun}>
        {t("Try again")}
      </button>
    </div>
  );
}
