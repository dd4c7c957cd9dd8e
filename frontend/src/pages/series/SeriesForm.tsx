import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, isQueryMistake } from "../../api/http";
import { queryRows } from "../../api/query";
import { createSeries, updateSeries, type Series, type SeriesDraft } from "../../api/series";
import { ErrorText } from "../../components/ErrorText";
import { Field } from "../../components/Field";
import { QueryBox } from "../../components/query/QueryBox";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { useSettled } from "../../hooks/useSettled";
import { plural, t } from "../../i18n";
import { durationText, formatInteger, parseDuration } from "../../models/format";
import { NEW_SERIES, seriesProblems, stepMsOf } from "../../models/series";

interface Props {
  /** The series to edit; absent for a new one. */
  series?: Series;
  /** What a new series starts with, where it comes from a search. */
  start?: SeriesDraft;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function SeriesForm({ series, start = NEW_SERIES, onClose, onSaved }: Props) {
  const [draft, setDraft] = useState<SeriesDraft>(
    series ? { name: series.name, query: series.query, step: durationText(stepMsOf(series)) } : start,
  );
  const [tried, setTried] = useState(false);
  const save = useChange(
    (sent: SeriesDraft) => (series ? updateSeries({ ...sent, id: series.id }) : createSeries(sent)),
    ["series"],
  );
  const problems = seriesProblems(draft);
  const server = save.error instanceof ApiError ? save.error.problem : undefined;
  const refused = Object.fromEntries((server?.errors ?? []).map(({ property, reason }) => [property, reason]));
  const shown = { ...(tried && problems), ...refused };
  const set = (part: Partial<SeriesDraft>) => setDraft((old) => ({ ...old, ...part }));
  const changed =
    series !== undefined && (series.query !== draft.query.trim() || stepMsOf(series) !== parseDuration(draft.step));
  function submit() {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    save.mutate(
      { name: draft.name.trim(), query: draft.query.trim(), step: draft.step.trim() },
      {
        onSuccess: (saved) => {
          onClose();
          if (saved) onSaved(saved.id);
        },
      },
    );
  }
  return (
    <Sheet title={series ? t("Edit {name}", { name: series.name }) : t("New series")} onClose={onClose}>
      <form
        className="form sheet-form series-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field name={t("Name: also the name of the metric")} problem={shown.name}>
          <input
            className="input mono"
            placeholder="errors_by_app"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field name={t("Step")} problem={shown.step}>
          <input className="input" value={draft.step} onChange={(event) => set({ step: event.target.value })} />
        </Field>
        <div className="form-row">
          <span>{t("Query: must end in a stats pipe; each group is a line")}</span>
          <QueryBox
            value={draft.query}
            onChange={(query) => set({ query })}
            onRun={submit}
            problem={server?.column === undefined ? undefined : server}
            label={t("Query of the series (LogsQL)")}
          />
          {shown.query && <span className="danger-text">{shown.query}</span>}
        </div>
        {problems.query === undefined && problems.step === undefined && <Now query={draft.query} step={draft.step} />}
        {changed && <p className="form-row">{t("Saving removes the values of this series and computes them anew.")}</p>}
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {series ? t("Save") : t("Create")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {server?.column === undefined && Object.keys(refused).length === 0 && (
            <ErrorText as="span" error={save.error} alert />
          )}
        </div>
      </form>
    </Sheet>
  );
}

const ASKED = 1_000;
const SHOWN = 5;

/** What the query gives for the last step. */
function Now({ query, step }: { query: string; step: string }) {
  const settled = useSettled(`${step}\n${query}`);
  const { data, error } = useQuery({
    queryKey: ["series preview", settled],
    queryFn: ({ signal }) => {
      const [length = "", ...text] = settled.split("\n");
      const end = Date.now();
      return queryRows({ query: text.join("\n"), start: end - (parseDuration(length) ?? 60_000), end }, ASKED, signal);
    },
    enabled: settled !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (error) return isQueryMistake(error) ? null : <ErrorText as="p" className="form-row" error={error} />;
  if (!data) return <p className="form-row">{t("Running the query over the last {step}…", { step })}</p>;
  return (
    <div className="form-row" role="status">
      <span>
        {data.length === 0
          ? t("No group in the last {step}: no record matched.", { step })
          : data.length === ASKED
            ? t("{count} or more groups in the last {step}:", { count: data.length, step })
            : plural(data.length, "{n} group in the last {step}:", "{n} groups in the last {step}:", { step })}
      </span>
      {data.length > 0 && (
        <ul className="series-now mono">
          {data.slice(0, SHOWN).map((row, index) => (
            <li key={index}>
              {Object.entries(row)
                .map(([name, value]) => `${name}=${value || t("(none)")}`)
                .join("  ")}
            </li>
          ))}
          {data.length > SHOWN && (
            <li className="muted">{t("and {length} more", { length: formatInteger(data.length - SHOWN) })}</li>
          )}
        </ul>
      )}
    </div>
  );
}
