// Addresses from the root that a previewed page sets by script, in a real browser and behind a front as code-server's: each has to
// arrive below the preview's path, none at the front's own root. What can't be led is said in words.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { Browser, Frame, Page } from "playwright-core";
import { type PreviewServer, startSite } from "../../../client/ops/index.js";
import { openBrowser } from "../driver/platform";

/** Each asks for `/case/<name>` in its own way. */
const ways: Record<string, string> = {
  "new Image": "new Image().src = '/case/NAME'",
  "image.src": "document.body.append(Object.assign(document.createElement('img'), { src: '/case/NAME' }))",
  "image.src of the whole address": "new Image().src = location.protocol + '//' + location.host + '/case/NAME'",
  "image.srcset": "new Image().srcset = '/case/NAME 1x, /case/other 9x'",
  "setAttribute src": "document.createElement('img').setAttribute('SRC', '/case/NAME')",
  setAttributeNode:
    "const a = document.createAttribute('src'); a.value = '/case/NAME'; const i = new Image(); document.body.append(i); i.setAttributeNode(a)",
  "script.src": "document.head.append(Object.assign(document.createElement('script'), { src: '/case/NAME' }))",
  "module script":
    "document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: '/case/NAME' }))",
  "dynamic import": "import('/case/NAME').catch(() => 0)",
  "import of a module":
    "const s = document.createElement('script'); s.type = 'module'; s.textContent = \"import '/case/NAME'\"; document.head.append(s)",
  "link.href":
    "document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/case/NAME' }))",
  modulepreload:
    "document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: '/case/NAME' }))",
  "iframe.src": "document.body.append(Object.assign(document.createElement('iframe'), { src: '/case/NAME' }))",
  "embed.src":
    "document.body.append(Object.assign(document.createElement('embed'), { type: 'image/png', src: '/case/NAME' }))",
  "new Audio": "new Audio('/case/NAME').load()",
  "video.poster": "document.body.append(Object.assign(document.createElement('video'), { poster: '/case/NAME' }))",
  "source.src":
    "const v = document.createElement('video'); v.append(Object.assign(document.createElement('source'), { src: '/case/NAME' })); document.body.append(v)",
  "input.src":
    "document.body.append(Object.assign(document.createElement('input'), { type: 'image', src: '/case/NAME' }))",
  "svg image":
    "const n = 'http://www.w3.org/2000/svg'; const s = document.createElementNS(n, 'svg'); const i = document.createElementNS(n, 'image'); i.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '/case/NAME'); s.append(i); document.body.append(s)",
  innerHTML: "document.body.appendChild(document.createElement('div')).innerHTML = '<img src=/case/NAME>'",
  outerHTML: "document.body.appendChild(document.createElement('div')).outerHTML = '<img src=\"/case/NAME\">'",
  insertAdjacentHTML: "document.body.insertAdjacentHTML('beforeend', `<img src='/case/NAME'>`)",
  "srcset in innerHTML":
    "document.body.appendChild(document.createElement('div')).innerHTML = '<img srcset=\"/case/NAME 1x\">'",
  "a fragment": "document.body.append(document.createRange().createContextualFragment('<img src=/case/NAME>'))",
  "a parsed document":
    "document.body.append(document.adoptNode(new DOMParser().parseFromString('<img src=/case/NAME>', 'text/html').body.firstChild))",
  "style.backgroundImage":
    "document.body.appendChild(document.createElement('p')).style.backgroundImage = 'url(/case/NAME)'",
  "style.setProperty":
    "document.body.appendChild(document.createElement('p')).style.setProperty('background-image', 'url(\"/case/NAME\")')",
  "style.cssText":
    "document.body.appendChild(document.createElement('p')).style.cssText = 'background: url(/case/NAME)'",
  "text of a style":
    "const s = document.createElement('style'); s.textContent = '.t { background: url(/case/NAME) }'; document.head.append(s); document.body.appendChild(document.createElement('p')).className = 't'",
  insertRule:
    "const s = document.createElement('style'); document.head.append(s); s.sheet.insertRule('.r { background: url(/case/NAME) }'); document.body.appendChild(document.createElement('p')).className = 'r'",
  "constructed sheet":
    "const s = new CSSStyleSheet(); s.replaceSync('.c { background: url(/case/NAME) }'); document.adoptedStyleSheets = [s]; document.body.appendChild(document.createElement('p')).className = 'c'",
  FontFace: "new FontFace('f', 'url(/case/NAME)').load().catch(() => 0)",
  fetch: "fetch('/case/NAME')",
  "fetch of a URL": "fetch(new URL('/case/NAME', location.href))",
  "fetch of a Request": "fetch(new Request('/case/NAME'))",
  XMLHttpRequest: "const x = new XMLHttpRequest(); x.open('GET', '/case/NAME'); x.send()",
  sendBeacon: "navigator.sendBeacon('/case/NAME', 'x')",
  EventSource: "new EventSource('/case/NAME')",
  srcdoc: "document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<img src=/case/NAME>' }))",
};

