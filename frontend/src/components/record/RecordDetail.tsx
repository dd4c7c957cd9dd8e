import "./detail.css";
import { useState, type ReactNode } from "react";
import type { Row } from "../../api/types";
import { timeOf } from "../../models/format";
import { togglePin, usePins } from "../../hooks/usePins";
import { withoutAnsi } from "../../models/ansi";
import type { Json } from "../../models/json";
import { orderedFields, queryFor, toJson } from "../../models/record";
import { rowText, toMarkdown } from "../../models/rowText";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";
import { CopyButton } from "../CopyButton";
import { IconButton } from "../IconButton";
import { JsonTree } from "./JsonTree";
import { LongText } from "./LongText";
import { MessageView } from "./MessageView";

const VALUE_SHOWN = 2_000;
/** More fields than this usually come from a flattened object; the rest is shown on demand. */
const FIELDS_SHOWN = 60;
/** Up to this number, one sees the fields at a glance. */
const FIELDS_SEARCHED = 10;

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
  const [search, setSearch] = useState("");
  const [json, setJson] = useState(false);
  const pins = usePins();
  const fields = pinnedFirst(orderedFields(row), pins);
  const wanted = search.toLowerCase();
  const fitting =
    wanted === "" ? fields : fields.filter((field) => field.some((part) => part.toLowerCase().includes(wanted)));
  const shown = all ? fitting : fitting.slice(0, FIELDS_SHOWN);
  const query = queryFor(row);
  return (
    <div className="detail">
      {row._msg !== undefined && row._msg !== "" && (
        <div className="detail-message">
          <MessageView message={row._msg} />
          <CopyButton text={row._msg} label="Copy the message" />
        </div>
      )}
      <div className="detail-bar">
        <span className="segmented">
          <button type="button" aria-pressed={!json} onClick={() => setJson(false)}>
            Fields
          </button>
          <button type="button" aria-pressed={json} onClick={() => setJson(true)}>
            JSON
          </button>
        </span>
        {!json && fields.length > FIELDS_SEARCHED && (
          <input
            className="input"
            type="search"
            placeholder={`Search ${fields.length} fields`}
            aria-label="Search this record's fields"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
      </div>
      {json ? (
        <ul className="json detail-json">
          <JsonTree value={JSON.parse(toJson(row)) as Json} />
        </ul>
      ) : (
        <dl className="detail-fields">
          {shown.map(([name, value]) => (
            <DetailField
              key={name}
              name={name}
              value={value}
              actions={actions}
              column={columns.includes(name)}
              pinned={pins.includes(name)}
            />
          ))}
        </dl>
      )}
      {!json && fitting.length === 0 && <p className="muted">No field has “{search}”.</p>}
      {!json && shown.length < fitting.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show all {fitting.length} fields
        </button>
      )}
      <div className="detail-foot">
        <CopyButton text={rowText(row)} label="Copy the record as a line of text" caption="Text" />
        <CopyButton text={toJson(row)} label="Copy the record as JSON" caption="JSON" />
        <CopyButton text={toMarkdown(row)} label="Copy the record as Markdown" caption="Markdown" />
        {query && <CopyButton text={query} label="Copy a query for this record" caption="Query" />}
        {query && <CopyButton text={linkTo(row, query)} label="Copy a link to this record" caption="Link" />}
        {children}
      </div>
    </div>
  );
}

/** The fields with the pinned ones before the others. */
function pinnedFirst(fields: readonly [string, string][], pins: readonly string[]): [string, string][] {
  const pinned = fields.filter(([name]) => pins.includes(name));
  return [...pinned, ...fields.filter(([name]) => !pins.includes(name))];
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
  pinned: boolean;
}

function DetailField({ name, value, actions, column, pinned }: FieldProps) {
  return (
    <div className="detail-field" data-pinned={pinned ? "" : undefined}>
      <dt title={name}>{name}</dt>
      <dd>
        <span className="detail-value">
          <LongText text={withoutAnsi(value)} most={VALUE_SHOWN} />
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
          <IconButton
            icon="pin"
            label={pinned ? `Unpin ${name}` : `Pin ${name}: list it first in every record`}
            aria-pressed={pinned}
            onClick={() => togglePin(name)}
          />
          <CopyButton text={value} label={`Copy ${name}`} />
        </span>
      </dd>
    </div>
  );
}
