import { useQuery } from "@tanstack/react-query";
import { deleteDeadLetter, getDeadLetters, sendDeadLetter, type Channel, type DeadLetter } from "../../../api/notices";
import { AskTwice } from "../../../components/AskTwice";
import { ErrorText } from "../../../components/ErrorText";
import { Panel } from "../../../components/Panel";
import { Table } from "../../../components/Table";
import { useChange } from "../../../hooks/useChange";
import { t } from "../../../i18n";
import { formatDateTime, formatInteger } from "../../../models/format";
import { isAbsent } from "../../../api/http";

const POLL_MS = 10_000;

/** Notices that could not be delivered after all attempts. */
export function DeadLettersPanel({ channels }: { channels: readonly Channel[] }) {
  const { data, error } = useQuery({
    queryKey: ["dead letters"],
    queryFn: ({ signal }) => getDeadLetters(signal),
    refetchInterval: POLL_MS,
  });
  if (isAbsent(error)) return null;
  return (
    <Panel title={t("Dead letters")} note={t("notices that no attempt could deliver")} error={error}>
      {data?.length === 0 && (
        <p className="empty-row">{t("None. What cannot be delivered is kept here, to be sent again.")}</p>
      )}
      {data && data.length > 0 && (
        <Table
          className="stacked dead-letters"
          heads={[t("Written"), t("Channel"), t("Notice"), `${t("Attempts")}#`, ""]}
        >
          {data.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              channel={channels.find(({ id }) => id === letter.channel)?.name ?? letter.channel}
            />
          ))}
        </Table>
      )}
    </Panel>
  );
}

function LetterRow({ letter, channel }: { letter: DeadLetter; channel: string }) {
  const send = useChange(sendDeadLetter, ["dead letters", "channels"]);
  const remove = useChange(deleteDeadLetter, ["dead letters"]);
  return (
    <tr>
      <td className="muted letter-time">{formatDateTime(Date.parse(letter.created), false)}</td>
      <td>{channel}</td>
      <td className="stacked-wide letter-what">
        {letter.title}
        <div className="danger-text">{letter.error}</div>
        <ErrorText error={send.error ?? remove.error} alert />
      </td>
      <td className="num">{formatInteger(letter.attempts)}</td>
      <td className="channel-actions">
        <button type="button" className="button" disabled={send.isPending} onClick={() => send.mutate(letter.id)}>
          {t("Send again")}
        </button>{" "}
        <AskTwice
          label={t("Delete the notice {title}", { title: letter.title })}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(letter.id)}
        />
      </td>
    </tr>
  );
}
