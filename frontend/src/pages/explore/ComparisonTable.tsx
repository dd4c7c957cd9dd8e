import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { isAbsent } from "../../api/http";
import { CHANGES, comparePatterns, type ChangedPattern, type ChangeName } from "../../api/templates";
import { ErrorText } from "../../components/ErrorText";
import { PatternText } from "../../components/PatternText";
import { Table } from "../../components/Table";
import { msg, t, tr, type Message } from "../../i18n";
import { formatInteger } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { formatRatio, type BaseChoice } from "../../models/patternBase";
import { patternFilter } from "../../models/patterns";
import { FilterButtons } from "./FilterButtons";
import { PatternDetail, type OnExtract } from "./PatternDetail";

const SHOWN = 50;

const MEANINGS: Record<ChangeName, [Message, Message]> = {
  appeared: [msg("Appeared"), msg("not a single record before")],
  vanished: [msg("Vanished"), msg("records before, none now")],
  grew: [msg("Grew"), msg("a larger share of the records")],
  shrank: [msg("Shrank"), msg("a smaller share of the records")],
};

interface Props {
  query: string;
  choice: BaseChoice;
  onFilter: (filter: string, exclude: boolean) => void;
  onExtract: OnExtract;
}

/** The templates that differ between two ranges, by what happened to them; the most significant first. */
export function ComparisonTable({ query, choice, onFilter, onExtract }: Props) {
  const { range, base } = choice;
  const filter = filterPart(query);
  const { data, error } = useQuery({
    queryKey: ["patterns", "compare", filter, range.start, range.end, base.start, base.end],
    queryFn: ({ signal }) => comparePatterns({ query: filter, ...range }, base, SHOWN, signal),
  });
  if (isAbsent(error)) return <p className="empty-row">{t("This server does not compare patterns.")}</p>;
  if (error) return <ErrorText as="p" className="empty-row" error={error} />;
  if (!data) return <p className="empty-row">{t("Comparing both ranges…")}</p>;
  const changed = CHANGES.filter((name) => data[name].length > 0);
  const totals = t("{before} records before, {now} now", { before: data.baseTotal, now: data.total });
  if (changed.length === 0) return <p className="empty-row">{t("No significant difference: {totals}.", { totals })}</p>;
  return (
    <div className="result-scroll">
      <p className="compare-totals" role="status">
        {t("{totals}. Changes that may be due to chance are left out.", { totals })}
      </p>
      <Table
        className="patterns comparison"
        heads={[`${t("Before")}#`, `${t("Now")}#`, `${t("Share")}#`, t("Pattern"), ""]}
      >
        {changed.map((name) => (
          <Fragment key={name}>
            <tr className="compare-group">
              <th colSpan={5} scope="rowgroup">
                {tr(MEANINGS[name][0])}
                <span>
                  {data[name].length === SHOWN
                    ? t("{count} or more", { count: SHOWN })
                    : formatInteger(data[name].length)}
                  , {tr(MEANINGS[name][1])}
                </span>
              </th>
            </tr>
            {data[name].map((pattern) => (
              <ChangeRow
                key={pattern.id}
                query={filter}
                pattern={pattern}
                change={name}
                onFilter={onFilter}
                onExtract={onExtract}
              />
            ))}
          </Fragment>
        ))}
      </Table>
    </div>
  );
}

interface RowProps extends Omit<Props, "choice"> {
  pattern: ChangedPattern;
  change: ChangeName;
}

function ChangeRow({ query, pattern, change, onFilter, onExtract }: RowProps) {
  const [open, setOpen] = useState(false);
  return (
    <tr>
      <td className="num compare-before">{formatInteger(pattern.baseCount)}</td>
      <td className="num">{formatInteger(pattern.count)}</td>
      <td className="num">
        {change === "appeared" ? t("new") : change === "vanished" ? t("gone") : formatRatio(pattern.ratio)}
      </td>
      <td>
        <button
          type="button"
          className="pattern-text mono"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title={t("Show an example, and what to make of the pattern")}
        >
          <PatternText pattern={pattern.template} example={pattern.example} />
        </button>
        {open && (
          <PatternDetail query={query} pattern={pattern.template} example={pattern.example} onExtract={onExtract} />
        )}
      </td>
      <td className="pattern-actions">
        <FilterButtons filter={patternFilter(pattern.template)} onFilter={onFilter} />
      </td>
    </tr>
  );
}
