// The certificate that a host shows: who signed it, for which name, until when, and whether it is trusted here.
import { type ConnectionOptions, connect, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Check, HostConfig } from "../hosts/host.js";
import { tlsOf } from "../transports/trustingFetch.js";

const soon = 21;
const patience = 10_000;
const name = "certificate";

export async function certificateCheck(
  { url = "", ca, cert, certKey }: HostConfig,
  now: () => Date,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { hostname, port } = new URL(url);
  const files = await tlsOf({ ...(ca && { ca }), ...(cert && { cert }), ...(certKey && { key: certKey }) });
  const host = hostname.replace(/^\[|\]$/g, "");
  // Looked at whether or not it is trusted: nothing but the handshake happens.
  const options = { ...files, host, port: Number(port || 443), rejectUnauthorized: false };
  const found = await shown({ ...options, ...(/[a-z]/i.test(host) ? { servername: host } : {}) }, signal);
  if (found === undefined) {
    return [{ name, state: "unknown", detail: "it could not be looked at from here: there may be a proxy between" }];
  }
  return [judged(found, ca, now)];
}

interface Shown {
  readonly certificate: PeerCertificate;
  /** Why it is not trusted. */
  readonly wrong?: string;
}

function judged({ certificate, wrong }: Shown, ca: string | undefined, now: () => Date): Check {
  const { subject, issuer, valid_to: until } = certificate;
  const days = Math.floor((Date.parse(until) - now().getTime()) / 86_400_000);
  const detail = `of ${textOf(subject?.CN)}, signed by ${textOf(issuer?.CN ?? issuer?.O)}, until ${until}`;
  if (days < 0)
    return { name, state: "bad", detail: `${detail}: it has expired`, next: "have the host's certificate renewed" };
  if (wrong !== undefined) {
    const next =
      ca === undefined
        ? "name the authority's PEM file in the host's ca setting, or correct the host's url"
        : "see that the ca setting names the authority that signed this one, and that the url has the certificate's name";
    return { name, state: "bad", detail: `${detail}: not trusted here (${wrong})`, next };
  }
  if (days < soon) {
    return {
      name,
      state: "attention",
      detail: `${detail}: ${days} days left`,
      next: "have the host's certificate renewed",
    };
  }
  return { name, state: "good", detail: `${detail} (${days} days)` };
}

/** A name in a certificate may stand there several times. */
function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.join(", ") ?? "nobody");
}

function shown(options: ConnectionOptions, signal: AbortSignal): Promise<Shown | undefined> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect(options, () => {
      const certificate = socket.getPeerCertificate();
      const { authorizationError: wrong } = socket;
      end(
        Object.keys(certificate).length === 0 ? undefined : { certificate, ...(wrong ? { wrong: String(wrong) } : {}) },
      );
    });
    const end = (answer: Shown | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), patience);
    socket.on("error", () => end(undefined));
    signal.addEventListener("abort", () => end(undefined), { once: true });
  });
}
