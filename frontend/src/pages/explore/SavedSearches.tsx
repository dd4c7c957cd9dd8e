import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createSearch, deleteSearch, getSearches, updateSearch } from "../../api/control";
import { isAbsent } from "../../api/http";
import type { SavedSearch } from "../../api/types";
import { ErrorText } from "../../components/ErrorText";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { Menu } from "../../components/Menu";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import type { ExploreState } from "../../models/exploreState";
import { decodeRange, encodeRange } from "../../models/timeRange";

interface Props {
  state: ExploreState;
  onOpen: (part: Partial<ExploreState>) => void;
}

/** Searches saved on the server for all users. Renders nothing where the server does not support them. */
export function SavedSearches({ state, onOpen }: Props) {
  const { data, error } = useQuery({
    queryKey: ["searches"],
    queryFn: ({ signal }) => getSearches(signal),
    staleTime: 60_000,
  });
  if (isAbsent(error)) return null;
  return (
    <Menu
      name={t("Saved searches")}
      align="right"
      label={
        <>
          <Icon name="star" /> {t("Saved")}
        </>
      }
    >
      {(close) => (
        <>
          <ErrorText as="p" className="menu-section" error={error} />
          {data?.length === 0 && <p className="menu-section muted">{t("No saved searches.")}</p>}
          {data?.map((search) => (
            <SearchItem
              key={search.id}
              search={search}
              state={state}
              onOpen={() => {
                close();
                const range = decodeRange(search.range);
                onOpen({ query: search.query, columns: search.columns ?? [], ...(range && { range }) });
              }}
            />
          ))}
          <SaveForm state={state} />
        </>
      )}
    </Menu>
  );
}

/** A saved search; a click opens it, editing replaces its line. */
function SearchItem({ search, state, onOpen }: { search: SavedSearch; state: ExploreState; onOpen: () => void }) {
  const [editing, setEditing] = useState(false);
  if (editing) return <SearchEdit search={search} state={state} onDone={() => setEditing(false)} />;
  return (
    <div className="search-item">
      <button type="button" className="menu-item" title={search.query} onClick={onOpen}>
        {search.name}
      </button>
      <IconButton icon="edit" label={t("Edit {name}", { name: search.name })} onClick={() => setEditing(true)} />
    </div>
  );
}

function SearchEdit({ search, state, onDone }: { search: SavedSearch; state: ExploreState; onDone: () => void }) {
  const [name, setName] = useState(search.name);
  const save = useChange(updateSearch, ["searches"]);
  const remove = useChange(deleteSearch, ["searches"]);
  const done = { onSuccess: onDone };
  const busy = save.isPending || remove.isPending;
  return (
    <form
      className="search-edit"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...search, columns: search.columns ?? [], name: name.trim() }, done);
      }}
    >
      <input
        className="input"
        aria-label={t("New name of {name}", { name: search.name })}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy || name.trim() === "" || name.trim() === search.name}>
        {t("Rename")}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy}
        title={state.query}
        onClick={() => save.mutate({ id: search.id, name: search.name, ...contentOf(state) }, done)}
      >
        {t("Replace with current search")}
      </button>
      <button
        type="button"
        className="button button-danger"
        disabled={busy}
        onClick={() => remove.mutate(search.id, done)}
      >
        {t("Delete")}
      </button>
      <button type="button" className="button button-quiet" onClick={onDone}>
        {t("Cancel")}
      </button>
      <ErrorText as="p" error={save.error ?? remove.error} />
    </form>
  );
}

/** The part of Explore's state that a search saves. */
function contentOf({ query, range, columns }: ExploreState) {
  return { query, range: encodeRange(range), columns };
}

function SaveForm({ state }: { state: ExploreState }) {
  const [name, setName] = useState("");
  const save = useChange(createSearch, ["searches"]);
  return (
    <form
      className="menu-section search-save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        save.mutate({ name: name.trim(), ...contentOf(state) }, { onSuccess: () => setName("") });
      }}
    >
      <input
        className="input"
        aria-label={t("Name of the search")}
        placeholder={t("Save this search as…")}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={name.trim() === "" || save.isPending}>
        {t("Save")}
      </button>
      <ErrorText as="p" error={save.error} />
    </form>
  );
}
