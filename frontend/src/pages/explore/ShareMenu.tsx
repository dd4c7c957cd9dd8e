import { CopyButton } from "../../components/CopyButton";
import { Icon } from "../../components/Icon";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { encodeExplore, type ExploreState } from "../../models/exploreState";
import { routeHash } from "../../models/route";
import { rangeLabel } from "../../models/timeRange";
import type { Asked } from "../../api/query";

/** Links to the page: with a fixed range, which shows others the same records, or with the relative one. */
export function ShareMenu({ state, asked }: { state: ExploreState; asked: Asked }) {
  const { start, end } = asked;
  const moving = state.range.kind === "last";
  const fixed: ExploreState =
    start !== undefined && end !== undefined ? { ...state, range: { kind: "between", start, end } } : state;
  return (
    <Menu
      name={t("Share [[verb]]")}
      align="right"
      label={
        <>
          <Icon name="link" /> {t("Share [[verb]]")}
        </>
      }
    >
      {() => (
        <div className="share">
          <CopyButton
            text={addressOf(fixed)}
            label={t("Copy a link to these records")}
            caption={moving ? t("Link to these records") : t("Link")}
          />
          {moving && (
            <CopyButton
              text={addressOf(state)}
              label={t("Copy a link to this search")}
              caption={t("Link to “{range}”", { range: rangeLabel(state.range) })}
            />
          )}
          <CopyButton text={state.query} label={t("Copy the query")} caption={t("Query")} />
        </div>
      )}
    </Menu>
  );
}

function addressOf(state: ExploreState): string {
  return new URL(routeHash("explore", encodeExplore(state)), window.location.href).href;
}
