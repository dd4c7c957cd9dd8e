import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isAbsent, isForbidden } from "../../api/http";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { t } from "../../i18n";

interface Props<T> {
  title: string;
  note: string;
  list: UseQueryResult<T[]>;
  /** The error of adding to the list, if any. */
  error?: unknown;
  heads: readonly string[];
  row: (item: T) => ReactNode;
  /** Shown instead of the table while the list is empty. */
  empty?: string;
  /** The button that adds to the list. */
  aside?: ReactNode;
  children?: ReactNode;
}

/** A panel with a table of items on the server. Renders nothing where this server has no such list. */
export function ListPanel<T extends { id: string }>(props: Props<T>) {
  const { title, note, list, heads, row, empty, aside, children } = props;
  const { data } = list;
  if (isAbsent(list.error)) return null;
  if (isForbidden(list.error)) {
    return (
      <Panel title={title}>
        <p className="empty-row">{t("Only users and tokens with the admin scope can see this.")}</p>
      </Panel>
    );
  }
  return (
    <Panel title={title} note={note} error={list.error ?? props.error} aside={aside}>
      {data?.length === 0 && empty && <p className="empty-row">{empty}</p>}
      {data && data.length > 0 && (
        <Table className="stacked" heads={heads}>
          {data.map((item) => row(item))}
        </Table>
      )}
      {children}
    </Panel>
  );
}
