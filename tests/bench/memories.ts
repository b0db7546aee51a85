// How much memory of WebAssembly a page has. Its modules export it under a name that the build has
// shortened, and what browsers tell of a page's heap leaves it out.
import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    memories: Set<WebAssembly.Memory>;
  }
}

/** Has every page of the context remember the memories of the modules that it starts. */
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
      // Of bytes a module comes along, of a module the instance comes alone.
      const { instance = started } = started as { instance?: WebAssembly.Instance };
      remember(instance as WebAssembly.Instance);
      return started as never;
    };
  });
}

/** How large they are together, in bytes. */
export function memories(page: Page): Promise<number> {
  return page.evaluate(() =>
    [...window.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  );
}
