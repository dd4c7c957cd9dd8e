import "./detail.css";
import type { ReactNode } from "react";
import type { Row } from "../../api/types";
import { orderedFields, toJson } from "../../models/record";
import { CopyButton } from "../CopyButton";
import { IconButton } from "../IconButton";

export interface FieldActions {
  /** Narrows the query to records with this value, or to those without it. */
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

/** All of a record: the whole message, then every field with what can be done with it. */
export function RecordDetail({ row, actions, columns = [], children }: Props) {
  return (
    <div className="detail">
      <div className="detail-message">
        <pre>{row._msg ?? ""}</pre>
        <CopyButton text={row._msg ?? ""} label="Copy the message" />
      </div>
      <dl className="detail-fields">
        {orderedFields(row).map(([name, value]) => (
          <div key={name} className="detail-field">
            <dt>{name}</dt>
            <dd>
              <span className="detail-value">{value}</span>
              <span className="detail-actions">
                {name !== "_time" && (
                  <>
                    <IconButton icon="plus" label={`Only records with this ${name}`} onClick={() => actions.onFilter(name, value, false)} />
                    <IconButton icon="minus" label={`Without this ${name}`} onClick={() => actions.onFilter(name, value, true)} />
                  </>
                )}
                {actions.onColumn && !name.startsWith("_") && (
                  <IconButton
                    icon="columns"
                    label={columns.includes(name) ? `Hide the column ${name}` : `Show ${name} as a column`}
                    onClick={() => actions.onColumn?.(name)}
                  />
                )}
                <CopyButton text={value} label={`Copy ${name}`} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="detail-foot">
        <CopyButton text={toJson(row)} label="Copy the record as JSON" />
        <span className="panel-note">JSON</span>
        {children}
      </div>
    </div>
  );
}
