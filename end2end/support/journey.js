// What every journey is watched for: nobody else is asked, no request is finer than a cell, no error in
// the console, nothing refused by the content security policy.
import { appendFileSync } from "node:fs";
import { expect, test as base } from "@playwright/test";
import { sent, toMapApp, tooFine } from "./leaks.js";
import { csv, demo, imported, requestLog } from "./servers.js";

/** Chromium gives up fading from page to page when the next tap comes first: nobody is missing anything. */
const TRANSITION = /^(InvalidStateError|AbortError): Transition was/;

// No passkey belongs to an IP address: their journeys go by the name.
const OURS = [demo.origin, imported.origin, demo.origin.replace("127.0.0.1", "localhost")];

export const test = base.extend({
  // Most journeys are a first visit; those about the worker switch it on.
  serviceWorkers: ["block", { option: true }],

  /** Console errors that a journey provokes on purpose: patterns are pushed here. */
  provoked: async ({}, use) => {
    await use([]);
  },

  /** Every request of the journey, as Playwright tells them. */
  asked: [
    async ({ context, provoked }, use) => {
      const asked = [];
      const complaints = [];
      context.on("request", (request) => asked.push(request));
      context.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => complaints.push(String(error.error())));
      await context.addInitScript(() =>
        addEventListener("securitypolicyviolation", (event) =>
          console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
        ),
      );

      await use(asked);

      const foreign = asked.filter((request) => !ours(request.url()) && !toMapApp(request));
      const home = asked.filter((request) => ours(request.url()));
      const lines = home.map((request) => {
        const { pathname, search } = new URL(sent(request.url()));
        const referrer = request.headers().referer;
        return [request.method(), pathname + search, request.postData(), referrer && `← ${referrer}`].filter(Boolean).join(" ");
      });
      appendFileSync(requestLog, [...lines, ...foreign.map((request) => `FOREIGN ${request.url()}`)].map((line) => `${line}\n`).join(""));
      expect(foreign.map((request) => request.url()), "another host was asked").toEqual([]);
      expect(lines.filter((line) => tooFine(line).length > 0), "a request says more than the cell").toEqual([]);
      const unexpected = complaints.filter((text) => ![TRANSITION, ...provoked].some((pattern) => pattern.test(text)));
      expect(unexpected, "errors in the console").toEqual([]);
    },
    { auto: true },
  ],
});

function ours(url) {
  return !/^https?:/.test(url) || OURS.some((origin) => url.startsWith(`${origin}/`));
}

/** Chromium's word for a page or a file that answered with an error. */
export const status = (code) => new RegExp(`status of ${code} `);
/** Chromium's word for a request that did not come through. */
export const noNetwork = /net::ERR_(FAILED|INTERNET_DISCONNECTED)/;

/** Journeys on the union's real list. */
export function onTheImportedList() {
  test.use({ baseURL: imported.origin });
  test.skip(!csv, "the list of Zhengzhou is not here (TEST_DATA)");
}

export { expect };
