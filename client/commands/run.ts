// The one way in which anything long or failing is run: progress with cancel, a line in the log, and a sentence for the user
// when it fails. A refused key is asked for once and the work tried again. No text here ever holds a key.

import { ProgressLocation, window } from "vscode";
import type { App } from "../app.js";
import { errorText, type HostConfig, HostError, maskSecret } from "../ops/index.js";
import { sentence } from "../sentence.js";
import { askForKey } from "./hosts/askForKey.js";

export interface Operation {
  readonly signal: AbortSignal;
  step(text: string): void;
}

export interface Act {
  /** For the log: "deploy notes to local". */
  readonly name: string;
  /** For the user: `Deploying "notes" to "local"`. */
  readonly title: string;
  readonly host?: HostConfig;
  /** It is usually over at once: progress shows only when it is not. */
  readonly quick?: boolean;
  /** False for work that does not heed the signal: no Cancel is offered that would do nothing. */
  readonly cancellable?: boolean;
}

/** What the work answered; undefined when it failed or was cancelled, which the user has been told by then. */
export async function run<T>(app: App, act: Act, work: (operation: Operation) => Promise<T>): Promise<T | undefined> {
  const started = Date.now();
  const end = (outcome: string) => `${act.name}: ${outcome} (${Date.now() - started} ms)`;
  try {
    const answer = act.quick === true ? await shortly(app, act, work) : await showing(app, act, work);
    app.log.info(end("done"));
    return answer;
  } catch (error) {
    await tell(app, act, error, end);
    return undefined;
  }
}

type Work<T> = (operation: Operation) => Promise<T>;

async function showing<T>(app: App, act: Act, work: Work<T>): Promise<T> {
  const stop = new AbortController();
  const options = { location: ProgressLocation.Notification, title: act.title, cancellable: act.cancellable ?? true };
  return window.withProgress(options, (progress, token) => {
    const leave = new AbortController();
    token.onCancellationRequested(() => {
      leave.abort(notBegun(act));
      stop.abort();
    });
    const step = (text: string) => {
      app.log.debug(`${act.name}: ${text}`);
      progress.report({ message: text });
    };
    const operation = { signal: stop.signal, step };
    const { host } = act;
    if (host === undefined) return work(operation);
    return app.inTurn(host.name, () => withKey(app, host, () => work(operation)), leave.signal);
  });
}

/** Another change to the same host was under way, and the user did not wait for its end. */
function notBegun({ name }: Act): HostError {
  const hostNow = "of this, nothing has reached the host";
  const next = "start it again when you are ready";
  return new HostError({
    kind: "cancelled",
    step: "wait",
    message: `${name} was cancelled before it began`,
    hostNow,
    next,
  });
}

async function shortly<T>(app: App, act: Act, work: Work<T>): Promise<T> {
  const stop = new AbortController();
  const going = work({ signal: stop.signal, step: (text) => app.log.debug(`${act.name}: ${text}`) });
  const over = going.then(
    () => true,
    () => true,
  );
  if (await Promise.race([over, delay(400)])) return going;
  return showing(app, act, ({ signal }) => {
    signal.addEventListener("abort", () => stop.abort(), { once: true });
    return going;
  });
}

async function delay(milliseconds: number): Promise<false> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return false;
}

/** Tries the work, and once more with a new key when the host refuses the stored one. */
async function withKey<T>(app: App, host: HostConfig, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostError) || error.kind !== "unauthorised" || host.url === undefined) throw error;
    const key = await askForKey(host, sentence(error.message));
    if (key === undefined) throw error;
    await app.secrets.keep(host.url, key);
    return work();
  }
}

async function tell(app: App, { name, host }: Act, error: unknown, end: (outcome: string) => string): Promise<void> {
  if (error instanceof HostError && error.kind === "cancelled") {
    app.log.info(end("cancelled"));
    void window.showInformationMessage(sentence(errorText(error)));
    return;
  }
  if (error instanceof HostError) {
    app.log.error(end(`${error.kind} at ${error.step}: ${errorText(error)}`));
    offerLog(app, sentence(errorText(error)));
    return;
  }
  const key = await app.secrets.token(host?.url);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  app.log.error(end(`failed unexpectedly: ${maskSecret(text, key)}`));
  offerLog(app, `${sentence(`${name} failed unexpectedly`)} The log has the details.`);
}

function offerLog(app: App, text: string): void {
  const show = "Show Log";
  void window.showErrorMessage(text, show).then((choice) => choice === show && app.log.show(true));
}
