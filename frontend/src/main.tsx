import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/alerts.css";
import "./styles/form.css";
import "./styles/toolbar.css";
import "./styles/print.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { retryAfterMs } from "./api/http";
import { App } from "./App";
import { loadInstallation } from "./hooks/useInstallation";
import { loadLocale } from "./i18n/locale";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // An answer that the request itself is at fault for does not get better by asking again.
      retry: (count, error) => count < 2 && (error instanceof TypeError || retryAfterMs(error) !== undefined),
      retryDelay: (count, error) => retryAfterMs(error) ?? 500 * 2 ** count,
      refetchOnWindowFocus: false,
    },
  },
});

const root = document.getElementById("root");
if (!root) throw new TypeError("The page has no root element.");
void loadInstallation();
// Drawn in its language from the start; English needs no catalogue.
void loadLocale().then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
