// Server code of the notes plugin: a small JSON API under /notes/api, kept in memory.
// It is one file without imports, because a reload re-reads only the entry.

const MAX_LENGTH = 2000;

/** The host calls this with the manifest's own fields, so maxNotes comes from there. */
export default function createPlugin(config) {
  const maxNotes = typeof config.maxNotes === "number" ? config.maxNotes : 100;
  const notes = [];
  let logger;

  async function add(request) {
    const body = await request.json().catch(() => undefined);
    const text = typeof body?.text === "string" ? body.text.trim() : "";
    if (text === "" || text.length > MAX_LENGTH) {
      return Response.json({ error: `text must have 1 to ${MAX_LENGTH} characters` }, { status: 400 });
    }
    const note = { id: crypto.randomUUID(), text, at: new Date().toISOString() };
    notes.unshift(note);
    notes.splice(maxNotes);
    logger?.info(`note ${note.id} added`);
    return Response.json(note, { status: 201 });
  }

  return {
    onInit(context) {
      logger = context.logger;
    },
    routes: {
      // The host has removed the base. A 404 passes the request on to the page.
      fetch(request) {
        const { pathname } = new URL(request.url);
        if (pathname === "/api/health") return Response.json({ ok: true });
        if (pathname === "/api/notes" && request.method === "GET") return Response.json(notes);
        if (pathname === "/api/notes" && request.method === "POST") return add(request);
        return new Response("Not Found", { status: 404 });
      },
    },
  };
}
