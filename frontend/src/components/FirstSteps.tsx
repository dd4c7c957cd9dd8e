import "./firstSteps.css";
import { t } from "../i18n";
import { CopyButton } from "./CopyButton";
import { useInputs } from "../hooks/useInputs";
import { firstLineCommands } from "../models/firstLine";

/** Shown while the server has no records: commands that send a line to it. */
export function FirstSteps() {
  const { data } = useInputs();
  const commands = firstLineCommands(data?.inputs ?? [], new URL(window.location.href));
  return (
    <section className="panel first-steps" aria-label={t("Send the first record")}>
      <h2>{t("No records yet. Send the first one:")}</h2>
      {commands.map(({ name, command }) => (
        <div key={name} className="first-step">
          <span className="muted">{name}</span>
          <code>{command}</code>
          <CopyButton text={command} label={t("Copy the {name} command", { name })} />
        </div>
      ))}
    </section>
  );
}
