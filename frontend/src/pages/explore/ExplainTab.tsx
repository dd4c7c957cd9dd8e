import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { compare, type ComparedSides } from "../../api/compare";
import type { Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { useMarks } from "../../hooks/useMarks";
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
  if (!range) return <p className="empty-row">Choose a time range to see what sets its records apart.</p>;
  const choices = explainChoices(range, around, marks.data ?? []);
  const choice = choices.find(({ id }) => id === chosen) ?? choices[0];
  return (
    <>
      <div className="compare-bar">
        <label>
          <span>What sets these records apart from</span>
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
  if (!data) return <p className="empty-row">Comparing all records…</p>;
  const totals = `${formatInteger(data.inside)} records here, ${formatInteger(data.outside)} there`;
  if (data.fields.length + data.templates.length === 0)
    return <p className="empty-row">No significant difference: {totals}.</p>;
  return (
    <div className="result-scroll">
      <p className="compare-totals" role="status">
        {totals}. The share of the records counts; what may be due to chance is left out.
      </p>
      {data.fields.length > 0 && (
        <Table className="patterns differences" heads={["Here#", "There#", "Share#", "Field and value", ""]}>
          {data.fields.map((one) => (
            <tr key={`${one.field}\n${one.value}`}>
              <Shares one={one} sides={data} />
              <td className="mono difference-value">
                <span className="muted">{one.field}</span> {one.value === "" ? "(empty)" : one.value}
              </td>
              <td className="pattern-actions">
                <FilterButtons filter={one.filter} onFilter={onFilter} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {data.templates.length > 0 && (
        <Table className="patterns differences" heads={["Here#", "There#", "Share#", "Message", ""]}>
          {data.templates.map((one) => (
            <tr key={one.id}>
              <Shares one={one} sides={data} />
              <td className="mono difference-value" title={one.example}>
                <PatternText pattern={one.template} />
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
      <td className="num">{one.outside === 0 ? "new" : one.inside === 0 ? "gone" : formatRatio(one.ratio)}</td>
    </>
  );
}

/** A share as a number and as the length of a bar. */
function Share({ count, total }: { count: number; total: number }) {
  return (
    <td className="num compare-share" title={`${formatInteger(count)} of ${formatInteger(total)}`}>
      {formatPercent(count, total)}
      <i style={{ width: `${total > 0 ? (100 * count) / total : 0}%` }} />
    </td>
  );
}
