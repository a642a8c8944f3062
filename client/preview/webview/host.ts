// The way to the extension and back. Messages count by who sent them: the extension's come from the frame that VS Code puts
// around a web view, which has this document's origin and is none of the frames in it; a previewed page's come from its own
// window; all others are ignored.

interface VsCode {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCode;

export interface Host<In, Out> {
  send(message: Out): void;
  /** Calls `hear` with what the extension sends, and `other` with what any other window posts. */
  listen(hear: (message: In) => void, other?: (source: MessageEventSource | null, data: unknown) => void): void;
}

export function hostOf<In extends { readonly is: string }, Out>(): Host<In, Out> {
  const code = acquireVsCodeApi();
  return {
    send: (message) => code.postMessage(message),
    listen: (hear, other = () => undefined) => {
      window.addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
        // VS Code hides the real parent from a web view, so it can only be told by what it is not.
        if (origin === window.origin && !isFramed(source)) {
          if (isMessage<In>(data)) hear(data);
        } else other(source, data);
      });
    },
  };
}

function isFramed(source: MessageEventSource | null): boolean {
  return [...document.querySelectorAll("iframe")].some(({ contentWindow }) => contentWindow === source);
}

/** The extension's own messages are of one make: both sides are compiled from the same types. */
function isMessage<In extends { readonly is: string }>(data: unknown): data is In {
  return typeof data === "object" && data !== null && "is" in data && typeof data.is === "string";
}
