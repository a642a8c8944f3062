// Skips a test on a machine that lacks what it needs, and says so.

export function skipAloud(context: Mocha.Context, why: string): void {
  console.log(`      skipped: ${why}`);
  context.skip();
}
