// The writing half of a disk, as far as plugins are installed and removed; node's own, or one that a test makes full.
import { lstat } from "node:fs/promises";

export interface Disk {
  mkdir(folder: string, options?: { readonly recursive: boolean }): Promise<unknown>;
  writeFile(file: string, content: string | Uint8Array): Promise<void>;
  chmod(place: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rm(place: string, options: { readonly recursive: true; readonly force: true }): Promise<void>;
  rmdir(folder: string): Promise<void>;
}

/** Also true of a link that leads nowhere. */
export async function isThere(place: string): Promise<boolean> {
  return (await lstat(place).catch(() => undefined)) !== undefined;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
