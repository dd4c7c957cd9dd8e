import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deleteSinkLetter, getSinkLetters, resendSinkLetter, type SinkLetter } from "../../api/sinks";
import { AskTwice } from "../../components/AskTwice";
import { ErrorText } from "../../components/ErrorText";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { formatDateTime, formatInteger } from "../../models/format";
import { rowText } from "../../models/rowText";

/** The batches that the receiver refused for good: why, a sample, send again or delete. */
export function SinkLetters({ sink }: { sink: string }) {
  const { data, error } = useQuery({
    queryKey: ["sink letters", sink],
    queryFn: ({ signal }) => getSinkLetters(sink, signal),
  });
  if (error) return <ErrorText className="sink-error" error={error} />;
  if (!data) return <p className="sink-note muted">{t("Loading dead letters…")}</p>;
  return (
    <Table heads={[t("Since"), `${t("Records")}#`, t("Reason"), ""]}>
      {data.map((letter) => (
        <LetterRow key={letter.id} sink={sink} letter={letter} />
      ))}
    </Table>
  );
}

function LetterRow({ sink, letter }: { sink: string; letter: SinkLetter }) {
  const [open, setOpen] = useState(false);
  const resend = useChange(resendSinkLetter, ["sink letters", "sinks"]);
  const remove = useChange(deleteSinkLetter, ["sink letters", "sinks"]);
  const which = { sink, letter: letter.id };
  return (
    <tr>
      <td className="muted">{formatDateTime(Date.parse(letter.time), false)}</td>
      <td className="num">{formatInteger(letter.records)}</td>
      <td>
        {letter.reason}{" "}
        {letter.sample && letter.sample.length > 0 && (
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("Hide records") : t("Show records")}
          </button>
        )}
        {open && <pre className="sink-sample">{(letter.sample ?? []).map((row) => rowText(row)).join("\n")}</pre>}
        <ErrorText error={resend.error ?? remove.error} />
      </td>
      <td className="num">
        <button type="button" className="button" disabled={resend.isPending} onClick={() => resend.mutate(which)}>
          {t("Send again")}
        </button>{" "}
        <AskTwice label={t("Delete these records")} busy={remove.isPending} onConfirm={() => remove.mutate(which)} />
      </td>
    </tr>
  );
}
