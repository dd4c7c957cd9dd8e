import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getRoutes, putRoutes, type Channel, type Route } from "../../../api/notices";
import { AskTwice } from "../../../components/AskTwice";
import { IconButton } from "../../../components/IconButton";
import { Panel } from "../../../components/Panel";
import { useChange } from "../../../hooks/useChange";
import { t } from "../../../i18n";
import { ALL_CHANNELS, moved, NEW_ROUTE, routeTimes } from "../../../models/channels";
import { isAbsent } from "../../../api/http";
import { RouteForm } from "./RouteForm";

/** Which alerts go where: the first route that matches decides, unless it lets alerts go on. */
export function RoutesPanel({ channels }: { channels: readonly Channel[] }) {
  const { data, error } = useQuery({ queryKey: ["routes"], queryFn: ({ signal }) => getRoutes(signal) });
  const put = useChange(putRoutes, ["routes"]);
  const [editing, setEditing] = useState<number>();
  if (isAbsent(error)) return null;
  const routes = data && !data.isDefault ? data.routes : [];
  const replace = (next: readonly Route[], done?: () => void) => put.mutate(next, { onSuccess: () => done?.() });
  return (
    <Panel
      title={t("Routes")}
      note={t("the first that matches an alert decides where it goes")}
      error={error ?? (editing === undefined ? put.error : undefined)}
      aside={
        <button
          type="button"
          className="button"
          disabled={!data}
          onClick={() => {
            put.reset();
            setEditing(routes.length);
          }}
        >
          {t("New route")}
        </button>
      }
    >
      {data && routes.length === 0 && (
        <p className="empty-row">
          {t(
            "No routes of your own: every alert goes to every channel that is on, one notice per rule, repeated every 4 hours. A route sends some alerts elsewhere, groups them, keeps quiet at night, or escalates.",
          )}
        </p>
      )}
      {routes.length > 0 && (
        <ol className="routes">
          {routes.map((route, index) => (
            <li key={route.name}>
              <span className="route-order">
                <IconButton
                  icon="down"
                  className="route-up"
                  label={t("Move {name} up", { name: route.name })}
                  disabled={index === 0 || put.isPending}
                  onClick={() => replace(moved(routes, index, -1))}
                />
                <IconButton
                  icon="down"
                  label={t("Move {name} down", { name: route.name })}
                  disabled={index === routes.length - 1 || put.isPending}
                  onClick={() => replace(moved(routes, index, 1))}
                />
              </span>
              <div className="route-what">
                <div>
                  <b>{route.name}</b>{" "}
                  <span className="mono">{route.match.length === 0 ? t("all alerts") : route.match.join("  ")}</span>{" "}
                  <span className="muted">→</span> {namesOf(route.channels, channels)}
                </div>
                <div className="muted">
                  {routeTimes(route)}
                  {route.escalateAfter &&
                    `; ${t("after {time} without acknowledgement also to {channels}", {
                      time: route.escalateAfter,
                      channels: namesOf(route.escalateTo ?? [], channels),
                    })}`}
                  {route.continue && `; ${t("goes on to the next routes")}`}
                </div>
              </div>
              <span className="channel-actions">
                <AskTwice
                  label={t("Delete {name}", { name: route.name })}
                  busy={put.isPending}
                  onConfirm={() => replace(routes.filter((_, at) => at !== index))}
                >
                  <IconButton
                    icon="edit"
                    label={t("Edit {name}", { name: route.name })}
                    onClick={() => {
                      put.reset();
                      setEditing(index);
                    }}
                  />
                </AskTwice>
              </span>
            </li>
          ))}
          <li className="route-rest muted">{t("Alerts that no route matches are only shown and stored.")}</li>
        </ol>
      )}
      {editing !== undefined && (
        <RouteForm
          route={routes[editing] ?? NEW_ROUTE}
          isNew={routes[editing] === undefined}
          channels={channels}
          error={put.error}
          busy={put.isPending}
          onSave={(route) =>
            replace(
              routes[editing] ? routes.map((one, at) => (at === editing ? route : one)) : [...routes, route],
              () => setEditing(undefined),
            )
          }
          onClose={() => setEditing(undefined)}
        />
      )}
    </Panel>
  );
}

function namesOf(ids: readonly string[], channels: readonly Channel[]): string {
  return ids
    .map((id) =>
      id === ALL_CHANNELS ? t("every channel") : (channels.find((channel) => channel.id === id)?.name ?? id),
    )
    .join(", ");
}
