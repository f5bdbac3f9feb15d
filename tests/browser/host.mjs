// In: a folder of built sites. Out: their host on loopback, as a strict one would be: every answer carries the policy that
// the site promises to work under, and an unknown address gets the 404 page of its site.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

export const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp",
  ".json": "application/json", ".webmanifest": "application/manifest+json", ".xml": "application/xml", ".md": "text/markdown", ".txt": "text/plain",
};

export async function serve(sites) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
    const answer = async (status, file) => {
      const body = await readFile(join(sites, file));
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(status, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": POLICY });
      response.end(body);
    };
    try {
      await answer(200, path);
    } catch {
      await answer(404, `${path.split("/")[1]}/404.html`).catch(() => response.writeHead(404).end());
    }
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
