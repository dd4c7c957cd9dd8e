import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldNames, type Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { summarise } from "../../models/fieldSummary";
import { formatCount } from "../../models/format";
import { BY_LEVEL } from "../../models/histogram";
import { filterPart } from "../../models/logsql";

/** Fields listed at once; the others are found by search. */
const SHOWN = 50;

interface Props {
  by: string;
  asked: Asked;
  onChange: (by: string | undefined) => void;
}

/** Chooses the field whose values the histogram tells apart. */
export function BreakdownMenu({ by, asked, onChange }: Props) {
  return (
    <Menu quiet label={t("by {by}", { by })} name={t("by {by}: break down by another field", { by })}>
      {(close) => (
        <Fields
          by={by}
          asked={asked}
          onChoose={(field) => {
            onChange(field === BY_LEVEL ? undefined : field);
            close();
          }}
        />
      )}
    </Menu>
  );
}

interface FieldsProps {
  by: string;
  asked: Asked;
  onChoose: (field: string) => void;
}

function Fields({ by, asked, onChoose }: FieldsProps) {
  const [search, setSearch] = useState("");
  const query = filterPart(asked.query);
  // The same as the list of fields beside the records.
  const { data, error } = useQuery({
    queryKey: ["field_names", query, asked.start, asked.end],
    queryFn: ({ signal }) => fieldNames({ ...asked, query }, signal),
  });
  const typed = search.trim();
  const known = summarise(data ?? [], []);
  const offered = known.some(({ name }) => name === BY_LEVEL) ? known : [{ name: BY_LEVEL }, ...known];
  const fitting = offered.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()));
  return (
    <div className="breakdown">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const first = fitting[0]?.name ?? typed;
          if (first !== "") onChoose(first);
        }}
      >
        <input
          className="input"
          type="search"
          aria-label={t("Search fields")}
          placeholder={t("Search fields")}
          autoFocus
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </form>
      <ErrorText error={error} />
      {fitting.slice(0, SHOWN).map(({ name, hits }) => (
        <button
          key={name}
          type="button"
          className="menu-item"
          aria-pressed={name === by}
          onClick={() => onChoose(name)}
        >
          <span>{name}</span>
          {hits !== undefined && <span className="muted">{formatCount(hits)}</span>}
        </button>
      ))}
      {data && fitting.length === 0 && <p className="muted">{t("No matching fields.")}</p>}
    </div>
  );
}
