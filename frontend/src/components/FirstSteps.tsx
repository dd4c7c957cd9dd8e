import "./firstSteps.css";
import { useState } from "react";
import { useFirstRecord } from "../hooks/useFirstRecord";
import { useInputs } from "../hooks/useInputs";
import { t } from "../i18n";
import { firstLineCommands } from "../models/firstLine";
import { shownLevel } from "../models/levels";
import { exploreHref } from "../models/route";
import { snippets } from "../models/snippets";
import { CopyButton } from "./CopyButton";
import { RecordLine } from "./record/RecordLine";

/** On a server without records: how to send one, and then that record. Nothing on a server that had some before. */
export function FirstRun() {
  const { waiting, record } = useFirstRecord();
  const [seen, setSeen] = useState(false);
  if (waiting) return <FirstSteps />;
  if (!record || seen) return null;
  return (
    <section className="panel first-steps" aria-label={t("The first record")}>
      <h2 role="status">{t("The first record has arrived.")}</h2>
      <div className="record-line first-record" data-level={shownLevel(record.level)}>
        <RecordLine row={record} />
      </div>
      <div className="first-actions">
        <a className="button button-primary" href={exploreHref("*")}>
          {t("Open it in Explore")}
        </a>
        <button type="button" className="button" onClick={() => setSeen(true)}>
          {t("Close")}
        </button>
      </div>
    </section>
  );
}

/** Shown while the server has no records: commands that send a line to it, and configuration of shippers. */
export function FirstSteps() {
  const { data } = useInputs();
  const [name, setName] = useState("");
  const page = new URL(window.location.href);
  const inputs = data?.inputs ?? [];
  const all = snippets(inputs, page);
  const shown = all.find((snippet) => snippet.name === name);
  return (
    <section className="panel first-steps" aria-label={t("Send the first record")}>
      <h2>{t("No records yet. Send the first one:")}</h2>
      <div className="first-shippers" role="group" aria-label={t("Shipper")}>
        <button type="button" className="button" aria-pressed={!shown} onClick={() => setName("")}>
          {t("Command line")}
        </button>
        {all.map((snippet) => (
          <button
            key={snippet.name}
            type="button"
            className="button"
            aria-pressed={snippet === shown}
            onClick={() => setName(snippet.name)}
          >
            {snippet.name}
          </button>
        ))}
      </div>
      {shown ? (
        <div className="first-snippet">
          <span className="muted">{shown.place}</span>
          <CopyButton text={shown.text} label={t("Copy the configuration for {name}", { name: shown.name })} />
          <pre tabIndex={0} aria-label={t("Configuration for {name}", { name: shown.name })}>
            {shown.text}
          </pre>
        </div>
      ) : (
        firstLineCommands(inputs, page).map(({ name: tool, command }) => (
          <div key={tool} className="first-step">
            <span className="muted">{tool}</span>
            <code>{command}</code>
            <CopyButton text={command} label={t("Copy the {name} command", { name: tool })} />
          </div>
        ))
      )}
      <p className="first-waiting" role="status">
        {t("Waiting for your first record…")}
      </p>
    </section>
  );
}
