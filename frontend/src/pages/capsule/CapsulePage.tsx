import "./capsule.css";
import { useRef, useState } from "react";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { t } from "../../i18n";
import { MOST_BYTES, readCapsule, type Capsule } from "../../models/capsule";
import { CapsuleView } from "./CapsuleView";

/** Shows the file of a capsule, which is read in the browser and sent nowhere. */
export default function CapsulePage() {
  const file = useRef<HTMLInputElement>(null);
  const [capsule, setCapsule] = useState<Capsule>();
  const [problem, setProblem] = useState<unknown>();

  async function read(chosen: File | undefined) {
    if (!chosen) return;
    setProblem(undefined);
    setCapsule(undefined);
    try {
      if (chosen.size > MOST_BYTES) throw new Error(t("The file is too large for a capsule."));
      setCapsule(readCapsule(await chosen.text()));
    } catch (ex) {
      setProblem(ex);
    }
  }

  return (
    <div className="page-pad">
      <h1 className="visually-hidden">{t("Capsule")}</h1>
      <Panel
        title={t("Incident capsule")}
        note={t("a file that Explore saved, read in your browser and sent nowhere")}
        aside={
          <>
            <input
              ref={file}
              type="file"
              accept=".html,text/html"
              className="visually-hidden"
              tabIndex={-1}
              aria-label={t("File of a capsule")}
              onChange={(event) => {
                void read(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
            <button type="button" className="button button-primary" onClick={() => file.current?.click()}>
              {t("Open a file…")}
            </button>
          </>
        }
      >
        <ErrorText as="p" className="empty-row" alert error={problem} />
        {!capsule && problem === undefined && (
          <p className="empty-row">
            {t("In Explore, “Capsule” saves a query with its records, patterns, alerts and your notes as one file.")}
          </p>
        )}
        {capsule && <CapsuleView capsule={capsule} />}
      </Panel>
    </div>
  );
}
