import type { InputInfo } from "../api/types";

export interface Command {
  name: string;
  command: string;
}

/** Commands that send a first line to the ports on which this server listens. */
export function firstLineCommands(inputs: readonly InputInfo[], page: URL): Command[] {
  const commands: Command[] = [];
  const tcp = addressOf(inputs, "tcp", page.hostname);
  if (tcp) {
    commands.push({ name: "nc", command: `echo "[INFO] hello from $(hostname)" | nc -N ${tcp.host} ${tcp.port}` });
    commands.push({
      name: "logger",
      command: `logger --server ${tcp.host} --port ${tcp.port} --tcp --rfc5424 "hello from logger"`,
    });
  }
  commands.push({
    name: "curl",
    command: `curl -H 'Content-Type: application/x-ndjson' -d '{"level":"INFO","app":"demo","_msg":"hello from curl"}' ${new URL("api/v1/records", page).href}`,
  });
  return commands;
}

/** The host and port at which the viewer reaches an input. */
export function addressOf(
  inputs: readonly InputInfo[],
  id: string,
  pageHost: string,
): { host: string; port: string } | undefined {
  const address = inputs.find((input) => input.id === id)?.address;
  const match = address && /^(.*):(\d+)$/.exec(address);
  if (!match) return undefined;
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  // An input bound to all interfaces is reached by the host name of this page.
  const anywhere = host === "" || host === "0.0.0.0" || host === "::" || host === "*";
  return { host: anywhere ? pageHost : host, port: match[2] ?? "" };
}
