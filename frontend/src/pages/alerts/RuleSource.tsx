import type { RuleDraft } from "../../api/types";
import { useSeries } from "../../hooks/useSeries";
import { rich, t } from "../../i18n";
import { durationText } from "../../models/format";
import { routeHash } from "../../models/route";
import { kindOf, queryOf } from "../../models/rules";
import { findSeries, SERIES_KINDS, seriesOf, withSeries } from "../../models/ruleSeries";
import { stepMsOf } from "../../models/series";

interface Props {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
}

/** What a rule judges: records, or a kept series. Absent where there is no choice. */
export function RuleSource({ draft, onChange }: Props) {
  const { data } = useSeries();
  const all = data ?? [];
  const judged = seriesOf(draft.query);
  const chosen = findSeries(draft.query, all);
  if (!SERIES_KINDS.includes(kindOf(draft)) || (all.length === 0 && judged === undefined)) return null;
  function choose(id: string) {
    const series = all.find((one) => one.id === id);
    onChange(series ? withSeries(draft, series) : { ...draft, query: queryOf(kindOf(draft)) });
  }
  return (
    <label className="form-row">
      <span>{t("Judges")}</span>
      <select
        className="select"
        value={judged === undefined ? "" : (chosen?.id ?? judged)}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t("records, by a query")}</option>
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {t("the kept series {name}", { name })}
          </option>
        ))}
        {judged !== undefined && !chosen && (
          <option value={judged}>{t("the series {judged}, which does not exist", { judged })}</option>
        )}
      </select>
      {chosen && (
        <span className="form-hint">
          {rich(
            "{query}, every {step}. Its values outlive their records. The window needs at least two steps; the last value in it counts.",
            {
              query: (
                <a href={routeHash("series", { id: chosen.id })}>
                  <code>{chosen.query}</code>
                </a>
              ),
              step: durationText(stepMsOf(chosen)),
            },
          )}
        </span>
      )}
    </label>
  );
}
