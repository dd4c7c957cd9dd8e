import "./capsule.css";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { makeCapsule } from "../../api/capsules";
import { instant, type Asked } from "../../api/query";
import type { Row } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Field } from "../../components/Field";
import { Sheet } from "../../components/Sheet";
import { plural, t, tr } from "../../i18n";
import { locale } from "../../i18n/locale";
import { capsuleFile } from "../../models/capsule";
import { routeHash } from "../../models/route";
import { SECRET_KINDS } from "../../models/transforms";

interface Props {
  asked: Asked;
  /** The chosen rows; the newest of the query without any. */
  rows?: readonly Row[];
  onClose: () => void;
}

/** How many records a capsule may have where none were chosen. */
const LIMITS = [200, 1_000, 5_000, 10_000] as const;

/** Asks what a capsule is to contain, and saves it. */
export default function CapsuleSheet({ asked, rows = [], onClose }: Props) {
  const [title, setTitle] = useState("");
  const [notes, setNotes] = useState("");
  const [kinds, setKinds] = useState<readonly string[]>(Object.keys(SECRET_KINDS));
  const [limit, setLimit] = useState<number>(LIMITS[0]);
  const make = useMutation({ mutationFn: makeCapsule });

  function save() {
    const start = instant(asked.start);
    const end = instant(asked.end);
    const wanted = {
      title: title.trim(),
      notes: notes.trim(),
      query: asked.query,
      redact: kinds,
      language: locale(),
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
      ...(rows.length > 0 ? { records: rows } : { limit }),
    };
    make.mutate(wanted, {
      onSuccess: (file) => {
        const url = URL.createObjectURL(file);
        const link = document.createElement("a");
        link.href = url;
        link.download = capsuleFile(title);
        link.click();
        URL.revokeObjectURL(url);
        onClose();
      },
    });
  }

  return (
    <Sheet title={t("Incident capsule")} onClose={onClose}>
      <form
        className="form sheet-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="form-row muted">
          {t("One file with the query, its histogram, patterns, alerts and records. It opens in any browser, offline.")}{" "}
          <a href={routeHash("capsule")}>{t("Open a capsule")}</a>
        </p>
        <Field name={t("What happened")} wide>
          <input
            className="input"
            maxLength={200}
            placeholder={t("Incident")}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Field>
        {rows.length === 0 ? (
          <Field name={t("Records")} hint={t("Choose rows first to take those instead.")} wide>
            <select className="select" value={limit} onChange={(event) => setLimit(Number(event.target.value))}>
              {LIMITS.map((count) => (
                <option key={count} value={count}>
                  {t("the newest {count}", { count })}
                </option>
              ))}
            </select>
          </Field>
        ) : (
          <p className="form-row">{plural(rows.length, "With {n} chosen record.", "With {n} chosen records.")}</p>
        )}
        <Field name={t("Notes")} wide>
          <textarea
            className="input"
            rows={5}
            maxLength={20_000}
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        </Field>
        <fieldset className="form-row capsule-kinds">
          <legend>{t("Hide, also in the query and the notes")}</legend>
          {Object.entries(SECRET_KINDS).map(([kind, name]) => (
            <label key={kind} className="check">
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={(event) =>
                  setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
                }
              />{" "}
              {tr(name)}
            </label>
          ))}
        </fieldset>
        <ErrorText as="p" className="form-row" alert error={make.error} />
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={make.isPending}>
            {make.isPending ? t("Collecting…") : t("Save the file")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
