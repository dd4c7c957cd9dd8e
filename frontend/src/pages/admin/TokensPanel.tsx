import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createToken, getTokens, revokeToken } from "../../api/admin";
import { errorText, isAbsent, isForbidden } from "../../api/http";
import { SCOPES, type Scope, type Token } from "../../api/types";
import { AskTwice } from "../../components/AskTwice";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { formatDateTime, timeOf } from "../../models/format";

/** The tokens that programs show instead of a user's name and password. */
export function TokensPanel() {
  const { data, error } = useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => getTokens(signal), retry: false });
  if (isAbsent(error)) return null;
  if (isForbidden(error)) {
    return (
      <Panel title="Tokens">
        <p className="empty-row">Only who has the scope admin sees them.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Tokens" note="programs send them as “Authorization: Bearer …”" error={error}>
      {data && data.length > 0 && (
        <Table className="stacked" heads={["Name", "May", "Made", ""]}>
          {data.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </Table>
      )}
      {data && <NewToken />}
    </Panel>
  );
}

function TokenRow({ token }: { token: Token }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <tr>
      <td className="stacked-wide">
        {token.name}
        {revoke.error && <div className="danger-text">{errorText(revoke.error)}</div>}
      </td>
      <td>{token.scopes.join(", ")}</td>
      <td className="admin-when">{formatDateTime(timeOf(token.createdAt), false)}</td>
      <td className="admin-actions">
        <AskTwice
          label={`Revoke ${token.name}`}
          verb="Revoke"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate()}
        />
      </td>
    </tr>
  );
}

function NewToken() {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["ingest"]);
  const create = useMutation({
    mutationFn: () => createToken({ name: name.trim(), scopes }),
    // The secret must not outlive the page in a cache.
    gcTime: 0,
    onSuccess: () => {
      setName("");
      return client.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  const made = create.data;
  if (made?.token) {
    return (
      <div className="token-made" role="status">
        <p>The token {made.name}. It is shown this once: keep it where its program finds it.</p>
        <p>
          <code className="token-secret">{made.token}</code> <CopyButton text={made.token} label="Copy the token" />
        </p>
        <button type="button" className="button" onClick={() => create.reset()}>
          I have kept it
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
        if (name.trim() !== "" && scopes.length > 0) create.mutate();
      }}
    >
      <input
        className="input"
        aria-label="Name of the new token"
        placeholder="Name of a new token"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {SCOPES.map((scope) => (
        <label key={scope}>
          <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} /> {scope}
        </label>
      ))}
      <button type="submit" className="button" disabled={name.trim() === "" || scopes.length === 0 || create.isPending}>
        Create
      </button>
      {create.error && (
        <span role="alert" className="danger-text">
          {errorText(create.error)}
        </span>
      )}
    </form>
  );
}
