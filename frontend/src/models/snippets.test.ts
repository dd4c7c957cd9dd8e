import { describe, expect, it } from "vitest";
import type { InputInfo } from "../api/types";
import { snippets } from "./snippets";

const input = (id: string, address: string): InputInfo => ({
  id,
  protocol: "auto",
  address,
  state: "RUNNING",
  received: 0,
  rejected: 0,
  bytes: 0,
  errors: 0,
  connections: 0,
});

const textOf = (name: string, inputs: InputInfo[], page: string) =>
  snippets(inputs, new URL(page)).find((one) => one.name === name)?.text;

describe("snippets", () => {
  it("use the page's host where the server listens on all interfaces", () => {
    expect(textOf("rsyslog", [input("tcp", "0.0.0.0:5140")], "http://logs.example:8080/")).toContain(
      'target="logs.example" port="5140"',
    );
    expect(textOf("Grafana Alloy", [], "http://logs.example:8080/#/inputs")).toContain(
      'url = "http://logs.example:8080/loki/api/v1/push"',
    );
  });

  it("follow a reverse proxy's path and TLS", () => {
    expect(textOf("Filebeat", [], "https://example.com/logs/")).toContain(
      '"https://example.com/logs/insert/elasticsearch"',
    );
    expect(textOf("Fluent Bit", [], "https://example.com/")).toMatch(/Port {3}443[\s\S]*tls {4}on/);
  });

  it("name the server for clients of Seq and Datadog and for the journal", () => {
    expect(textOf("Serilog", [], "http://logs.example:8080/")).toContain('Seq("http://logs.example:8080")');
    expect(textOf("Datadog Agent", [], "https://example.com/logs/")).toMatch(
      /logs_dd_url: https:\/\/example.com\/logs\n[\s\S]*logs_no_ssl: false/,
    );
    expect(textOf("systemd journal", [], "http://logs.example:8080/")).toContain("URL=http://logs.example:8080");
  });

  it("omit TCP where nothing listens", () => expect(textOf("rsyslog", [], "http://localhost:8080/")).toBeUndefined());
});
