// A proxy between the browser and the app's files, which a test can switch off and on.
//
// Each test has a gate of its own. Its port makes an origin of its own, so a test begins with empty
// storage and without a worker, although the browser is shared.
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

export class Gate {
  private server: Server;
  private readonly open = new Set<Socket>();
  private port = 0;

  /** A gate in front of the server of an address such as `http://127.0.0.1:8080`. */
  constructor(private readonly behind: URL) {
    this.server = this.made();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** Lets requests through: at a free port the first time, at the same one afterwards. */
  async give(): Promise<void> {
    this.server = this.made();
    await new Promise<void>((ready, failed) => {
      this.server.once('error', failed);
      this.server.listen(this.port, '127.0.0.1', ready);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  async take(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  private made(): Server {
    return createServer((browser) => {
      const files = connect(Number(this.behind.port), this.behind.hostname);
      for (const [here, there] of [[browser, files], [files, browser]] as const) {
        this.open.add(here);
        here.pipe(there);
        here.on('close', () => {
          this.open.delete(here);
          there.destroy();
        });
        // Browsers reset connections that they no longer need.
        here.on('error', () => here.destroy());
      }
    });
  }
}
