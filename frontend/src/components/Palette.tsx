import "./palette.css";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { getSearches } from "../api/control";
import { fieldNames } from "../api/query";
import { navigate } from "../hooks/useRoute";
import { chooseTheme } from "../hooks/useTheme";
import { findCommands, type Command } from "../models/commands";
import { clip } from "../models/record";
import { recentQueries } from "../models/recent";
import { t, tr } from "../i18n";
import { chooseLocale, LOCALE_NAMES } from "../i18n/locale";
import { fieldName, quote } from "../models/queryEdit";
import { PAGES, PAGE_TITLES } from "../models/route";
import { encodeRange, type TimeRange } from "../models/timeRange";
import { chooseZone } from "../models/zone";
import { Sheet } from "./Sheet";

const SHOWN = 12;
const NAME_SHOWN = 120;
const RECENT_OFFERED = 30;

const explore = (query: string, range?: string | null) =>
  navigate("explore", new URLSearchParams({ q: query, ...(range && { range }) }));

/** Goes anywhere by its name: pages, saved searches, recent queries, fields, the console's own settings. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const [recent] = useState(recentQueries);
  const saved = useQuery({ queryKey: ["searches"], queryFn: ({ signal }) => getSearches(signal), staleTime: 60_000 });
  const fields = useQuery({
    queryKey: ["palette", "fields"],
    queryFn: ({ signal }) => {
      const end = Date.now();
      return fieldNames({ query: "*", start: end - 86_400_000, end }, signal);
    },
    staleTime: 60_000,
  });
  const commands: Command[] = [
    ...PAGES.map((page) => ({ group: t("Go to"), name: tr(PAGE_TITLES[page]), run: () => navigate(page) })),
    ...(saved.data ?? []).map(({ name, query, range }) => ({
      group: t("Saved search"),
      name,
      hint: query,
      run: () => explore(query, range),
    })),
    ...recent.slice(0, RECENT_OFFERED).map(({ query, range }: { query: string; range: TimeRange }) => ({
      group: t("Recent query"),
      name: query,
      run: () => explore(query, encodeRange(range)),
    })),
    ...(fields.data ?? []).map(({ value }) => ({
      group: t("Count by field"),
      name: value,
      run: () => explore(`* | stats by (${fieldName(value)}) count() records | sort by (records) desc`),
    })),
    { group: t("Theme"), name: t("Light"), run: () => chooseTheme("light") },
    { group: t("Theme"), name: t("Dark"), run: () => chooseTheme("dark") },
    { group: t("Theme"), name: t("As the system"), run: () => chooseTheme("system") },
    { group: t("Language"), name: LOCALE_NAMES.en, hint: "english", run: () => void chooseLocale("en") },
    { group: t("Language"), name: LOCALE_NAMES.ko, hint: "korean", run: () => void chooseLocale("ko") },
    { group: t("Language"), name: t("Language of the browser"), run: () => void chooseLocale("browser") },
    { group: t("Times"), name: t("UTC"), run: () => chooseZone("utc") },
    { group: t("Times"), name: t("Local time"), run: () => chooseZone("local") },
  ];
  const words = text.trim();
  const found = findCommands(commands, words, SHOWN);
  const offered: Command[] =
    words === "" ? found : [...found, { group: t("Search records"), name: words, run: () => explore(quote(words)) }];
  const current = Math.min(at, offered.length - 1);

  function run(command: Command | undefined) {
    if (!command) return;
    onClose();
    command.run();
  }

  return (
    <Sheet title={t("Commands")} onClose={onClose}>
      <input
        className="input palette-input"
        role="combobox"
        aria-label={t("Find a page, a search, a field")}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={`palette-${current}`}
        placeholder={t("Page, saved search, recent query, field, words to search for")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (event.key === "Enter") run(offered[current]);
          else if (step === undefined) return;
          else setAt((current + step + offered.length) % offered.length);
          event.preventDefault();
        }}
      />
      <ul ref={list} id="palette-list" className="palette-list" role="listbox" aria-label={t("Commands")}>
        {offered.map((command, index) => (
          <li
            key={`${command.group} ${command.name} ${index}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === current}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span className="muted">{command.group}</span>
            <span className="palette-name">{clip(command.name, NAME_SHOWN).text}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
