// Whether a page of a host shows in a frame, asked as the frame asks: by nobody in particular. A frame alone would stay blank.

import type { Note } from "./sources.js";

export async function framing(address: string): Promise<readonly Note[]> {
  return asked(address, notesOn);
}

/** The same of a page that comes through a server of ours, which any frame may show. */
export async function answering(address: string): Promise<readonly Note[]> {
  return asked(address, refusal);
}

async function asked(address: string, notes: typeof notesOn): Promise<readonly Note[]> {
  try {
    const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return notes(answer.status, answer.headers);
  } catch {
    return [bad(`${address} does not answer. See whether the host runs and can be reached from here, then Reload.`)];
  }
}

export function notesOn(status: number, headers: Headers): readonly Note[] {
  const refused = refusal(status, headers);
  if (refused.length > 0) return refused;
  const policy = /frame-ancestors ([^;]*)/i.exec(headers.get("content-security-policy") ?? "")?.[1]?.trim();
  const forbids = headers.has("x-frame-options") || (policy !== undefined && policy !== "*");
  return forbids
    ? [bad("The host forbids other pages to frame it, so the frame stays blank. Open it in a browser.")]
    : [];
}

function refusal(status: number, headers: Headers): readonly Note[] {
  const location = headers.get("location");
  if (status === 401 || status === 403 || (location !== null && /log-?in|sign-?in|auth/i.test(location)))
    return [
      bad("The host wants a sign-in. Nobody is signed in here: keys are never given to a frame. Open it in a browser."),
    ];
  return status >= 400 ? [bad(`The host answers ${status} at this path.`)] : [];
}

const bad = (text: string): Note => ({ text, isBad: true });
