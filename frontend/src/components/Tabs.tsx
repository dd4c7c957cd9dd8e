import { t, tr, type Message } from "../i18n";
import { routeHash, type Page } from "../models/route";

interface Props {
  page: Page;
  /** An empty id is the page's first tab. */
  tabs: readonly { id: string; name: Message }[];
  current: string;
  /** The accessible name of the group. */
  label: string;
}

/** Parts of a page, each with an address of its own. */
export function Tabs({ page, tabs, current, label }: Props) {
  return (
    <nav className="page-tabs" aria-label={t("Parts of {page}", { page: label })}>
      {tabs.map(({ id, name }) => (
        <a
          key={id}
          href={routeHash(page, id === "" ? {} : { tab: id })}
          aria-current={id === current ? "page" : undefined}
        >
          {tr(name)}
        </a>
      ))}
    </nav>
  );
}
