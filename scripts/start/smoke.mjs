// `npm start -- --smoke`: whether what was started answers, as far as can be seen without a browser.

export async function answers(hostUrl, windowUrl) {
  const host = await fetch(hostUrl, { signal: AbortSignal.timeout(10_000) });
  await host.arrayBuffer(); // any answer will do: it is there
  if (!windowUrl) return;
  const { status, body } = await pageAt(windowUrl);
  if (status !== 200 || !body.includes("workbench"))
    throw new Error(`VS Code's page answered ${status}, without a workbench`);
}

/** The first answer turns the token of the address into a cookie and leads on to the page itself. */
async function pageAt(url) {
  const signal = AbortSignal.timeout(10_000);
  const first = await fetch(url, { redirect: "manual", signal });
  const cookie = first.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const location = first.headers.get("location");
  const page = location ? await fetch(new URL(location, url), { headers: { cookie }, signal }) : first;
  return { status: page.status, body: await page.text() };
}