/** Into a shadow root: `r` is one. */
const shadowed = (mode: string, way: string) =>
  `const h = document.createElement('div'); document.body.append(h); const r = h.attachShadow({ mode: '${mode}' }); ${way}`;
const styled =
  "const s = document.createElement('style'); s.textContent = 'p { background: url(/case/NAME) }'; r.append(s, document.createElement('p'))";
Object.assign(ways, {
  "style in a shadow root": shadowed("open", styled),
  "style in a closed shadow root": shadowed("closed", styled),
  "style of an element in a shadow root": shadowed(
    "closed",
    "r.appendChild(document.createElement('p')).style.backgroundImage = 'url(/case/NAME)'",
  ),
  "attribute in a shadow root": shadowed(
    "open",
    "const a = document.createAttribute('src'); a.value = '/case/NAME'; const i = new Image(); r.append(i); i.setAttributeNode(a)",
  ),
  "shadow root that the page was written with": `const d = document.createElement('div'); document.body.append(d); d.setHTMLUnsafe('<section><template shadowrootmode=open></template></section>'); const r = d.firstChild.shadowRoot; ${styled}`,
});

const slug = (name: string) => name.replace(/\W+/g, "-");

describe("addresses from the root in a previewed page", () => {
  let browser: Browser;
  let site: PreviewServer;
  let front: Server;
  let around: Server;
  let page: Page;
  /** Below the preview's path, and at the front's root. */
  const arrived: string[] = [];
  const astray: string[] = [];
  const html = `<!doctype html><html><head><title>x</title><link rel="icon" href="data:,"></head><body>
    <a id="link" href="/case/clicked">go</a><form action="/case/sent"><button id="send">send</button></form></body></html>`;

  before(async function () {
    this.timeout(60_000);
    site = await startSite({
      answer: async ({ url: { pathname } }) =>
        pathname.startsWith("/case/") && !/clicked|sent|formed/.test(pathname)
          ? { status: 200, type: "text/javascript", body: "export {}" }
          : { status: 200, type: "text/html", body: html },
      publicPath: () => "/proxy/9",
      seen: ({ path }) => void arrived.push(path),
    });
    front = createServer((request, response) => {
      const { url = "", method = "GET" } = request;
      if (!url.startsWith("/proxy/9/")) {
        astray.push(url);
        return void response.writeHead(200, { "Content-Type": "text/html" }).end("the editor");
      }
      request.resume();
      fetch(`${site.origin}${url.slice("/proxy/9".length)}`, { method: method === "POST" ? "POST" : "GET" }).then(
        async (answer) => {
          const { "content-length": _, ...headers } = Object.fromEntries(answer.headers);
          response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
        },
      );
    });
    around = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(
        `<script>said = []; onmessage = ({ data }) => said.push([data.plugsmith, data.text])</script><body></body>`,
      );
    });
    await Promise.all([front, around].map((one) => new Promise<void>((done) => one.listen(0, "127.0.0.1", done))));
    browser = await openBrowser();
  });
  after(async () => {
    await site?.stop();
    for (const one of [front, around]) one?.closeAllConnections();
    for (const one of [front, around]) one?.close();
  });
  beforeEach(async () => {
    arrived.length = 0;
    astray.length = 0;
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  const open = async (sandbox: string): Promise<Frame> => {
    await page.goto(`${originOf(around)}/`);
    const src = `${originOf(front)}/proxy/9${site.prefix}/notes/`;
    await page.evaluate(`{
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", ${JSON.stringify(sandbox)});
      frame.src = ${JSON.stringify(src)};
      document.body.append(frame);
    }`);
    await page.frameLocator("iframe").locator("#link").waitFor();
    const frame = page.frames()[1];
    assert.ok(frame);
    return frame;
  };
  const said = (): Promise<[string, string | undefined][]> => page.evaluate("said");
  const until = async (what: () => boolean | Promise<boolean>, words: string) => {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (await what()) return;
      await page.waitForTimeout(50);
    }
    assert.fail(`${words}\narrived: ${arrived.join(" ")}\nastray: ${astray.join(" ")}`);
  };

  for (const sandbox of ["allow-scripts allow-forms", "allow-scripts allow-forms allow-same-origin"])
    it(`arrive below its path, however a script sets them: sandbox="${sandbox}"`, async function () {
      this.timeout(120_000);
      const frame = await open(sandbox);
      for (const [name, way] of Object.entries(ways)) {
        await frame.evaluate(`{ ${way.replaceAll("NAME", slug(name))}; 0 }`);
        await until(() => arrived.includes(`/case/${slug(name)}`), name);
      }
      assert.deepEqual(astray, []);
    });

  it("arrive there when a link is followed or a form is sent", async () => {
    const frame = await open("allow-scripts allow-forms");
    await frame.evaluate("document.getElementById('link').setAttribute('href', '/case/clicked?a=1#b')");
    await page.frameLocator("iframe").locator("#link").click();
    await until(() => arrived.includes("/case/clicked?a=1"), "a link");
    const again = await open("allow-scripts allow-forms");
    await again.evaluate("document.forms[0].action = '/case/sent'");
    await page.frameLocator("iframe").locator("#send").click();
    await until(() => arrived.some((path) => path.startsWith("/case/sent")), "a form");
    const third = await open("allow-scripts allow-forms");
    await third.evaluate("document.forms[0].action = '/case/formed'; document.forms[0].submit()");
    await until(() => arrived.some((path) => path.startsWith("/case/formed")), "a form by script");
    const inside = await open("allow-scripts allow-forms");
    await inside.evaluate(`{ const h = document.createElement("div"); document.body.prepend(h);
      const r = h.attachShadow({ mode: "closed" }); r.innerHTML = "<a>deep</a>"; const a = r.firstChild;
      a.setAttribute("href", "/case/clicked?deep"); a.click(); }`);
    await until(() => arrived.includes("/case/clicked?deep"), "a link in a closed shadow root");
    const last = await open("allow-scripts");
    await last.evaluate("document.write('<img src=/case/written>')");
    await until(() => arrived.includes("/case/written"), "document.write");
    assert.deepEqual(astray, []);
  });

  it("keep to the page's own where it has taken a link in hand, and leave others alone", async () => {
    const frame = await open("allow-scripts allow-forms");
    const left = await frame.evaluate(`(() => {
      document.addEventListener("click", (event) => { event.preventDefault(); window.taken = event.target.getAttribute("href"); });
      document.getElementById("link").setAttribute("href", "/case/taken");
      document.getElementById("link").click();
      const image = new Image();
      image.src = "data:image/gif;base64,/9j/AAAA";
      const other = document.createElement("a");
      other.href = "https://example.org/x";
      return [window.taken, image.getAttribute("src"), other.getAttribute("href"), document.currentScript, document.querySelectorAll("script").length];
    })()`);
    assert.deepEqual(left, ["/case/taken", "data:image/gif;base64,/9j/AAAA", "https://example.org/x", null, 0]);
  });

  it("are the page's address where the frame has an origin, or are said to change nothing where it has none", async () => {
    const own = await open("allow-scripts allow-same-origin");
    await own.evaluate("history.pushState({ a: 1 }, '', '/notes/deep?x=1#y')");
    assert.match(own.url(), new RegExp(`/proxy/9${site.prefix}/notes/deep\\?x=1#y$`));
    const none = await open("allow-scripts");
    assert.equal(await none.evaluate("history.pushState({ a: 1 }, '', '/notes/deep'), history.state.a"), 1);
    // Browsers differ: some let a page without an origin change its path.
    const isLed = none.url().endsWith(`/proxy/9${site.prefix}/notes/deep`);
    const isSaid = async () => (await said()).some(([, text]) => /pushState to "\/notes\/deep"/.test(text ?? ""));
    if (!isLed) await until(isSaid, "said");
  });

  it("of a page that sets its location go astray: it says that it is here, and then no more", async () => {
    const frame = await open("allow-scripts");
    await until(async () => (await said()).some(([what]) => what === "here"), "here");
    await frame.evaluate("setTimeout(() => { location = '/case/lost' }); 0");
    await until(() => astray.includes("/case/lost"), "location");
    assert.equal((await said()).filter(([what]) => what === "here").length, 1);
  });

  it("of a page inside the page are led too, and nothing is said to the page around", async () => {
    const frame = await open("allow-scripts");
    const heard = await frame.evaluate(`new Promise((done) => {
      const heard = [];
      onmessage = ({ data }) => heard.push(data);
      const inner = document.createElement("iframe");
      inner.onload = () => setTimeout(() => done(heard), 300);
      inner.src = "/notes/inner";
      document.body.append(inner);
    })`);
    assert.deepEqual(heard, []);
    assert.ok(arrived.includes("/notes/inner"));
  });
});

function originOf(server: Server): string {
  const address = server.address();
  return typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
}
