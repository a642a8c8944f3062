// The two things that the program code-server adds in front of the bare VS Code server and that extensions notice:
//   /proxy/<port>/<path>  ->  http://127.0.0.1:<port>/<path>   (asExternalUri and openExternal lead there; WebSockets too)
//   POST /mint-key        ->  32 bytes the page encrypts SecretStorage with; without them secrets end with the page
// Everything else goes to the VS Code server, so all of it has one origin, as in code-server.
import http from "node:http";
import net from "node:net";

/** Listens on a free loopback port in front of `backendPort`. */
export async function startFront(backendPort, key) {
  // A connection that is used again may just be closed at its other end, which the page would see as a 502.
  const agent = new http.Agent({ keepAlive: false });
  const sockets = new Set();
  const server = http.createServer((request, response) => {
    if (!isForUs(request, server)) return refuse(response);
    if (request.method === "POST" && request.url === "/mint-key") return response.end(key);
    forward(request, response, routeOf(request.url, backendPort), agent);
  });
  server.on("upgrade", (request, socket, head) => {
    if (isForUs(request, server)) tunnel(request, socket, head, routeOf(request.url, backendPort), sockets);
    else socket.destroy();
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    stop() {
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A page of another site that has its name point at this machine asks under that name: refuse it. */
function isForUs(request, server) {
  const { port } = server.address();
  return request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`;
}

function refuse(response) {
  response.writeHead(421).end("this server answers to 127.0.0.1 only\n");
}

function routeOf(url, backendPort) {
  const match = /^\/proxy\/(\d+)(\/.*)?$/s.exec(url);
  return match ? { port: Number(match[1]), path: match[2] ?? "/" } : { port: backendPort, path: url };
}

function forward(request, response, { port, path }, agent) {
  const { method, headers } = request;
  const onward = http.request({ agent, host: "127.0.0.1", port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.on("error", (error) => {
    if (!response.headersSent) response.writeHead(502);
    response.end(String(error));
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

function tunnel(request, socket, head, { port, path }, sockets) {
  const onward = net.connect(port, "127.0.0.1", () => {
    const lines = [`${request.method} ${path} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    }
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  const drop = () => {
    for (const end of [socket, onward]) {
      end.destroy();
      sockets.delete(end);
    }
  };
  for (const end of [socket, onward]) {
    end.setNoDelay(true);
    sockets.add(end);
    end.on("error", drop).on("close", drop);
  }
}
