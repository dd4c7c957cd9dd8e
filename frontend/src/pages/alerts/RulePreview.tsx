import { useQuery } from "@tanstack/react-query";
import { isQueryMistake } from "../../api/http";
import { queryRows } from "../../api/query";
import type { Row, RuleDraft } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { useSettled } from "../../hooks/useSettled";
import { t } from "../../i18n";
import { formatLabels, formatValue } from "../../models/alerts";
import { formatDuration, parseDuration } from "../../models/format";
import { meets } from "../../models/rules";

const GROUPS_SHOWN = 5;
const MOST_GROUPS = 1_000;

/** The result of the draft for its current window. */
export function RulePreview({ draft }: { draft: RuleDraft }) {
  const { query, window: duration, comparison = ">", threshold = Number.NaN } = draft;
  const question = useSettled(`${duration}\n${query}`);
  const { data, error, isFetching } = useQuery({
    queryKey: ["rule preview", question],
    queryFn: ({ signal }) => {
      const [length = "", ...text] = question.split("\n");
      const end = Date.now();
      return queryRows({ query: text.join("\n"), start: end - (parseDuration(length) ?? 0), end }, MOST_GROUPS, signal);
    },
    enabled: question !== "",
    placeholderData: (old) => old,
    retry: false,
  });
  // Errors in an unfinished query are underlined in place.
  if (isQueryMistake(error)) return null;
  if (error) return <ErrorText as="p" className="form-row" error={error} />;
  if (!data) return <p className="form-row">{isFetching ? t("Testing the rule…") : ""}</p>;
  const valued = data.filter((row) => row.value !== undefined && row.value !== "");
  if (data.length > 0 && valued.length === 0)
    return <p className="form-row danger-text">{t("The result has no column named “value”.")}</p>;
  const firing = valued.filter((row) => meets(Number(row.value), comparison, threshold));
  const shown = [...valued].sort((a, b) => Number(b.value) - Number(a.value)).slice(0, GROUPS_SHOWN);
  return (
    <div className="form-row rule-preview" role="status">
      <span>
        {valued.length === 0
          ? t("Now, over the last {duration}: no value", { duration: formatDuration(duration) })
          : t("Now, over the last {duration}: {firing} of {all} would fire", {
              duration,
              firing: firing.length,
              all: valued.length,
            })}
      </span>
      {shown.map((row, index) => (
        <span key={index} className="rule-preview-row" data-firing={firing.includes(row) ? "" : undefined}>
          <b>{formatValue(Number(row.value))}</b> <span className="mono">{groupOf(row)}</span>{" "}
          {firing.includes(row) && t("fires")}
        </span>
      ))}
    </div>
  );
}

function groupOf(row: Row): string {
  return formatLabels(Object.fromEntries(Object.entries(row).filter(([name]) => name !== "value")));
}
