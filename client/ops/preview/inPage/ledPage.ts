// What runs in front of a previewed page's own scripts: addresses from the root that they set, ask for or write into the page are
// led below the preview's path. Its text is put into pages, so it stands alone: nothing outside the function is used in it.
//
// Not in its reach: `location` (browsers let nobody stand between), and what workers ask for. The view around notices a page that
// has gone astray, and the rest is told to it in words.

export interface Leading {
  /** Path that everything of the preview stands below. */
  readonly root: string;
  /** First words of the paths to lead there; without them, every path of this origin. */
  readonly words?: readonly string[];
  /** The page has a map of imports of its own, and older browsers take one alone. */
  readonly hasImportMap?: boolean;
}

/** `ledBelow` does the same to the text of pages and style sheets. */
export function ledPage(
  { root, words, hasImportMap }: Leading,
  ledBelow: (root: string, source: string, words?: readonly string[]) => string,
): void {
  const own = new URL(location.href);
  const say = (plugsmith: "here" | "said", text?: string) => {
    // A page inside a previewed page has that one for its parent, and would only be a stranger to it.
    const [around] = location.ancestorOrigins ?? [];
    const isInside = around === "null" || (around === own.origin && window.origin !== "null");
    if (window.parent !== window && !isInside) window.parent.postMessage({ plugsmith, text }, "*");
  };

  type Lead = (value: unknown) => unknown;
  const to: Lead = (address) => {
    if (typeof address !== "string" && !(address instanceof URL)) return address;
    const url = parsed(address);
    if (url === undefined || url.host !== own.host || !/^(https?|wss?):$/.test(url.protocol)) return address;
    const isThere = `${url.pathname}/`.startsWith(`${root}/`);
    if (isThere || words?.includes(url.pathname.split("/")[1] ?? "") === false) return address;
    url.pathname = root + url.pathname;
    return url.href;
  };
  const parsed = (address: string | URL): URL | undefined => {
    try {
      return new URL(address, document.baseURI);
    } catch {
      return undefined;
    }
  };
  const text: Lead = (source) => (typeof source === "string" ? ledBelow(root, source, words) : source);
  /** `/a.png 1x, /b.png 2x`; a comma may also stand in an address. */
  const list: Lead = (value) =>
    typeof value === "string" ? value.replace(/(?<=^|\s)\/[^\s,]+/g, (one) => String(to(one))) : value;

  // What scripts call

  const calls = (type: string, name: string, at: number, lead: Lead = to) => {
    const holder = prototypeOf(type);
    if (holder !== undefined) wrap(holder, name, at, lead);
  };
  const prototypeOf = (type: string): object | undefined => {
    const found: unknown = Reflect.get(window, type);
    return typeof found === "function" ? found.prototype : undefined;
  };
  const wrap = (holder: object, name: string, at: number, lead: Lead) => {
    const given: unknown = Reflect.get(holder, name);
    if (typeof given !== "function") return;
    const led = (all: unknown[]) => all.map((one, index) => (index === at ? lead(one) : one));
    const wrapped = new Proxy(given, {
      apply: (target, self, all) => Reflect.apply(target, self, led(all)),
      construct: (target, all, made) => Reflect.construct(target, led(all), made),
    });
    Reflect.set(holder, name, wrapped);
  };
  for (const name of ["fetch", "open", "Request", "Audio", "EventSource", "WebSocket"]) wrap(window, name, 0, to);
  wrap(window, "FontFace", 1, text);
  for (const name of ["Worker", "SharedWorker"])
    wrap(window, name, 0, (address) => {
      say("said", `a worker begins: what it asks for from the root ("/…") is not led below the preview's path`);
      return to(address);
    });
  calls("XMLHttpRequest", "open", 1);
  calls("Navigator", "sendBeacon", 0);
  calls("ServiceWorkerContainer", "register", 0);
  calls("CSSStyleSheet", "insertRule", 0, text);
  calls("CSSStyleSheet", "replace", 0, text);
  calls("CSSStyleSheet", "replaceSync", 0, text);
  calls("CSSStyleDeclaration", "setProperty", 1, text);
  calls("Element", "insertAdjacentHTML", 1, text);
  calls("Element", "setHTMLUnsafe", 0, text);
  calls("Range", "createContextualFragment", 0, text);
  calls("DOMParser", "parseFromString", 0, text);
  for (const name of ["write", "writeln"]) calls("Document", name, 0, text);

  for (const name of ["pushState", "replaceState"] as const) {
    const given = history[name];
    history[name] = (state, title, address) => {
      try {
        given.call(history, state, title, address === undefined || address === null ? address : String(to(address)));
      } catch (error) {
        // In a frame without an origin of its own, no page may change its path.
        if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error;
        say("said", `history.${name} to "${String(address)}" changes no address in this window; on the host it does`);
        given.call(history, state, title);
      }
    };
  }

  // What scripts set, by property, by attribute, or as text of a page

  const addresses: readonly (readonly [tag: string, type: string, attribute: string, lead: Lead])[] = [
    ["img", "HTMLImageElement", "src", to],
    ["img", "HTMLImageElement", "srcset", list],
    ["script", "HTMLScriptElement", "src", to],
    ["link", "HTMLLinkElement", "href", to],
    ["link", "HTMLLinkElement", "imagesrcset", list],
    ["iframe", "HTMLIFrameElement", "src", to],
    ["embed", "HTMLEmbedElement", "src", to],
    ["object", "HTMLObjectElement", "data", to],
    ["audio", "HTMLMediaElement", "src", to],
    ["video", "HTMLMediaElement", "src", to],
    ["video", "HTMLVideoElement", "poster", to],
    ["source", "HTMLSourceElement", "src", to],
    ["source", "HTMLSourceElement", "srcset", list],
    ["track", "HTMLTrackElement", "src", to],
    ["input", "HTMLInputElement", "src", to],
    ["base", "HTMLBaseElement", "href", to],
    ["image", "", "href", to],
    ["image", "", "xlink:href", to],
    ["use", "", "href", to],
    ["use", "", "xlink:href", to],
  ];
  const leadOf = (tag: string, attribute: string) =>
    addresses.find(([one, , name]) => one === tag && name === attribute)?.[3];
  const sets = (type: string, property: string, lead: Lead) => {
    const holder = prototypeOf(type);
    const found = holder && Object.getOwnPropertyDescriptor(holder, property);
    const given = found?.set;
    if (holder === undefined || given === undefined) return;
    const set = function (this: unknown, value: unknown) {
      given.call(this, lead(value));
    };
    Object.defineProperty(holder, property, { ...found, set });
  };
  const seen = new Set<string>();
  for (const [, type, attribute, lead] of addresses) {
    const key = `${type} ${attribute}`;
    if (!seen.has(key)) sets(type, attribute === "imagesrcset" ? "imageSrcset" : attribute, lead);
    seen.add(key);
  }
  for (const type of ["Element", "ShadowRoot"]) sets(type, "innerHTML", text);
  sets("Element", "outerHTML", text);
  sets("HTMLIFrameElement", "srcdoc", text);

  const { setAttribute, setAttributeNS } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    const lead = leadOf(this.localName, String(name).toLowerCase());
    setAttribute.call(this, name, lead === undefined ? value : String(lead(String(value))));
  };
  Element.prototype.setAttributeNS = function (space: string | null, name: string, value: string) {
    const lead = leadOf(this.localName, name);
    setAttributeNS.call(this, space, name, lead === undefined ? value : String(lead(String(value))));
  };

  // What came into the page by another way; nothing of a style has been asked for yet when this is told

  const mend = (element: Element) => {
    for (const [tag, , name, lead] of addresses) {
      const before = tag === element.localName ? element.getAttribute(name) : null;
      const after = before === null ? null : String(lead(before));
      if (after !== null && after !== before) setAttribute.call(element, name, after);
    }
    const style = element.getAttribute("style");
    const led = style === null ? null : String(text(style));
    if (led !== null && led !== style) setAttribute.call(element, "style", led);
    if (element.localName !== "style") return;
    const sheet = String(text(element.textContent));
    if (sheet !== element.textContent) element.textContent = sheet;
  };
  const tags = [...new Set(addresses.map(([tag]) => tag)), "style", "[style]"].join(",");
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      if (target instanceof Element) mend(target);
      for (const node of addedNodes)
        if (node instanceof Element) for (const one of [node, ...node.querySelectorAll(tags)]) mend(one);
    }
  });
  const attributeFilter = ["style", ...new Set(addresses.map(([, , attribute]) => attribute))];
  const observe = (root: Node) =>
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter });
  observe(document);

  // Where the user goes: when nothing of the page has taken it in hand

  const clicked = (event: Event) => {
    const link = event.composedPath().find((one) => one instanceof Element && one.matches("a[href], area[href]"));
    if (event.defaultPrevented || !(link instanceof Element)) return;
    const before = link.getAttribute("href") ?? "";
    const after = String(to(before));
    if (after !== before) setAttribute.call(link, "href", after);
  };
  window.addEventListener("click", clicked);
  const sent = (form: HTMLFormElement, by: Element | null) => {
    for (const [element, name] of [
      [form, "action"],
      [by, "formaction"],
    ] as const) {
      const before = element?.getAttribute(name);
      if (before !== undefined && before !== null) setAttribute.call(element, name, String(to(before)));
    }
  };
  const submitted = (event: Event) => {
    if (event.defaultPrevented || !(event instanceof SubmitEvent)) return;
    if (event.target instanceof HTMLFormElement) sent(event.target, event.submitter);
  };
  window.addEventListener("submit", submitted);
  const { submit } = HTMLFormElement.prototype;
  HTMLFormElement.prototype.submit = function () {
    sent(this, null);
    submit.call(this);
  };

  // Shadow roots: nothing of what happens in them is seen from outside

  const followed = new WeakSet<ShadowRoot>();
  const follow = (root: ShadowRoot): ShadowRoot => {
    if (followed.has(root)) return root;
    followed.add(root);
    for (const one of root.querySelectorAll(tags)) mend(one);
    observe(root);
    root.addEventListener("submit", submitted);
    // A link in an open one is seen from outside, after whatever takes it in hand there.
    if (root.mode === "closed") root.addEventListener("click", clicked);
    return root;
  };
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    return follow(attachShadow.call(this, init));
  };
  /** One that the page was written with, once a script reaches for it. */
  for (const type of ["Element", "ElementInternals"]) {
    const holder = prototypeOf(type);
    const found = holder && Object.getOwnPropertyDescriptor(holder, "shadowRoot");
    const given = found?.get;
    if (holder === undefined || given === undefined) continue;
    const get = function (this: unknown) {
      const root: unknown = given.call(this);
      return root instanceof ShadowRoot ? follow(root) : root;
    };
    Object.defineProperty(holder, "shadowRoot", { ...found, get });
  }

  // What modules import

  if (hasImportMap === true)
    say(
      "said",
      'the page has an import map of its own: modules imported by addresses from the root ("/…") are not led',
    );
  else {
    const map = document.createElement("script");
    map.type = "importmap";
    const kept = [[`${root}/`, `${root}/`]];
    const led = words === undefined ? [["/", `${root}/`]] : words.map((word) => [`/${word}/`, `${root}/${word}/`]);
    map.textContent = JSON.stringify({ imports: Object.fromEntries([...led, ...kept]) });
    document.head?.append(map);
    map.remove();
  }
  say("here");
  document.currentScript?.remove();
}
