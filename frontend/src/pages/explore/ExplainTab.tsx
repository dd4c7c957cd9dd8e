import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { compare, type ComparedSides } from "../../api/compare";
import type { Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { formatInteger, formatPercent } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { explainChoices, formatRatio, rangeOf, type BaseChoice } from "../../models/patternBase";
import { patternFilter } from "../../models/patterns";
import type { FixedRange } from "../../models/timeRange";
import { FilterButtons } from "./FilterButtons";

const SHOWN = 30;

interface Props {
  asked: Asked;
  around: FixedRange | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** What sets the records found apart from others: values and templates whose share of the records differs. */
export function ExplainTab({ asked, around, onFilter }: Props) {
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
  const { data, error } = useQuery({
    queryKey: ["compare", query, range.start, range.end, base.start, base.end],
    queryFn: ({ signal }) => compare({ query, ...range }, base, SHOWN, signal),
  });
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">{t("Comparing all records…")}</p>;
  const totals = t("{inside} records here, {outside} there", {
    inside: formatInteger(data.inside),
    outside: formatInteger(data.outside),
  });
  if (data.fields.length + data.templates.length === 0)
    return <p className="empty-row">{t("No significant difference: {totals}.", { totals })}</p>;
  return (
    <div className="result-scroll">
      <p className="compare-totals" role="status">
        {t("{totals}. The share of the records counts; what may be due to chance is left out.", { totals })}
      </p>
      {data.fields.length > 0 && (
        <Table
          className="patterns differences"
          heads={[`${t("Here")}#`, `${t("There")}#`, `${t("Share")}#`, t("Field and value"), ""]}
        >
          {data.fields.map((one) => (
            <tr key={`${one.field}\n${one.value}`}>
              <Shares one={one} sides={data} />
              <td className="mono difference-value">
                <span className="muted">{one.field}</span> {one.value === "" ? t("(empty)") : one.value}
              </td>
              <td className="pattern-actions">
                <FilterButtons filter={one.filter} onFilter={onFilter} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {data.templates.length > 0 && (
        <Table
          className="patterns differences"
          heads={[`${t("Here")}#`, `${t("There")}#`, `${t("Share")}#`, t("Message"), ""]}
        >
          {data.templates.map((one) => (
            <tr key={one.id}>
              <Shares one={one} sides={data} />
              <td className="mono difference-value" title={one.example}>
                <PatternText pattern={one.template} example={one.example} />
              </td>
              <td className="pattern-actions">
                <FilterButtons filter={patternFilter(one.template)} onFilter={onFilter} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}

interface Counts {
  inside: number;
  outside: number;
  ratio: number;
}

function Shares({ one, sides }: { one: Counts; sides: ComparedSides }) {
  return (
    <>
      <Share count={one.inside} total={sides.inside} />
      <Share count={one.outside} total={sides.outside} />
      <td className="num">{one.outside === 0 ? t("new") : one.inside === 0 ? t("gone") : formatRatio(one.ratio)}</td>
    </>
  );
}

/** A share as a number and as the length of a bar. */
function Share({ count, total }: { count: number; total: number }) {
  return (
    <td
      className="num compare-share"
      title={t("{count} of {total}", { count: formatInteger(count), total: formatInteger(total) })}
    >
      {formatPercent(count, total)}
      <i style={{ width: `${total > 0 ? (100 * count) / total : 0}%` }} />
    </td>
  );
}
