import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { isAbsent } from "../../api/http";
import { CHANGES, comparePatterns, type ChangedPattern, type ChangeName } from "../../api/templates";
import { ErrorText } from "../../components/ErrorText";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { formatInteger } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { formatRatio, type BaseChoice } from "../../models/patternBase";
import { patternFilter } from "../../models/patterns";
import { FilterButtons } from "./FilterButtons";

const SHOWN = 50;

const MEANINGS: Record<ChangeName, [string, string]> = {
  appeared: ["Appeared", "not a single record before"],
  vanished: ["Vanished", "records before, none now"],
  grew: ["Grew", "a larger share of the records"],
  shrank: ["Shrank", "a smaller share of the records"],
};

interface Props {
  query: string;
  choice: BaseChoice;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** The templates that differ between two ranges, by what happened to them; the most significant first. */
export function ComparisonTable({ query, choice, onFilter }: Props) {
  const { range, base } = choice;
  const filter = filterPart(query);
  const { data, error } = useQuery({
    queryKey: ["patterns", "compare", filter, range.start, range.end, base.start, base.end],
    queryFn: ({ signal }) => comparePatterns({ query: filter, ...range }, base, SHOWN, signal),
  });
  if (isAbsent(error)) return <p className="empty-row">This server does not compare patterns.</p>;
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">Comparing both ranges…</p>;
  const changed = CHANGES.filter((name) => data[name].length > 0);
  const totals = `${formatInteger(data.baseTotal)} records before, ${formatInteger(data.total)} now`;
  if (changed.length === 0) return <p className="empty-row">No significant difference: {totals}.</p>;
  return (
    <div className="result-scroll">
      <p className="compare-totals" role="status">
        {totals}. Changes that may be due to chance are left out.
      </p>
      <Table className="patterns comparison" heads={["Before#", "Now#", "Share#", "Pattern", ""]}>
        {changed.map((name) => (
          <Fragment key={name}>
            <tr className="compare-group">
              <th colSpan={5} scope="rowgroup">
                {MEANINGS[name][0]}
                <span>
                  {formatInteger(data[name].length)}
                  {data[name].length === SHOWN && " or more"}, {MEANINGS[name][1]}
                </span>
              </th>
            </tr>
            {data[name].map((pattern) => (
              <ChangeRow key={pattern.id} pattern={pattern} change={name} onFilter={onFilter} />
            ))}
          </Fragment>
        ))}
      </Table>
    </div>
  );
}

interface RowProps {
  pattern: ChangedPattern;
  change: ChangeName;
  onFilter: Props["onFilter"];
}

function ChangeRow({ pattern, change, onFilter }: RowProps) {
  const [open, setOpen] = useState(false);
  return (
    <tr>
      <td className="num compare-before">{formatInteger(pattern.baseCount)}</td>
      <td className="num">{formatInteger(pattern.count)}</td>
      <td className="num">
        {change === "appeared" ? "new" : change === "vanished" ? "gone" : formatRatio(pattern.ratio)}
      </td>
      <td>
        <button
          type="button"
          className="pattern-text mono"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title="Show an example"
        >
          <PatternText pattern={pattern.template} />
        </button>
        {open && <pre className="pattern-example">{pattern.example}</pre>}
      </td>
      <td className="pattern-actions">
        <FilterButtons filter={patternFilter(pattern.template)} onFilter={onFilter} />
      </td>
    </tr>
  );
}
