import { useState } from "react";
import { isAbsent } from "../../api/http";
import { createMark, deleteMark, type Mark } from "../../api/templates";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { ErrorText } from "../../components/ErrorText";
import { MomentInput } from "../../components/MomentInput";
import { Panel } from "../../components/Panel";
import { useChange } from "../../hooks/useChange";
import { useMarks } from "../../hooks/useMarks";
import { t } from "../../i18n";
import { formatDateTime } from "../../models/format";
import { routeHash } from "../../models/route";
import { fromLocalInput } from "../../models/timeRange";
import { presentZoneName } from "../../models/zone";

const SHOWN = 50;

/** Named moments, which are lines in every chart over time. */
export function MarksPanel() {
  const { data, error } = useMarks();
  if (isAbsent(error)) return null;
  const latest = [...(data ?? [])].sort((a, b) => Date.parse(b.time) - Date.parse(a.time)).slice(0, SHOWN);
  return (
    <Panel title={t("Marks")} note={t("moments such as deploys: lines in every chart")} error={error} className="marks">
      <NewMark />
      {data?.length === 0 && <FirstMark />}
      {latest.length > 0 && (
        <ul className="mark-list">
          {latest.map((mark) => (
            <MarkItem key={mark.id} mark={mark} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function MarkItem({ mark: { id, text, time } }: { mark: Mark }) {
  const remove = useChange(deleteMark, ["marks"]);
  return (
    <li>
      <span className="muted">{formatDateTime(Date.parse(time), false)}</span>
      <span className="mark-text">{text}</span>
      <a href={routeHash("templates", { since: `mark:${id}` })}>{t("New since")}</a>
      <span className="mark-actions">
        <AskTwice
          label={t("Delete mark {text}", { text })}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(id)}
        />
      </span>
      <ErrorText error={remove.error} />
    </li>
  );
}

function NewMark() {
  const [text, setText] = useState("");
  const [time, setTime] = useState("");
  const create = useChange(createMark, ["marks"]);
  return (
    <form
      className="mark-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        const moment = time === "" ? Number.NaN : fromLocalInput(time);
        const mark = { text: text.trim(), ...(!Number.isNaN(moment) && { time: new Date(moment).toISOString() }) };
        create.mutate(mark, {
          onSuccess: () => {
            setText("");
            setTime("");
          },
        });
      }}
    >
      <label className="mark-what">
        <span>{t("What happened")}</span>
        <input
          className="input"
          placeholder="deploy 1.4.2"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        <span>{t("When ({zone}); empty for now", { zone: presentZoneName() })}</span>
        <MomentInput value={time} onChange={setTime} />
      </label>
      <button type="submit" className="button" disabled={text.trim() === "" || create.isPending}>
        {t("Set mark")}
      </button>
      <ErrorText as="span" error={create.error} alert />
    </form>
  );
}

/** Teaches the one command that a deploy script needs. */
function FirstMark() {
  const address = new URL("api/v1/marks", window.location.href.replace(/#.*$/, "")).href;
  const command = `curl -X POST ${address} -H 'Content-Type: application/json' -d '{"text":"deploy 1.4.2"}'`;
  return (
    <div className="mark-first">
      <p className="muted">
        {t(
          "No marks yet. Let a deploy script set one; then see what is new since the deploy, and compare before and after.",
        )}
      </p>
      <p>
        <code>{command}</code> <CopyButton text={command} label={t("Copy the command")} />
      </p>
    </div>
  );
}
