import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { fieldValues, type Asked } from "../../api/query";
import type { ValueHits } from "../../api/types";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { VALUES_SHOWN, type FieldSummary } from "../../models/fieldSummary";
import { formatCount, formatPercent } from "../../models/format";
import { levelClass } from "../../models/levels";
import { equals, hasFilter } from "../../models/queryEdit";

interface Props {
  field: FieldSummary;
  asked: Asked;
  query: string;
  openAtFirst: boolean;
  shownAsColumn: boolean;
  onFilter: (field: string, value: string, exclude: boolean) => void;
  onColumn: (field: string) => void;
}

/** A field: its name and count and, when open, its frequent values. */
export function FieldItem({ field, asked, query, openAtFirst, shownAsColumn, onFilter, onColumn }: Props) {
  const [open, setOpen] = useState(openAtFirst);
  const { name } = field;
  const looked = useQuery({
    queryKey: ["field_values", name, asked.query, asked.start, asked.end],
    queryFn: ({ signal }) => fieldValues(asked, name, VALUES_SHOWN, signal),
    enabled: open && field.values === undefined,
    placeholderData: (old) => old,
  });
  const values = field.values ?? looked.data;
  return (
    <div className="field">
      <div className="field-head">
        <button type="button" className="field-name" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? "down" : "chevron"} size={10} />
          <span>{name}</span>
          {field.hits !== undefined && <span className="muted">{formatCount(field.hits)}</span>}
        </button>
        <IconButton
          icon="columns"
          label={shownAsColumn ? `Hide the column ${name}` : `Show ${name} as a column`}
          aria-pressed={shownAsColumn}
          onClick={() => onColumn(name)}
        />
      </div>
      {open && values && (
        <ul className="field-values">
          {values.slice(0, VALUES_SHOWN).map((value) => (
            <FieldValue
              key={value.value}
              field={name}
              value={value}
              whole={field.hits ?? 0}
              query={query}
              onFilter={onFilter}
            />
          ))}
          {values.length === 0 && <li className="sidebar-note">No values.</li>}
        </ul>
      )}
      {open && isAbsent(looked.error) && <p className="sidebar-note">This server does not provide value counts.</p>}
    </div>
  );
}

interface ValueProps {
  field: string;
  value: ValueHits;
  whole: number;
  query: string;
  onFilter: (field: string, value: string, exclude: boolean) => void;
}

function FieldValue({ field, value: { value, hits }, whole, query, onFilter }: ValueProps) {
  const active = hasFilter(query, equals(field, value));
  return (
    <li className="field-value" data-active={active ? "" : undefined}>
      <button
        type="button"
        className="field-pick"
        title={active ? `Remove filter on ${field}` : `Only ${field} = ${value} (${formatPercent(hits, whole)})`}
        aria-pressed={active}
        onClick={() => onFilter(field, value, false)}
      >
        <span className="field-share" style={{ width: whole > 0 ? `${Math.min(100, (hits / whole) * 100)}%` : 0 }} />
        <span className={field === "level" ? levelClass(value) : ""}>{value || "(none)"}</span>
        <span className="muted">{formatCount(hits)}</span>
      </button>
      <IconButton icon="minus" label={`Exclude ${field} = ${value}`} onClick={() => onFilter(field, value, true)} />
    </li>
  );
}
