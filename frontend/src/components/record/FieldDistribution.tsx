import { useQuery } from "@tanstack/react-query";
import { fieldValues, queryRows, type Asked } from "../../api/query";
import { plural, rich, t } from "../../i18n";
import { distributionOf, distributionQuery } from "../../models/distribution";
import { formatFigure, formatInteger, formatPercent } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { ErrorText } from "../ErrorText";

const VALUES_SHOWN = 6;

interface Props {
  asked: Asked;
  field: string;
  value: string;
  onFilter: (field: string, value: string, exclude: boolean) => void;
}

/** How common a value is among the records of the query, beside the field's most frequent values. */
export function FieldDistribution({ asked, field, value, onFilter }: Props) {
  const key = [field, asked.query, asked.start, asked.end];
  const counted = useQuery({
    queryKey: ["distribution", value, ...key],
    queryFn: async ({ signal }) => {
      const rows = await queryRows({ ...asked, query: distributionQuery(asked.query, field, value) }, 1, signal);
      return distributionOf(rows[0]) ?? null;
    },
    staleTime: Infinity,
  });
  const frequent = useQuery({
    queryKey: ["field_values", field, filterPart(asked.query), asked.start, asked.end],
    queryFn: ({ signal }) => fieldValues({ ...asked, query: filterPart(asked.query) }, field, VALUES_SHOWN, signal),
    staleTime: Infinity,
  });
  const error = counted.error ?? frequent.error;
  if (error) return <ErrorText as="p" error={error} />;
  const known = counted.data;
  if (!known || !frequent.data) return <p className="muted distribution">{t("Counting…")}</p>;
  const values = frequent.data.slice(0, VALUES_SHOWN);
  if (values.every((one) => one.value !== value) && known.same > 0) values.push({ value, hits: known.same });
  const most = Math.max(...values.map(({ hits }) => hits), 1);
  return (
    <div className="distribution" role="group" aria-label={t("Values of {field}", { field })}>
      <p>
        {rich("{same} of {records} records with {field} have this value ({share}); {values}.", {
          same: <b>{formatInteger(known.same)}</b>,
          records: formatInteger(known.records),
          field,
          share: formatPercent(known.same, known.records),
          values: plural(known.values, "{n} value", "{n} different values"),
        })}
      </p>
      {known.numbers && (
        <p className="muted">
          {t("min {min} · median {median} · p99 {p99} · max {max}", {
            min: formatFigure(known.numbers.min),
            median: formatFigure(known.numbers.median),
            p99: formatFigure(known.numbers.p99),
            max: formatFigure(known.numbers.max),
          })}
        </p>
      )}
      <ul>
        {values.map((one) => (
          <li key={one.value} data-same={one.value === value ? "" : undefined}>
            <button
              type="button"
              title={t("Only records with {field} = {value}", { field, value: one.value || "(none)" })}
              onClick={() => onFilter(field, one.value, false)}
            >
              <span className="distribution-share" style={{ width: `${(one.hits / most) * 100}%` }} />
              <span className="distribution-value">{one.value || t("(none)")}</span>
              <span className="muted">{formatInteger(one.hits)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
