import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { facets, fieldNames, type Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { useRoving } from "../../hooks/useRoving";
import { t } from "../../i18n";
import { summarise, summariseRows, VALUES_SHOWN } from "../../models/fieldSummary";
import type { Pick } from "../../models/filters";
import { formatInteger } from "../../models/format";
import { filterPart } from "../../models/logsql";
import { FieldItem } from "./FieldItem";

/** Fields listed at once; the others are found by search. */
const FIELDS_SHOWN = 100;
/** Fields that are open at first. */
const OPEN_AT_FIRST = new Set(["level", "app", "host"]);

interface Props {
  asked: Asked;
  query: string;
  rows: readonly Row[];
  columns: readonly string[];
  onPick: (field: string, value: string, how: Pick) => void;
  onColumn: (field: string) => void;
}

/** The fields of the records found, with their frequent values; a click narrows the query. */
export function FieldSidebar({ asked, query, rows, columns, onPick, onColumn }: Props) {
  const [search, setSearch] = useState("");
  const filtered = { ...asked, query: filterPart(asked.query) };
  const key = [filtered.query, asked.start, asked.end];
  const names = useQuery({
    queryKey: ["field_names", ...key],
    queryFn: ({ signal }) => fieldNames(filtered, signal),
    placeholderData: (old) => old,
  });
  const frequent = useQuery({
    queryKey: ["facets", ...key],
    queryFn: ({ signal }) => facets(filtered, VALUES_SHOWN, signal),
    placeholderData: (old) => old,
  });
  const counted = names.data !== undefined || frequent.data !== undefined;
  // All at once: fields that move away from under the pointer are clicked by mistake.
  const waiting = names.isPending || frequent.isPending;
  const fields = useMemo(() => {
    if (waiting) return [];
    return counted ? summarise(names.data ?? [], frequent.data ?? []) : summariseRows(rows, VALUES_SHOWN);
  }, [waiting, counted, names.data, frequent.data, rows]);
  const [all, setAll] = useState(false);
  const list = useRoving<HTMLDivElement>();
  const fitting = fields.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const shown = all ? fitting : fitting.slice(0, FIELDS_SHOWN);
  return (
    <nav className="sidebar" aria-label={t("Fields")}>
      <input
        className="input sidebar-search"
        type="search"
        placeholder={waiting ? t("Fields") : t("{length} fields", { length: fields.length })}
        aria-label={t("Search fields")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {!counted && (names.error ?? frequent.error) !== null && rows.length > 0 && (
        <p className="sidebar-note">
          {t("Counts from the {length} rows shown.", { length: formatInteger(rows.length) })}
        </p>
      )}
      <div ref={list}>
        {shown.map((field) => (
          <FieldItem
            key={field.name}
            field={field}
            asked={filtered}
            query={query}
            openAtFirst={OPEN_AT_FIRST.has(field.name)}
            shownAsColumn={columns.includes(field.name)}
            onPick={onPick}
            onColumn={onColumn}
          />
        ))}
        {shown.length < fitting.length && (
          <button type="button" className="button button-quiet sidebar-more" onClick={() => setAll(true)}>
            {t("Show all {length} fields", { length: formatInteger(fitting.length) })}
          </button>
        )}
      </div>
      {search !== "" && fitting.length === 0 && <p className="sidebar-note">{t("No matching fields.")}</p>}
    </nav>
  );
}
