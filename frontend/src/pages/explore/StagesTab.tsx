import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Asked } from "../../api/query";
import { queryStages } from "../../api/stages";
import { ErrorText } from "../../components/ErrorText";
import { IconButton } from "../../components/IconButton";
import { plural, t } from "../../i18n";
import { formatInteger, formatSpan } from "../../models/format";
import { pairValue } from "../../models/rowText";
import { orderedFields } from "../../models/record";
import { stagesOf, withoutStage } from "../../models/stages";

const ROWS_SHOWN = 3;
const FIELDS_SHOWN = 12;

interface Props {
  asked: Asked;
  /** The stage that the caret is in, which is marked. */
  current?: number | undefined;
  onQuery: (query: string) => void;
}

/** What each part of the query takes in and gives on: rows, time, and the first rows. */
export default function StagesTab({ asked, current, onQuery }: Props) {
  const [switched, setSwitched] = useState<{ query: string; off: number[] }>({ query: asked.query, off: [] });
  // Positions mean nothing in another query.
  const off = switched.query === asked.query ? switched.off : [];
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ["stages", asked.query, asked.start, asked.end, off],
    queryFn: ({ signal }) => queryStages(asked, ROWS_SHOWN, off, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === asked.query ? before : undefined),
    staleTime: Infinity,
    retry: false,
  });
  const typed = stagesOf(asked.query);
  const turn = (index: number) =>
    setSwitched({
      query: asked.query,
      off: off.includes(index) ? off.filter((one) => one !== index) : [...off, index],
    });
  return (
    <div className="query-stages" aria-busy={isPlaceholderData}>
      <ErrorText as="p" className="empty-row" error={error} />
      {isPending && <p className="empty-row">{t("Running the query stage by stage…")}</p>}
      {data && !data.complete && (
        <p className="query-stage-none">{t("Not all records were read. A narrower range shows all.")}</p>
      )}
      <ol>
        {data?.stages.map((stage, index) => {
          const text = typed.length === data.stages.length ? (typed[index] ?? stage.text) : stage.text;
          const isOff = off.includes(index);
          return (
            <li key={index} data-off={isOff ? "" : undefined} aria-current={index === current ? "step" : undefined}>
              <div className="query-stage-head">
                <input
                  type="checkbox"
                  aria-label={t("Run {text}", { text })}
                  title={isOff ? t("Switch this stage on") : t("Switch this stage off")}
                  checked={!isOff}
                  onChange={() => turn(index)}
                />
                <code>
                  {index > 0 && <span className="muted">| </span>}
                  {text}
                </code>
                <span className="query-stage-counts">
                  <span className="muted">{formatInteger(stage.rowsIn)} → </span>
                  <b>{plural(stage.rowsOut, "{n} row", "{n} rows")}</b>
                  <span className="muted"> {t("in {time}", { time: formatSpan(stage.millis) })}</span>
                </span>
                {index > 0 && (
                  <IconButton
                    icon="close"
                    label={t("Run the query without | {text}", { text })}
                    onClick={() => onQuery(withoutStage(asked.query, index))}
                  />
                )}
              </div>
              {stage.rowsOut === 0 && <p className="query-stage-none">{t("Nothing passes this stage.")}</p>}
              {stage.rows.map((row, at) => (
                <p key={at} className="query-stage-row">
                  {[...(row._msg ? ([["_msg", row._msg]] as [string, string][]) : []), ...orderedFields(row)]
                    .slice(0, FIELDS_SHOWN)
                    .map(([name, value]) => (
                      <span key={name} className="cell-pair">
                        <span>{name}=</span>
                        {pairValue(value.slice(0, 200))}{" "}
                      </span>
                    ))}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
