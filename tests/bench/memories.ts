// The WebAssembly memory of a page. Its modules export it under a name that the build has
// shortened, and browsers leave it out of a page's heap size.
import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    memories: Set<WebAssembly.Memory>;
  }
}

/** Makes every page of the context remember the memories of its modules. */
export async function watchMemories(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.memories = new Set();
    const remember = ({ exports }: WebAssembly.Instance) => {
      for (const value of Object.values(exports)) {
        if (value instanceof WebAssembly.Memory) window.memories.add(value);
      }
    };
    const stream = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...from) => {
      const started = await stream.apply(WebAssembly, from);
      remember(started.instance);
      return started;
    };
    const start = WebAssembly.instantiate as (...from: unknown[]) => Promise<unknown>;
    WebAssembly.instantiate = async (...from: unknown[]) => {
      const started = await start.apply(WebAssembly, from);
      // Instantiating bytes returns a module and an instance, instantiating a module only an
      // instance.
      const { instance = started } = started as { instance?: WebAssembly.Instance };
      remember(instance as WebAssembly.Instance);
      return started as never;
    };
  });
}

/** Their total size, in bytes. */
export function memories(page: Page): Promise<number> {
  return page.evaluate(() =>
    [...window.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  );
}
