// What kubectl's failures mean to somebody who deploys a plugin: its words, sorted into kinds, with the next step.
import { HostError, type HostErrorKind, withAnswerLost } from "../../hosts/hostError.js";
import type { ProcessRequest, ProcessResult } from "../process.js";
import { lastWords, toolFailed } from "../toolErrors.js";
import { type ClusterPlace, placeWords } from "./kubectl.js";

interface Meaning {
  readonly when: RegExp;
  readonly kind: HostErrorKind;
  readonly message: (place: ClusterPlace, found: RegExpExecArray) => string;
  readonly next: string;
  /** What was asked for may have been done before this was said. */
  readonly answerLost?: true;
}

const nearer = "check that the cluster is up and that you are connected to its network, then try again";

/** The first that fits. A refused sign-in to the cluster is "forbidden": "unauthorised" would ask for the plugin host's own key. */
const meanings: readonly Meaning[] = [
  {
    when: /context "([^"]*)" does not exist|context was not found for specified context: (\S+)/i,
    kind: "missing",
    message: (_place, [, one, two]) => `your kubeconfig has no context "${one ?? two ?? ""}"`,
    next: 'correct "context" under the host\'s "kubernetes"; `kubectl config get-contexts` lists what there is',
  },
  {
    when: /current-context is not set|no configuration has been provided|Missing or incomplete configuration info|localhost:8080/i,
    kind: "missing",
    message: () => "kubectl knows no cluster here",
    next: 'name a "context" under the host\'s "kubernetes", or set KUBECONFIG to the file that has it',
  },
  {
    when: /namespaces? "([^"]+)" not found/i,
    kind: "missing",
    message: ({ context }, [, name]) =>
      `there is no namespace "${name}" in ${placeWords(context === undefined ? {} : { context })}`,
    next: 'correct "namespace" under the host\'s "kubernetes"',
  },
  {
    when: /executable file not found|no such file or directory: unknown/i,
    kind: "unsupported",
    message: () => "the container lacks a program that copying needs (sh, tar)",
    next: "choose another way to this host, or an image that has them",
  },
  {
    when: /container \S+ (?:is not valid for|not found in) pod|container \S+ not found/i,
    kind: "missing",
    message: (place) => `the pods in ${placeWords(place)} have no such container`,
    next: 'correct "container" under the host\'s "kubernetes"',
  },
  {
    when: /Unauthorized|must be logged in to the server|provide credentials|getting credentials: exec/i,
    kind: "forbidden",
    message: (place) => `the cluster of ${placeWords(place)} does not take your credentials`,
    next: "sign in to the cluster again, as its operator told you, then try again",
  },
  {
    when: /\(Forbidden\)|is forbidden:?/i,
    kind: "forbidden",
    message: (place) => `you may not do this in ${placeWords(place)}`,
    next: "have the missing right granted to you, or act as somebody who has it",
  },
  {
    when: /x509|certificate (?:signed|has expired|is valid for)|tls: failed/i,
    kind: "unreachable",
    message: (place) => `the certificate of the cluster of ${placeWords(place)} is not trusted`,
    next: "correct certificate-authority in your kubeconfig",
  },
  {
    when: /connection to the server \S+ was refused|dial tcp|no such host|TLS handshake timeout|network is unreachable/i,
    kind: "unreachable",
    message: unreached,
    next: nearer,
  },
  {
    when: /Unable to connect to the server|i\/o timeout|connection reset|http2: client connection lost/i,
    kind: "unreachable",
    message: unreached,
    next: nearer,
    answerLost: true,
  },
  {
    when: /InternalError|ServiceUnavailable|currently unable to handle the request|too many requests|etcdserver/i,
    kind: "refused",
    message: (place) => `the API server of ${placeWords(place)} has trouble of its own`,
    next: "wait a little, then try again",
    answerLost: true,
  },
  {
    when: /\(NotFound\)|not found$/im,
    kind: "missing",
    message: (place) => `what was asked for is not in ${placeWords(place)}`,
    next: "refresh to see what is there",
  },
];

export function kubectlError(request: ProcessRequest, result: ProcessResult, place: ClusterPlace): HostError {
  const words = lastWords(spoken(result.err));
  for (const { when, message, ...meaning } of meanings) {
    const found = when.exec(result.err);
    if (found !== null)
      return new HostError({ ...meaning, step: request.step, message: message(place, found), said: words });
  }
  return withAnswerLost(toolFailed(request, words === "" ? result : { ...result, words }));
}

function unreached(place: ClusterPlace): string {
  return `the cluster of ${placeWords(place)} could not be reached`;
}

/** Without the lines of its own log, `E1129 01:32:54.522934 … memcache.go:265]`, unless there is nothing else. */
function spoken(words: string): string {
  const lines = words.split("\n").filter((line) => line.trim() !== "" && !/^[EWIF]\d{4} [\d:.]+ /.test(line));
  return lines.length === 0 ? words : lines.join("\n");
}
