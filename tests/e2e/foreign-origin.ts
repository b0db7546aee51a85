// A host of another origin: a request to it means that data could leave the page.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Its answer for each type of file: code or content that tells the page of its arrival. */
const ANSWERS: Record<string, [string, string]> = {
  js: ['text/javascript', 'reached("a foreign script")'],
  css: ['text/css', ':root { --reached: a-foreign-sheet }'],
  html: ['text/html', '<p>Ailleurs</p>'],
  svg: ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
  webmanifest: ['application/manifest+json', '{"name":"Ailleurs"}'],
};

/** A server on a port of its own, hence of another origin. */
export class ForeignOrigin {
  /** The requested paths, in order. */
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      this.asked.push(path);
      const [type, body] = ANSWERS[path.split('.').at(-1) ?? ''] ?? ['text/plain', 'Ailleurs'];
      response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' });
      response.end(body);
    });
    // A web socket begins with an upgrade request; seeing that is enough.
    server.on('upgrade', (request, socket) => {
      this.asked.push(request.url ?? '');
      socket.destroy();
    });
  }

  static async open(): Promise<ForeignOrigin> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new ForeignOrigin(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
