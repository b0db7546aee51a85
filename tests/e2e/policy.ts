// Parses the page's policy, and serves the page with another one.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const META = /(<meta http-equiv="?Content-Security-Policy"? content=")([^"]*)(")/;

/** The scripts and preloads of the app, and its content in the page. */
const APP = /<script\b[^>]*><\/script>|<link rel="?(?:modulepreload|preload)"? [^>]*>/g;
const SHOWN = /(?<=<body\b[^>]*>)[^]*(?=<\/body>)/;

/** A content security policy: its directives in order, each with its sources. */
export class Policy {
  private constructor(readonly directives: ReadonlyMap<string, string>) {}

  /** Parses the policy of a page. */
  static in(html: string): Policy {
    const [, , text] = META.exec(html) ?? [];
    if (!text) throw new Error('the page carries no policy');
    return Policy.of(text);
  }

  /** Parses a policy. */
  static of(text: string): Policy {
    const directives = text.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources.join(' ')] as const;
    });
    if (new Set(directives.map(([name]) => name)).size < directives.length) {
      throw new Error(`a directive stands twice, of which browsers drop one: ${text}`);
    }
    return new Policy(new Map(directives));
  }

  get names(): string[] {
    return [...this.directives.keys()];
  }

  /** The policy without these directives. */
  without(...names: string[]): Policy {
    return new Policy(new Map([...this.directives].filter(([name]) => !names.includes(name))));
  }

  /** The policy with everything allowed by one directive. */
  opened(name: string): Policy {
    const everything = "* data: blob: 'unsafe-inline' 'unsafe-eval'";
    return new Policy(new Map([...this.directives]).set(name, everything));
  }

  toString(): string {
    return [...this.directives].map(([name, sources]) => `${name} ${sources}`.trim()).join('; ');
  }
}

/**
 * A host of the same files whose page has another policy. It is a server and not a Playwright
 * route, because a browser refuses local hosts to a page that a route has made up.
 */
export class Altered {
  policy: Policy | undefined;
  /** Additional markup at the end of the page's body. */
  markup = '';
  /** Whether to serve the page's head alone, without the app and its content. */
  bare = false;
  /** Additional files. */
  readonly files = new Map<string, { type: string; body: string }>();

  private constructor(
    private readonly server: Server,
    original: string,
    private readonly html: string,
  ) {
    server.on('request', (request, response) => {
      void this.answer(new URL(request.url ?? '/', original), response);
    });
  }

  static async of(original: string): Promise<Altered> {
    const html = await (await fetch(original)).text();
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Altered(server, original, html);
  }

  /** The policy of the published page. */
  get published(): Policy {
    return Policy.in(this.html);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(url: URL, response: ServerResponse): Promise<void> {
    const file = this.files.get(url.pathname);
    if (file) {
      response.writeHead(200, { 'Content-Type': file.type }).end(file.body);
      return;
    }
    if (url.pathname === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' });
      response.end(this.page());
      return;
    }
    const answer = await fetch(url);
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    response.writeHead(answer.status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  private page(): string {
    const { html, policy, markup } = this;
    const kept = this.bare ? html.replace(APP, '').replace(SHOWN, '') : html;
    return kept
      .replace(META, (_, before, own, after) => `${before}${policy ?? own}${after}`)
      .replace(/<\/body>|$/, (end) => `${markup}${end}`);
  }
}
