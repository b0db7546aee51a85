// Makes a first visit to the app at each size of the window, touches nothing for some seconds once
// the app runs, and prints the addresses that the page asked for.
//
// `xtask/src/budget.rs` starts it with the address, the seconds, the browser, the sizes as one word
// each, and the browser's flags. The network log is that of the page's own target. It has what the
// browser itself asks for on the page's behalf, the manifest and its icon, and lacks what a service
// worker fetches: that is a target of its own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const [address, seconds, executablePath, sizes, ...args] = process.argv.slice(2);

/** The addresses that one visit asks for, each once, in that order. */
async function visit(viewport) {
  // A context of Playwright's own is a private window, to which no browser offers to install the app.
  const profile = await mkdtemp(join(tmpdir(), "jalons-first-visit-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, viewport });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const asked = new Set();
    const tools = await context.newCDPSession(page);
    tools.on("Network.requestWillBeSent", ({ request }) => {
      if (request.url.startsWith("http")) asked.add(request.url);
    });
    await tools.send("Network.enable");
    await page.goto(address);
    await page.waitForFunction(() => !document.getElementById("starting"));
    await page.waitForTimeout(seconds * 1000);
    return [...asked];
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

const visits = [];
for (const size of sizes.split(",")) {
  const [width, height] = size.split("x").map(Number);
  visits.push({ size, asked: await visit({ width, height }) });
}
console.log(JSON.stringify(visits));
