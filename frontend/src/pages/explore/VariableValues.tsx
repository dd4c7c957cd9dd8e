import { useQuery } from "@tanstack/react-query";
import { patternVariable, type Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { plural, t } from "../../i18n";
import { formatInteger, formatPercent } from "../../models/format";
import { patternFilter, valueFilter } from "../../models/patterns";
import { includeFilter } from "../../models/queryEdit";

interface Props {
  asked: Asked;
  pattern: string;
  /** The number of the variable, from 0. */
  place: number;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** How the values of a variable are distributed; a click asks for the records with one of them. */
export function VariableValues({ asked, pattern, place, onFilter }: Props) {
  const filter = patternFilter(pattern);
  const query = filter === undefined ? asked.query : includeFilter(asked.query, filter);
  const { data, error } = useQuery({
    queryKey: ["pattern", "variable", query, asked.start, asked.end, pattern, place],
    queryFn: ({ signal }) => patternVariable({ ...asked, query }, pattern, place, signal),
    staleTime: 60_000,
  });
  if (error) return <ErrorText as="p" error={error} />;
  if (!data) return <p className="muted">{t("Counting…")}</p>;
  const { numbers, values, records, distinct } = data;
  const most = values[0]?.count ?? 1;
  return (
    <>
      <p className="muted">
        {distinct > 0
          ? plural(distinct, "{n} different value", "{n} different values")
          : records === 0
            ? t("No message has this form.")
            : t("Too many different values to count.")}{" "}
        {!data.complete &&
          t("Of the {records} records read in the time there is.", { records: formatInteger(records) })}
      </p>
      {numbers && (
        <dl className="variable-numbers">
          {[
            ["min", numbers.min],
            ["p50", numbers.p50],
            ["p90", numbers.p90],
            ["p99", numbers.p99],
            ["max", numbers.max],
          ].map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {values.map(({ value, count }) => {
        const narrowed = valueFilter(pattern, place, value);
        return (
          <button
            key={value}
            type="button"
            className="variable-value"
            disabled={narrowed === undefined}
            title={narrowed === undefined ? undefined : t("Records with {filter}", { filter: narrowed })}
            onClick={() => narrowed !== undefined && onFilter(narrowed, false)}
          >
            <i style={{ width: `${(count / most) * 100}%` }} />
            <span className="mono">{value}</span>
            <span className="num">{formatPercent(count, records)}</span>
          </button>
        );
      })}
    </>
  );
}
