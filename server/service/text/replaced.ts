// Where two versions of a list differ, by the members that they share: the very same objects.

export interface Replaced<Member> {
  readonly removed: readonly Member[];
  readonly added: readonly Member[];
}

/** What stands between the members that both begin with and those that both end with. */
export function replaced<Member>(before: readonly Member[], after: readonly Member[]): Replaced<Member> {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return {
    removed: before.slice(head, before.length - tail),
    added: after.slice(head, after.length - tail),
  };
}
