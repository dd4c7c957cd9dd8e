import { useState } from "react";
import { Icon } from "../../components/Icon";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import type { ExploreState } from "../../models/exploreState";
import { formatAgo } from "../../models/format";
import { forgetRecent, recentQueries } from "../../models/recent";
import { rangeLabel } from "../../models/timeRange";

/** The queries that ran in this browser, the latest first, with when they ran last; a click runs one again. */
export function HistoryMenu({ onOpen }: { onOpen: (part: Partial<ExploreState>) => void }) {
  return (
    <Menu
      align="right"
      name={t("Queries that ran")}
      label={
        <span className="query-history-icon">
          <Icon name="history" />
        </span>
      }
    >
      {(close) => (
        <Queries
          onOpen={(part) => {
            close();
            onOpen(part);
          }}
        />
      )}
    </Menu>
  );
}

function Queries({ onOpen }: { onOpen: (part: Partial<ExploreState>) => void }) {
  const [{ recent, now }, setShown] = useState(() => ({ recent: recentQueries(), now: Date.now() }));
  if (recent.length === 0) {
    return <p className="menu-section muted">{t("No queries yet. This browser keeps the last 50.")}</p>;
  }
  return (
    <>
      <ul className="query-history">
        {recent.map(({ query, range, time }) => (
          <li key={query}>
            <button type="button" className="menu-item" title={query} onClick={() => onOpen({ query, range })}>
              <code>{query}</code>
              <span className="muted">
                {rangeLabel(range)} · {formatAgo(now - time)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => {
          forgetRecent();
          setShown({ recent: [], now });
        }}
      >
        {t("Forget these queries")}
      </button>
    </>
  );
}
