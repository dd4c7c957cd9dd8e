import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { isAbsent } from "../../api/http";
import { getTemplates } from "../../api/templates";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useMarks } from "../../hooks/useMarks";
import { useParams } from "../../hooks/useRoute";
import { msg, t, tr } from "../../i18n";
import { LEVELS } from "../../models/levels";
import { sinceChoices, SORTS } from "../../models/templates";
import { TemplateRow } from "./TemplateRow";

const PAGE = 100;
const POLL_MS = 30_000;

/** The known templates, selected by what is in the address. What is `below` them comes once they are there, so as not to move. */
export function TemplatesPanel({ below }: { below: ReactNode }) {
  const [params, setParams] = useParams("templates");
  const marks = useMarks();
  const [limit, setLimit] = useState(PAGE);
  const since = params.get("since") ?? "";
  const level = params.get("level") ?? "";
  const query = params.get("q") ?? "";
  const sort = params.get("sort") ?? "firstSeen";
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["templates", since, level, query, sort, limit],
    queryFn: ({ signal }) => getTemplates({ since, level, query, sort, limit }, signal),
    refetchInterval: POLL_MS,
    placeholderData: (old) => old,
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setLimit(PAGE);
    setParams(next);
  };
  const narrowed = since !== "" || level !== "" || query !== "";
  const total = data && !isPlaceholderData ? data.total : undefined;
  const count = total === undefined ? "" : narrowed ? t("{total} selected", { total }) : t("{total} known", { total });
  if (isAbsent(error)) {
    return (
      <>
        <Panel title={t("Templates")}>
          <p className="empty-row">{t("This server does not keep templates. Explore shows patterns of any search.")}</p>
        </Panel>
        {below}
      </>
    );
  }
  return (
    <>
      <Panel title={t("Templates")} note={count} error={error}>
        <div className="templates-bar">
          <form
            key={query}
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              const text = new FormData(event.currentTarget).get("query");
              set("q", typeof text === "string" ? text.trim() : "");
            }}
          >
            <input
              className="input mono"
              name="query"
              type="search"
              data-query-input
              aria-label={t("Filter of the templates (LogsQL)")}
              placeholder={t("Words, or a filter such as app:=shop count:>100")}
              defaultValue={query}
            />
          </form>
          <label>
            <span>{t("New since")}</span>
            <select className="select" value={since} onChange={(event) => set("since", event.target.value)}>
              <option value="">{t("the beginning")}</option>
              {sinceChoices(marks.data ?? [], since).map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t("Level")}</span>
            <select className="select" value={level} onChange={(event) => set("level", event.target.value)}>
              <option value="">{t("any")}</option>
              {LEVELS.map((name) => (
                <option key={name} value={name}>
                  {t("{name} or above", { name })}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t("Order")}</span>
            <select className="select" value={sort} onChange={(event) => set("sort", event.target.value)}>
              {SORTS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </div>
        {!data && !error && <p className="empty-row">{t("Loading templates…")}</p>}
        {data?.total === 0 && <p className="empty-row">{tr(narrowed ? NOTHING_NEW : NOTHING_YET)}</p>}
        {data && data.templates.length > 0 && (
          <Table
            className="templates"
            heads={[t("First seen"), t("Level"), t("Template"), `${t("Records")}#`, t("Last seen")]}
          >
            {data.templates.map((template) => (
              <TemplateRow key={template.id} template={template} />
            ))}
          </Table>
        )}
        {data && data.templates.length < data.total && (
          <p className="empty-row">
            <button type="button" className="button" onClick={() => setLimit(limit * 2)}>
              {t("Show more")}
            </button>{" "}
            {t("{shown} of {all} are shown.", { shown: data.templates.length, all: data.total })}
          </p>
        )}
      </Panel>
      {(data ?? error) && below}
    </>
  );
}

const NOTHING_YET = msg(
  "No templates yet. The server learns the constant text of messages as records are written to disk, usually within a minute.",
);
const NOTHING_NEW = msg(
  "No template matches: no message of this kind appeared for the first time in the selected range.",
);
