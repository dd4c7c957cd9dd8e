import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createSearch, deleteSearch, getSearches } from "../../api/control";
import { errorText, isAbsent } from "../../api/http";
import type { SavedSearch } from "../../api/types";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { Menu } from "../../components/Menu";
import type { ExploreState } from "../../models/exploreState";
import { decodeRange, encodeRange } from "../../models/timeRange";

interface Props {
  state: ExploreState;
  onOpen: (part: Partial<ExploreState>) => void;
}

/** Searches kept on the server, for everybody. Absent where the server keeps none. */
export function SavedSearches({ state, onOpen }: Props) {
  const { data, error } = useQuery({ queryKey: ["searches"], queryFn: ({ signal }) => getSearches(signal), staleTime: 60_000 });
  if (isAbsent(error)) return null;
  return (
    <Menu
      name="Saved searches"
      align="right"
      label={
        <>
          <Icon name="star" /> Saved
        </>
      }
    >
      {(close) => (
        <>
          {error && <p className="menu-section danger-text">{errorText(error)}</p>}
          {data?.length === 0 && <p className="menu-section muted">Nothing is saved yet.</p>}
          {data?.map((search) => (
            <SearchItem
              key={search.id}
              search={search}
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

function SearchItem({ search, onOpen }: { search: SavedSearch; onOpen: () => void }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSearch(search.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["searches"] }),
  });
  return (
    <div className="search-item">
      <button type="button" className="menu-item" title={search.query} onClick={onOpen}>
        {search.name}
      </button>
      <IconButton icon="trash" label={`Delete ${search.name}`} disabled={remove.isPending} onClick={() => remove.mutate()} />
    </div>
  );
}

function SaveForm({ state }: { state: ExploreState }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation({
    mutationFn: () => createSearch({ name: name.trim(), query: state.query, range: encodeRange(state.range), columns: state.columns }),
    onSuccess: () => {
      setName("");
      return client.invalidateQueries({ queryKey: ["searches"] });
    },
  });
  return (
    <form
      className="menu-section search-save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") save.mutate();
      }}
    >
      <input className="input" aria-label="Name of the search" placeholder="Save this search as…" value={name} onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button" disabled={name.trim() === "" || save.isPending}>
        Save
      </button>
      {save.error && <p className="danger-text">{errorText(save.error)}</p>}
    </form>
  );
}
