import { useState } from "react";
import type { InputInfo } from "../../api/types";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { t } from "../../i18n";
import { snippets } from "../../models/snippets";

/** Configuration snippets for shippers, with this server's addresses. */
export function SnippetsPanel({ inputs }: { inputs: readonly InputInfo[] }) {
  const all = snippets(inputs, new URL(window.location.href));
  const [name, setName] = useState("");
  const shown = all.find((snippet) => snippet.name === name) ?? all[0];
  if (!shown) return null;
  return (
    <Panel
      title={t("Send logs")}
      note={shown.place}
      aside={
        <CopyButton
          text={shown.text}
          label={t("Copy the configuration for {name}", { name: shown.name })}
          caption={t("Copy")}
        />
      }
    >
      <div className="snippet-names" role="group" aria-label={t("Shipper")}>
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
      <pre className="snippet" tabIndex={0} aria-label={t("Configuration for {name}", { name: shown.name })}>
        {shown.text}
      </pre>
    </Panel>
  );
}
