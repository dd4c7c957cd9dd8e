import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  getTransformVersion,
  getTransformVersions,
  rollBackTransforms,
  type TransformVersion,
} from "../../api/transforms";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { plural, t } from "../../i18n";
import { formatDateTime } from "../../models/format";

const SHOWN = 10;

interface Props {
  /** Whether there are changes that rolling back would throw away. */
  dirty: boolean;
  onRolledBack: () => void;
}

/** The versions of the list; one click puts an earlier one in force again. */
export function HistoryPanel({ dirty, onRolledBack }: Props) {
  const { data, error } = useQuery({
    queryKey: ["transform versions"],
    queryFn: ({ signal }) => getTransformVersions(signal),
  });
  const [all, setAll] = useState(false);
  if (!data || data.length < 2) return error ? <ErrorText as="p" error={error} /> : null;
  return (
    <Panel title={t("History")} note={plural(data.length, "{n} version", "{n} versions")}>
      <Table heads={[t("Version"), t("Since"), t("By"), t("Transforms"), ""]}>
        {data.slice(0, all ? data.length : SHOWN).map((version) => (
          <VersionRow key={version.version} version={version} dirty={dirty} onRolledBack={onRolledBack} />
        ))}
      </Table>
      {!all && data.length > SHOWN && (
        <button type="button" className="button list-foot-button" onClick={() => setAll(true)}>
          {t("Show all")}
        </button>
      )}
    </Panel>
  );
}

function VersionRow({ version, dirty, onRolledBack }: { version: TransformVersion } & Props) {
  const [open, setOpen] = useState(false);
  const back = useChange(rollBackTransforms, ["transforms", "transform versions"]);
  const { version: number, time, author, copyOf, current } = version;
  return (
    <tr>
      <td>
        {number === 0 ? t("settings") : number}
        {copyOf !== undefined && copyOf !== null && (
          <span className="muted">
            {" "}
            {copyOf === 0 ? t("as in the settings") : t("as {version}", { version: copyOf })}
          </span>
        )}
      </td>
      <td className="muted">{time ? formatDateTime(Date.parse(time), false) : t("the start")}</td>
      <td>{author || <span className="muted">–</span>}</td>
      <td>
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("Hide") : t("Show")}
        </button>
        {open && <VersionContent version={number} />}
        <ErrorText error={back.error} />
      </td>
      <td className="num">
        {current ? (
          <span className="muted">{t("in force")}</span>
        ) : (
          <button
            type="button"
            className="button"
            disabled={back.isPending || dirty}
            title={dirty ? t("Apply or discard your changes first") : undefined}
            onClick={() => back.mutate(number, { onSuccess: onRolledBack })}
          >
            {t("Roll back to this")}
          </button>
        )}
      </td>
    </tr>
  );
}

function VersionContent({ version }: { version: number }) {
  const { data, error } = useQuery({
    queryKey: ["transform versions", version],
    queryFn: ({ signal }) => getTransformVersion(version, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorText error={error} />;
  if (!data) return <p className="muted">{t("Loading…")}</p>;
  if (data.length === 0) return <p className="muted">{t("No transforms")}</p>;
  return (
    <ol className="version-content">
      {data.map(({ name, action, filter, options }, index) => (
        <li key={index}>
          <b>{name}</b> {action} <span className="mono muted">{filter ?? "*"}</span>{" "}
          {options && <code className="muted">{JSON.stringify(options)}</code>}
        </li>
      ))}
    </ol>
  );
}
