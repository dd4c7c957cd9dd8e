import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { addDeletion } from "../../api/admin";
import { ApiError } from "../../api/http";
import { explain, queryRows, type Asked } from "../../api/query";
import { ErrorText } from "../../components/ErrorText";
import { MomentInput } from "../../components/MomentInput";
import { QueryBox } from "../../components/query/QueryBox";
import { Sheet } from "../../components/Sheet";
import { useChange } from "../../hooks/useChange";
import { plural, t } from "../../i18n";
import { fromLocalInput } from "../../models/timeRange";
import { presentZoneName } from "../../models/zone";

/** Counts the records that a deletion would remove before it is confirmed. */
export function DeleteForm({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const asked: Asked = { query: query.trim(), ...moment("start", from), ...moment("end", to) };
  const question = JSON.stringify(asked);
  const count = useMutation({ mutationFn: async () => ({ question, records: await countOf(asked) }) });
  const remove = useChange(addDeletion, ["deletions"]);
  // A count is valid only for the query and range that it was made for.
  const counted = count.data?.question === question ? count.data.records : undefined;
  const error = remove.error ?? count.error;
  const problem = error instanceof ApiError && error.problem.column !== undefined ? error.problem : undefined;
  const backwards = asked.start !== undefined && asked.end !== undefined && asked.start > asked.end;
  const ready = asked.query !== "" && !backwards;
  const submit = () => {
    remove.reset();
    if (ready) count.mutate();
  };
  return (
    <Sheet title={t("Delete records")} onClose={onClose}>
      <form
        className="form sheet-form delete-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="form-row">
          <span>{t("Query: a filter without pipes; * matches every record")}</span>
          <QueryBox
            value={query}
            onChange={setQuery}
            onRun={submit}
            problem={problem}
            label={t("Query of the records to delete (LogsQL)")}
            hint={t("for example app:=shop user_id:=4711")}
          />
        </div>
        <label>
          <span>{t("From ({zone}); empty for no limit", { zone: presentZoneName() })}</span>
          <MomentInput value={from} onChange={setFrom} />
        </label>
        <label>
          <span>{t("To; empty for no limit")}</span>
          <MomentInput value={to} onChange={setTo} />
        </label>
        <p className="form-row" role="status">
          {backwards ? t("The start must be before the end.") : statusText(counted)}
        </p>
        <div className="form-foot">
          <button
            type="submit"
            className="button button-primary"
            disabled={!ready || count.isPending || counted !== undefined}
          >
            {t("Count matching records")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {/* Away from the count button, so that a double click there deletes nothing. */}
          {counted !== undefined && counted > 0 && (
            <button
              type="button"
              className="button button-danger delete-now"
              disabled={remove.isPending}
              onClick={() => remove.mutate(asked, { onSuccess: onClose })}
            >
              {plural(counted, "Delete {n} record permanently", "Delete {n} records permanently")}
            </button>
          )}
          {!problem && <ErrorText as="span" error={error} alert />}
        </div>
      </form>
    </Sheet>
  );
}

function moment(name: "start" | "end", text: string): Partial<Asked> {
  const ms = text === "" ? Number.NaN : fromLocalInput(text);
  return Number.isNaN(ms) ? {} : { [name]: ms };
}

async function countOf(asked: Asked): Promise<number> {
  const { pipes } = await explain(asked.query);
  if (pipes.length > 0)
    throw new Error(t("Remove “| {pipe}”: only a filter can select records to delete.", { pipe: pipes[0] ?? "" }));
  // On its own line, so that a comment does not swallow the pipe.
  const rows = await queryRows({ ...asked, query: `${asked.query}\n| count() records` }, 1);
  return Number(rows[0]?.records ?? 0);
}

function statusText(counted: number | undefined): string {
  if (counted === undefined)
    return t("Matching records are counted first; you confirm afterwards. Earlier snapshots keep the deleted records.");
  return counted === 0
    ? t("No matching records.")
    : t("Matching records that arrive before you confirm are deleted too.");
}
