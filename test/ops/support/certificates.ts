// Certificates for tests of TLS, made when they are needed: an authority, a server's and a client's, each with its key.
import { execFileSync } from "node:child_process";

/** An authority, and what it signed; undefined where nothing here can make them. */
export function certificates(folder: string): true | undefined {
  const run = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const name = ["-nodes", "-newkey", "rsa:2048"];
  try {
    run("req", "-x509", ...name, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=authority");
    for (const [file, subject] of [
      ["server", "localhost"],
      ["client", "plugin author"],
    ] as const) {
      run(
        "req",
        ...name,
        "-keyout",
        `${file}.key`,
        "-out",
        `${file}.csr`,
        "-subj",
        `/CN=${subject}`,
        "-addext",
        "subjectAltName=DNS:localhost",
      );
      run(
        "x509",
        "-req",
        "-in",
        `${file}.csr`,
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        `${file}.pem`,
        "-days",
        "2",
        "-copy_extensions",
        "copy",
      );
    }
    return true;
  } catch {
    return undefined;
  }
}
