import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { fieldValues, queryRows, type Asked } from "../../api/query";
import type { ValueHits } from "../../api/types";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { t } from "../../i18n";
import { VALUES_SHOWN, type FieldSummary } from "../../models/fieldSummary";
import { formatCount, formatFigure, formatPercent } from "../../models/format";
import { levelClass } from "../../models/levels";
import { areNumbers, numberRange, rangeQuery } from "../../models/numberRange";
import { pickedValues, withoutPicked, type Pick } from "../../models/filters";

interface Props {
  field: FieldSummary;
  asked: Asked;
  query: string;
  openAtFirst: boolean;
  shownAsColumn: boolean;
  onPick: (field: string, value: string, how: Pick) => void;
  onColumn: (field: string) => void;
}

/** A field: its name and count and, when open, its frequent values. */
export function FieldItem({ field, asked, query, openAtFirst, shownAsColumn, onPick, onColumn }: Props) {
  const { name } = field;
  const picked = pickedValues(query, name);
  const some = picked.size > 0;
  const [opened, setOpen] = useState<boolean>();
  const open = opened ?? (openAtFirst || some);
  // What else there is to choose from, beside the values chosen already.
  const around = some ? { ...asked, query: withoutPicked(asked.query, name) } : asked;
  const looked = useQuery({
    queryKey: ["field_values", name, around.query, asked.start, asked.end],
    queryFn: ({ signal }) => fieldValues(around, name, VALUES_SHOWN, signal),
    enabled: open && (some || field.values === undefined),
    placeholderData: (old) => old,
  });
  const values = listed((some ? looked.data : undefined) ?? field.values ?? looked.data, picked);
  const whole = some ? (values ?? []).reduce((sum, { hits }) => sum + hits, 0) : (field.hits ?? 0);
  return (
    <div className="field">
      <div className="field-head" data-row>
        <button type="button" className="field-name" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? "down" : "chevron"} size={10} />
          <span>{name}</span>
          {field.hits !== undefined && <span className="muted">{formatCount(field.hits)}</span>}
        </button>
        <IconButton
          icon="columns"
          label={shownAsColumn ? t("Hide the column {name}", { name }) : t("Show {name} as a column", { name })}
          aria-pressed={shownAsColumn}
          onClick={() => onColumn(name)}
        />
      </div>
      {open && values && areNumbers(values.map(({ value }) => value)) && <Numbers name={name} asked={asked} />}
      {open && values && (
        <ul className="field-values">
          {values.map((value) => (
            <FieldValue
              key={value.value}
              field={name}
              value={value}
              whole={whole}
              active={picked.has(value.value)}
              onPick={onPick}
            />
          ))}
          {values.length === 0 && <li className="sidebar-note">{t("No values.")}</li>}
        </ul>
      )}
      {open && isAbsent(looked.error) && (
        <p className="sidebar-note">{t("This server does not provide value counts.")}</p>
      )}
    </div>
  );
}

/** The ends, the middle and the 99th percentile of a field's numbers. */
function Numbers({ name, asked: { start, end, query } }: { name: string; asked: Asked }) {
  const asked = {
    query: rangeQuery(query, name),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  };
  const { data } = useQuery({
    queryKey: ["numbers", asked.query, start, end],
    queryFn: async ({ signal }) => numberRange((await queryRows(asked, 1, signal))[0]) ?? null,
  });
  if (!data) return null;
  return (
    <dl className="field-numbers" aria-label={t("Numbers of {name}", { name })}>
      {(["min", "median", "p99", "max"] as const).map((figure) => (
        <div key={figure}>
          <dt>{figure}</dt>
          <dd>{formatFigure(data[figure])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The most frequent values, and the chosen ones that are not among them. */
function listed(values: readonly ValueHits[] | undefined, picked: ReadonlySet<string>): ValueHits[] | undefined {
  if (!values) return undefined;
  const frequent = values.slice(0, VALUES_SHOWN);
  const missing = [...picked].filter((value) => frequent.every((one) => one.value !== value));
  return [...frequent, ...missing.map((value) => values.find((one) => one.value === value) ?? { value, hits: 0 })];
}

interface ValueProps {
  field: string;
  value: ValueHits;
  whole: number;
  /** Whether the query asks for this value. */
  active: boolean;
  onPick: (field: string, value: string, how: Pick) => void;
}

function FieldValue({ field, value: { value, hits }, whole, active, onPick }: ValueProps) {
  const what = `${field} = ${value || t("(none)")}`;
  const share = formatPercent(hits, whole);
  return (
    <li className="field-value" data-row data-active={active ? "" : undefined}>
      <button
        type="button"
        className="field-pick"
        title={
          active
            ? t("Take out {what} ({share}). Alt+click: this value only", { what, share })
            : t("Ask for {what} ({share}). Alt+click: this value only", { what, share })
        }
        aria-pressed={active}
        onClick={({ altKey }) => onPick(field, value, altKey ? "only" : "toggle")}
      >
        <span className="field-share" style={{ width: whole > 0 ? `${Math.min(100, (hits / whole) * 100)}%` : 0 }} />
        <span className={field === "level" ? levelClass(value) : ""}>{value || t("(none)")}</span>
        <span className="muted">{formatCount(hits)}</span>
      </button>
      <IconButton
        icon="minus"
        label={t("Exclude {field} = {value}", { field, value })}
        onClick={() => onPick(field, value, "exclude")}
      />
    </li>
  );
}
