import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { compare, compareCurves, type ComparedSides } from "../../api/compare";
import type { Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { Table } from "../../components/Table";
import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { findings, grouped } from "../../models/explain";
import { formatInteger } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { explainChoices, rangeOf, type BaseChoice } from "../../models/patternBase";
import type { FixedRange } from "../../models/timeRange";
import { DifferenceRow } from "./DifferenceRow";

/** Differences of fields, and of templates, that are asked for. */
const ASKED = 50;
const SHOWN = 25;

interface Props {
  asked: Asked;
  around: FixedRange | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** What sets the records found apart from others: values and templates whose share of the records differs. */
export default function ExplainTab({ asked, around, onFilter }: Props) {
  const marks = useMarks();
  const [chosen, setChosen] = useState("");
  const range = rangeOf(asked);
  if (!range) return <p className="empty-row">{t("Choose a time range to see what sets its records apart.")}</p>;
  const choices = explainChoices(range, around, marks.data ?? []);
  const choice = choices.find(({ id }) => id === chosen) ?? choices[0];
  return (
    <>
      <div className="compare-bar">
        <label>
          <span>{t("What sets these records apart from")}</span>
          <select className="select" value={choice?.id ?? ""} onChange={(event) => setChosen(event.target.value)}>
            {choices.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      {choice && <Differences query={filterPart(asked.query)} choice={choice} onFilter={onFilter} />}
    </>
  );
}

function Differences({ query, choice, onFilter }: { query: string; choice: BaseChoice; onFilter: Props["onFilter"] }) {
  const { range, base } = choice;
  const [all, setAll] = useState(false);
  const key = [query, range.start, range.end, base.start, base.end];
  const { data, error } = useQuery({
    queryKey: ["compare", ...key],
    queryFn: ({ signal }) => compare({ query, ...range }, base, ASKED, signal),
  });
  const found = useMemo(() => (data ? findings(data) : []), [data]);
  const curves = useQuery({
    queryKey: ["compare", "curves", ...key, data],
    queryFn: ({ signal }) => compareCurves({ query, ...range }, base, filtersOf(data), templatesOf(data), signal),
    enabled: found.length > 0,
    retry: false,
  });
  const groups = useMemo(() => grouped(found, curves.data), [found, curves.data]);
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">{t("Comparing all records…")}</p>;
  const totals = t("{inside} records here, {outside} there", {
    inside: formatInteger(data.inside),
    outside: formatInteger(data.outside),
  });
  if (found.length === 0) return <p className="empty-row">{t("No significant difference: {totals}.", { totals })}</p>;
  const shown = all ? groups : groups.slice(0, SHOWN);
  return (
    <div className="result-scroll">
      <p className="compare-totals" role="status">
        {t("{totals}. The share of the records counts; what may be due to chance is left out.", { totals })}
      </p>
      <Table
        className="patterns differences"
        heads={[`${t("Here")}#`, `${t("There")}#`, `${t("Share")}#`, t("Over time"), t("Value or message"), ""]}
      >
        {shown.map((group) => (
          <DifferenceRow
            key={group.first.key}
            group={group}
            sides={data}
            records={curves.data?.records}
            onFilter={onFilter}
          />
        ))}
      </Table>
      {shown.length < groups.length && (
        <button type="button" className="button difference-more" onClick={() => setAll(true)}>
          {t("Show all {count} differences", { count: formatInteger(groups.length) })}
        </button>
      )}
    </div>
  );
}

const filtersOf = (sides?: ComparedSides) => (sides?.fields ?? []).map(({ filter }) => filter);
const templatesOf = (sides?: ComparedSides) => (sides?.templates ?? []).map(({ template }) => template);
