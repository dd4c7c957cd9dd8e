import "./nodes.css";
import { useQuery } from "@tanstack/react-query";
import { isAbsent } from "../../api/http";
import { getNodes, type FleetNode } from "../../api/nodes";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useNow } from "../../hooks/useNow";
import { t } from "../../i18n";
import { formatBytes, formatCount, formatDateTime, formatRate, formatSpan } from "../../models/format";
import { stateOf, summaryOf, versionsOf } from "../../models/nodes";

const POLL_MS = 3_000;

/** How this installation's nodes are. One that is alone teaches how others join it. */
export default function NodesPage() {
  const { data, error } = useQuery({
    queryKey: ["nodes"],
    queryFn: ({ signal }) => getNodes(signal),
    refetchInterval: POLL_MS,
  });
  const nodes = data ?? [];
  const versions = versionsOf(nodes);
  return (
    <div className="page-pad nodes-page">
      <h1 className="visually-hidden">{t("Nodes")}</h1>
      <Panel title={t("Nodes")} note={data && summaryOf(nodes)} error={isAbsent(error) ? undefined : error}>
        {isAbsent(error) && <p className="empty-row">{t("This server does not list nodes.")}</p>}
        {!data && !error && <p className="empty-row">{t("Asking the nodes…")}</p>}
        {versions.length > 1 && (
          <p className="notice notice-quiet">
            {t("The nodes run different versions: {versions}. That is fine while they are being replaced.", {
              versions: versions.join(", "),
            })}
          </p>
        )}
        {nodes.length > 0 && <NodesTable nodes={nodes} />}
      </Panel>
      {data && nodes.length < 2 && <Lesson />}
    </div>
  );
}

function NodesTable({ nodes }: { nodes: readonly FleetNode[] }) {
  const now = useNow(1_000);
  return (
    <Table
      className="nodes"
      heads={[
        t("Node"),
        t("Roles"),
        t("State"),
        t("Version"),
        `${t("Running for")}#`,
        `${t("Records/s")}#`,
        `${t("Behind by")}#`,
        `${t("Records")}#`,
        `${t("Disk free")}#`,
        t("Last seen"),
      ]}
    >
      {nodes.map((node) => (
        <NodeRow key={`${node.name} ${node.url ?? ""}`} node={node} now={now} />
      ))}
    </Table>
  );
}

function NodeRow({ node, now }: { node: FleetNode; now: number }) {
  const { name, url, status, error } = node;
  const state = stateOf(node);
  const seen = node.lastSeen === undefined ? undefined : Date.parse(node.lastSeen);
  return (
    <tr data-away={error === undefined ? undefined : ""}>
      <td className="node-name">
        {url !== undefined && !node.self ? (
          <a href={`${url}/`} title={t("Open the console of this node")}>
            {name}
          </a>
        ) : (
          name
        )}
        {node.self && <span className="muted"> {t("this one")}</span>}
        {status?.evaluates && <div className="muted">{t("evaluates the alert rules")}</div>}
        {!node.queried && (
          <div
            className="muted"
            title={t("It is not in logcaster.nodes.urls: its records are not in the answers of this node")}
          >
            {t("not queried")}
          </div>
        )}
      </td>
      <td>{status?.roles.join(", ") ?? "–"}</td>
      <td className="node-state">
        <span className="state" data-state={state.tone}>
          {state.text}
        </span>
        {error !== undefined && <div className="node-reason">{error}</div>}
        {error === undefined &&
          status?.health.reasons.map((reason) => (
            <div key={reason.part} className="node-reason">
              {reason.part}
              {reason.text && `: ${reason.text}`}
            </div>
          ))}
      </td>
      <td className="muted">{status?.version ?? "–"}</td>
      <td className="num">{status && error === undefined ? formatSpan(now - Date.parse(status.startedAt)) : "–"}</td>
      <td className="num">{status && error === undefined ? formatRate(status.received) : "–"}</td>
      <td className="num" title={t("Batches in Kafka that it has not stored yet")}>
        {status?.lag === undefined ? "–" : formatCount(status.lag)}
      </td>
      <td className="num">{status ? formatCount(status.records) : "–"}</td>
      <td className="num">{status?.freeBytes === undefined ? "–" : formatBytes(status.freeBytes)}</td>
      <td title={seen === undefined ? undefined : formatDateTime(seen, false)}>
        {seen === undefined
          ? t("never")
          : error === undefined
            ? t("just now")
            : t("{now} ago", { now: formatSpan(Math.max(0, now - seen)) })}
      </td>
    </tr>
  );
}

const URLS = `# on every node: the addresses of all of them (a node recognises itself)
logcaster.nodes.urls=http://logs-1:8080,http://logs-2:8080
# where credentials are set: a token of the scope node, which every node accepts
logcaster.nodes.token-file=/run/secrets/nodes`;

const DATABASE = `# on every node: one PostgreSQL database for rules, alerts and settings
logcaster.control.url=jdbc:postgresql://db:5432/logcaster
# its name, and where the others reach it
logcaster.node.name=logs-1
logcaster.node.url=http://logs-1:8080`;

/** How a single LogCaster becomes one of several. */
function Lesson() {
  const ways: [string, string, string][] = [
    [
      t("Query several LogCasters as one"),
      t("Each keeps its own records. Queries, the live tail and the figures of this console then cover all of them."),
      URLS,
    ],
    [
      t("Share rules and alerts"),
      t("Nodes with one control database find each other, and one of them evaluates the alert rules."),
      DATABASE,
    ],
  ];
  return (
    <Panel title={t("One LogCaster is enough for most teams")} note={t("more join by settings, without a cluster")}>
      <div className="nodes-lesson">
        {ways.map(([title, text, settings]) => (
          <section key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
            <div className="nodes-settings">
              <pre tabIndex={0} aria-label={title}>
                {settings}
              </pre>
              <CopyButton text={settings} label={t("Copy the settings")} />
            </div>
          </section>
        ))}
      </div>
    </Panel>
  );
}
