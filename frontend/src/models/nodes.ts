import type { FleetNode } from "../api/nodes";
import { plural, t } from "../i18n";

/** What a node's state is called, and whether it is good. */
export function stateOf(node: Pick<FleetNode, "error" | "status">): { text: string; tone: "good" | "bad" } {
  if (node.error !== undefined) return { text: t("AWAY"), tone: "bad" };
  const status = node.status?.health.status ?? "UNKNOWN";
  return { text: status, tone: status === "UP" ? "good" : "bad" };
}

/** How many nodes there are, and how many of them need attention. */
export function summaryOf(nodes: readonly FleetNode[]): string {
  const count = plural(nodes.length, "{n} node", "{n} nodes");
  const away = nodes.filter(({ error }) => error !== undefined).length;
  const ill = nodes.filter((node) => node.error === undefined && stateOf(node).tone === "bad").length;
  if (away > 0 && ill > 0) return t("{count}: {away} away, {ill} not well", { count, away, ill });
  if (away > 0) return t("{count}: {away} away", { count, away });
  if (ill > 0) return t("{count}: {ill} not well", { count, ill });
  return count;
}

/** The versions of the nodes that answer, each once. */
export function versionsOf(nodes: readonly FleetNode[]): string[] {
  const versions = nodes.flatMap(({ error, status }) => (error === undefined && status ? [status.version] : []));
  return [...new Set(versions)].sort();
}
