// What a Buntime host itself says, asked without the extension.

/** Names of the plugins that it runs, in order. */
export async function loadedOn(url: string): Promise<readonly string[]> {
  const plugins: { readonly name: string }[] = JSON.parse(await pageAt(`${url}/_/api/plugins/loaded`));
  return plugins.map(({ name }) => name).sort();
}

export async function pageAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}

export async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}
