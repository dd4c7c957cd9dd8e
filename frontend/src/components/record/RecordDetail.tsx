import "./detail.css";
import { useState, type ReactNode } from "react";
import type { Row } from "../../api/types";
import { timeOf } from "../../models/format";
import { orderedFields, queryFor, toJson } from "../../models/record";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";
import { CopyButton } from "../CopyButton";
import { IconButton } from "../IconButton";
import { LongText } from "./LongText";

const MESSAGE_SHOWN = 20_000;
const VALUE_SHOWN = 2_000;
/** More fields than this usually come from a flattened object; the rest is shown on demand. */
const FIELDS_SHOWN = 60;

export interface FieldActions {
  /** Narrows the query to records with, or without, this value. */
  onFilter: (field: string, value: string, exclude: boolean) => void;
  /** Shows or hides the field as a column. */
  onColumn?: (field: string) => void;
}

interface Props {
  row: Row;
  actions: FieldActions;
  columns?: readonly string[];
  children?: ReactNode;
}

/** A complete record: the whole message, then every field with its actions. */
export function RecordDetail({ row, actions, columns = [], children }: Props) {
  const [all, setAll] = useState(false);
  const fields = orderedFields(row);
  const shown = all ? fields : fields.slice(0, FIELDS_SHOWN);
  const query = queryFor(row);
  return (
    <div className="detail">
      <div className="detail-message">
        <pre tabIndex={0} aria-label="Message">
          <LongText text={row._msg ?? ""} most={MESSAGE_SHOWN} />
        </pre>
        <CopyButton text={row._msg ?? ""} label="Copy the message" />
      </div>
      <dl className="detail-fields">
        {shown.map(([name, value]) => (
          <DetailField key={name} name={name} value={value} actions={actions} column={columns.includes(name)} />
        ))}
      </dl>
      {shown.length < fields.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show all {fields.length} fields
        </button>
      )}
      <div className="detail-foot">
        <CopyButton text={toJson(row)} label="Copy the record as JSON" caption="JSON" />
        {query && <CopyButton text={query} label="Copy a query for this record" caption="Query" />}
        {query && <CopyButton text={linkTo(row, query)} label="Copy a link to this record" caption="Link" />}
        {children}
      </div>
    </div>
  );
}

/** A link to the record. */
function linkTo(row: Row, query: string): string {
  const time = timeOf(row._time);
  return new URL(exploreHref(query, encodeRange({ kind: "between", start: time, end: time + 1 })), window.location.href)
    .href;
}

interface FieldProps {
  name: string;
  value: string;
  actions: FieldActions;
  /** Whether the field is shown as a column. */
  column: boolean;
}

function DetailField({ name, value, actions, column }: FieldProps) {
  return (
    <div className="detail-field">
      <dt title={name}>{name}</dt>
      <dd>
        <span className="detail-value">
          <LongText text={value} most={VALUE_SHOWN} />
        </span>
        <span className="detail-actions">
          {name !== "_time" && (
            <>
              <IconButton
                icon="plus"
                label={`Only records with this ${name}`}
                onClick={() => actions.onFilter(name, value, false)}
              />
              <IconButton
                icon="minus"
                label={`Exclude this ${name}`}
                onClick={() => actions.onFilter(name, value, true)}
              />
            </>
          )}
          {actions.onColumn && !name.startsWith("_") && (
            <IconButton
              icon="columns"
              label={column ? `Hide the column ${name}` : `Show ${name} as a column`}
              onClick={() => actions.onColumn?.(name)}
            />
          )}
          <CopyButton text={value} label={`Copy ${name}`} />
        </span>
      </dd>
    </div>
  );
}
