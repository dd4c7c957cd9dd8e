import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createToken, getTokens, revokeToken } from "../../api/admin";
import { SCOPES, type Scope, type Token } from "../../api/types";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { ErrorText } from "../../components/ErrorText";
import { useChange } from "../../hooks/useChange";
import { msg, t, tr, type Message } from "../../i18n";
import { formatDateTime, timeOf } from "../../models/format";
import { ListPanel } from "./ListPanel";

/** What a scope permits. */
const PERMITS: Record<Scope, Message> = {
  ingest: msg("send records, set marks"),
  query: msg("read everything, change nothing"),
  node: msg("ask this server as another LogCaster"),
  admin: msg("everything"),
};

/** The tokens that programs use instead of a user name and password. */
export function TokensPanel() {
  const list = useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => getTokens(signal), retry: false });
  return (
    <ListPanel
      title={t("Tokens")}
      note={t("sent as “Authorization: Bearer …”")}
      list={list}
      heads={[t("Name"), t("Scopes"), t("Created"), ""]}
      empty={t("No tokens. Programs use one instead of a user's password; give each only the scopes that it needs.")}
      row={(token) => <TokenRow key={token.id} token={token} />}
    >
      {list.data && <NewToken />}
    </ListPanel>
  );
}

function TokenRow({ token: { id, name, scopes, createdAt } }: { token: Token }) {
  const revoke = useChange(revokeToken, ["tokens"]);
  return (
    <tr>
      <td className="stacked-wide">
        {name}
        <ErrorText error={revoke.error} />
      </td>
      <td>{scopes.join(", ")}</td>
      <td className="admin-when">{formatDateTime(timeOf(createdAt), false)}</td>
      <td className="admin-actions">
        <AskTwice
          label={t("Revoke {name}", { name })}
          verb={t("Revoke")}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(id)}
        />
      </td>
    </tr>
  );
}

function NewToken() {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["ingest"]);
  // The secret must not outlive the page in a cache.
  const create = useChange(createToken, ["tokens"], { gcTime: 0 });
  const made = create.data;
  if (made?.token) {
    return (
      <div className="token-made" role="status">
        <p>{t("Token {name} created. Copy it now: it will not be shown again.", { name: made.name })}</p>
        <p>
          <code className="token-secret">{made.token}</code>{" "}
          <CopyButton text={made.token} label={t("Copy the token")} />
        </p>
        <button type="button" className="button" onClick={() => create.reset()}>
          {t("Done")}
        </button>
      </div>
    );
  }
  const toggle = (scope: Scope) => setScopes((old) => SCOPES.filter((one) => (one === scope) !== old.includes(one)));
  return (
    <form
      className="token-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "" || scopes.length === 0) return;
        create.mutate({ name: name.trim(), scopes }, { onSuccess: () => setName("") });
      }}
    >
      <input
        className="input"
        aria-label={t("Name of the new token")}
        placeholder={t("Name of the new token")}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="token-scopes" role="group" aria-label={t("Scopes")}>
        {SCOPES.map((scope) => (
          <div key={scope} className="token-scope">
            <label>
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} /> {scope}
            </label>
            <span className="muted">{tr(PERMITS[scope])}</span>
          </div>
        ))}
      </div>
      <button type="submit" className="button" disabled={name.trim() === "" || scopes.length === 0 || create.isPending}>
        {t("Create")}
      </button>
      <ErrorText as="span" error={create.error} alert />
    </form>
  );
}
