import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { navigate } from "../hooks/useRoute";
import { nextTheme, toggleTheme, useThemeChoice, type ThemeChoice } from "../hooks/useTheme";
import { useShortcuts } from "../hooks/useShortcuts";
import { useOpenAlertCount } from "../hooks/useAlerts";
import { useInstallation } from "../hooks/useInstallation";
import { useConnection, useNodeCount } from "../hooks/useMetrics";
import { useZone } from "../hooks/useZone";
import { chooseZone, presentZoneName } from "../models/zone";
import { msg, t, tr, type Message } from "../i18n";
import { mainPages, PAGE_TITLES, routeHash, type Page } from "../models/route";
import { ConnectionBanner } from "./ConnectionBanner";
import { IconButton } from "./IconButton";
import { PartialBanner } from "./PartialBanner";
import { LanguageMenu } from "./LanguageMenu";
import { ShortcutSheet } from "./ShortcutSheet";

const Palette = lazy(() => import("./Palette"));

const STATE_TEXT = {
  open: msg("live"),
  connecting: msg("connecting"),
  lost: msg("reconnecting"),
  refused: msg("no live figures"),
} as const;

const THEME_ICONS = { light: "sun", dark: "moon", system: "contrast" } as const;
const THEME_LABELS: Record<ThemeChoice, Message> = {
  light: msg("Light theme"),
  dark: msg("Dark theme"),
  system: msg("Theme of the system"),
};

/** Moves the focus past the navigation and the filters: to the records, where a page has some. */
function skipToContent() {
  const record = document.querySelector<HTMLElement>("#page .record-line[tabindex='0'], #page .tail-row[tabindex='0']");
  (record ?? document.getElementById("page"))?.focus();
}

/** The frame around every page: navigation, connection state, theme, keyboard shortcuts. */
export function Shell({ page, children }: { page: Page; children: ReactNode }) {
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  // Also while a field has the focus; before the query editor, where the key deletes to the end of the line.
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      event.stopPropagation();
      setPalette(true);
    }
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
  const installation = useInstallation();
  const theme = useThemeChoice();
  const stream = useConnection();
  const nodes = useNodeCount();
  const firing = useOpenAlertCount();
  const zone = useZone();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the navigation scrolls, and the current page's link may be out of sight.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (nav.current && link)
      nav.current.scrollLeft = link.offsetLeft - (nav.current.clientWidth - link.offsetWidth) / 2;
  }, [page]);
  const toggleZone = () => chooseZone(zone === "utc" ? "local" : "utc");
  useShortcuts({
    "g o": () => navigate("overview"),
    "g e": () => navigate("explore"),
    "g l": () => navigate("live"),
    "g d": () => navigate("dashboards"),
    "g t": () => navigate("templates"),
    "g s": () => navigate("series"),
    "g a": () => navigate("alerts"),
    "g i": () => navigate("inputs"),
    "g r": () => navigate("transforms"),
    "g k": () => navigate("sinks"),
    "g n": () => navigate("nodes"),
    "g m": () => navigate("admin"),
    t: toggleTheme,
    u: toggleZone,
    "?": () => setSheet(true),
  });
  return (
    <div className="app">
      <button type="button" className="button skip" onClick={skipToContent}>
        {t("Skip to the content")}
      </button>
      <header className="topbar" data-coloured={installation.color ? "" : undefined}>
        <a className="brand" href={routeHash("overview")}>
          <svg
            width="18"
            height="18"
            viewBox="0 0 18 18"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            strokeLinecap="round"
          >
            <path d="M2 4h14M2 9h8M2 14h11" strokeWidth="2.4" />
            <circle cx="14.6" cy="9" r="1.9" fill="var(--fill-warn)" stroke="none" />
          </svg>
          LogCaster
          {installation.name && <span className="installation">{installation.name}</span>}
        </a>
        <nav ref={nav} className="nav" aria-label={t("Pages")}>
          {mainPages(page, nodes).map((name) => (
            <a key={name} href={routeHash(name)} aria-current={name === page ? "page" : undefined}>
              {tr(PAGE_TITLES[name])}
              {name === "alerts" && firing > 0 && (
                <span className="badge">
                  {firing}
                  <span className="visually-hidden"> {t("firing")}</span>
                </span>
              )}
            </a>
          ))}
        </nav>
        <div className="topbar-tools">
          <span className="link-state" data-state={stream.kind} role="status">
            {tr(STATE_TEXT[stream.kind])}
          </span>
          <button
            type="button"
            className="button button-quiet zone"
            title={
              zone === "utc"
                ? t("Times are shown in UTC. Click for local time")
                : t("Times are shown in local time ({zone}). Click for UTC", { zone: presentZoneName() })
            }
            onClick={toggleZone}
          >
            {zone === "utc" ? t("UTC") : t("Local time")}
          </button>
          <IconButton icon={THEME_ICONS[theme]} label={tr(THEME_LABELS[nextTheme()])} onClick={toggleTheme} />
          <LanguageMenu />
          <IconButton icon="search" label={t("Commands (Ctrl+K)")} onClick={() => setPalette(true)} />
          <IconButton icon="help" label={t("Keyboard shortcuts")} onClick={() => setSheet(true)} />
        </div>
      </header>
      <div className="banners">
        <ConnectionBanner />
        <PartialBanner page={page} />
      </div>
      <main className="page" id="page" tabIndex={-1}>
        {children}
      </main>
      {palette && (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
      {sheet && <ShortcutSheet page={page} onClose={() => setSheet(false)} />}
    </div>
  );
}
