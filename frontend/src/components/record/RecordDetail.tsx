import "./detail.css";
import { useState, type ReactNode } from "react";
import type { Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { t } from "../../i18n";
import { timeOf } from "../../models/format";
import type { Json } from "../../models/json";
import { queryFor, toJson } from "../../models/record";
import { rowText, toMarkdown } from "../../models/rowText";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";
import { CopyButton } from "../CopyButton";
import { DetailFields } from "./DetailFields";
import type { FieldActions } from "./fieldActions";
import { JsonTree } from "./JsonTree";
import { MessageView } from "./MessageView";

/** A further tab of a record. */
export interface DetailTab {
  id: string;
  name: string;
  content: () => ReactNode;
}

interface Props {
  row: Row;
  actions: FieldActions;
  columns?: readonly string[];
  /** The query whose records a value is compared with; absent where there is none. */
  asked?: Asked;
  tabs?: readonly DetailTab[];
  /** The tab that is shown; kept by the caller where it outlives the record. */
  tab?: string;
  onTab?: (tab: string) => void;
}

/** A complete record: the whole message, then its fields, its JSON, or what a further tab shows. */
export function RecordDetail({ row, actions, columns = [], asked, tabs = [], tab, onTab }: Props) {
  const [chosen, setChosen] = useState("fields");
  const all: readonly DetailTab[] = [
    {
      id: "fields",
      name: t("Fields"),
      content: () => <DetailFields row={row} actions={actions} columns={columns} asked={asked} />,
    },
    {
      id: "json",
      name: "JSON",
      content: () => (
        <ul className="json detail-json">
          <JsonTree value={JSON.parse(toJson(row)) as Json} />
        </ul>
      ),
    },
    ...tabs,
  ];
  const current = all.find(({ id }) => id === (tab ?? chosen)) ?? all[0];
  const query = queryFor(row);
  return (
    <div className="detail">
      {row._msg !== undefined && row._msg !== "" && (
        <div className="detail-message">
          <MessageView message={row._msg} />
          <CopyButton text={row._msg} label={t("Copy the message")} />
        </div>
      )}
      <div className="detail-tabs">
        <span className="segmented" role="group" aria-label={t("Views of the record")}>
          {all.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === current?.id}
              onClick={() => {
                setChosen(id);
                onTab?.(id);
              }}
            >
              {name}
            </button>
          ))}
        </span>
      </div>
      {current?.content()}
      <div className="detail-foot">
        <CopyButton text={rowText(row)} label={t("Copy the record as a line of text")} caption={t("Text")} />
        <CopyButton text={toJson(row)} label={t("Copy the record as JSON")} caption={t("JSON")} />
        <CopyButton text={toMarkdown(row)} label={t("Copy the record as Markdown")} caption={t("Markdown")} />
        {query && <CopyButton text={query} label={t("Copy a query for this record")} caption={t("Query")} />}
        {query && <CopyButton text={linkTo(row, query)} label={t("Copy a link to this record")} caption={t("Link")} />}
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
