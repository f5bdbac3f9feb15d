// In: a browser and a host of built sites. Out: what a test gets, a visit to some pages. It notes everything that no page
// may do: an error or a warning in the console, a request to another host, a cookie.
import { readFile, readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

export class Visit {
  faults = [];
  requests = [];
  #contexts = new Map();

  constructor(browser, host, sites) {
    Object.assign(this, { browser, host, sites: resolve(sites) });
  }

  /**
   * Opens a page of a book in a tab of its own; tabs with the same options share what a reader's browser keeps.
   * `from: "file"` opens it from the folder, `script: false` without JavaScript; further `options` are Playwright's for
   * a browser context: `viewport`, `colorScheme`, `hasTouch`, `reducedMotion`, `forcedColors`, `contrast`.
   */
  async page(path, { from = "host", ...options } = {}) {
    const page = await (await this.context(options)).newPage();
    page.on("console", message => { if (["error", "warning"].includes(message.type())) this.faults.push(`${page.url()}: ${message.text()}`); });
    page.on("pageerror", error => this.faults.push(`${page.url()}: ${error.stack}`));
    await page.goto(this.url(path, from));
    return page;
  }

  /** The browser of a reader with these options. */
  async context({ script = true, ...options } = {}) {
    const key = JSON.stringify({ script, ...options });
    if (!this.#contexts.has(key)) {
      const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: script, ...options });
      context.on("request", request => {
        this.requests.push(request.url());
        if (!/^(http:\/\/127\.0\.0\.1|file:|data:|blob:)/.test(request.url())) this.faults.push(`asked for ${request.url()}`);
      });
      this.#contexts.set(key, context);
    }
    return this.#contexts.get(key);
  }

  url(path, from = "host") {
    const [file, rest] = path.split(/(?=[?#])(.*)/s);
    return (from === "file" ? pathToFileURL(join(this.sites, file)).href : `${this.host}/${file}`) + (rest ?? "");
  }

  /** The paths of all pages of a site, as `page` takes them. */
  async pages(site) {
    const files = await readdir(join(this.sites, site), { recursive: true, withFileTypes: true });
    const pages = files.filter(file => file.name.endsWith(".html")).map(file => relative(this.sites, join(file.parentPath ?? file.path, file.name)));
    return pages.map(page => page.split(sep).join("/")).sort();
  }

  /** A file of a site as it was built. */
  source(path) {
    return readFile(join(this.sites, path), "utf8");
  }

  /** Takes back faults that a test provoked on purpose, and fails when there was none. */
  expected(pattern) {
    const others = this.faults.filter(fault => !pattern.test(fault));
    assert.notEqual(others.length, this.faults.length, `no fault fits ${pattern}`);
    this.faults = others;
  }

  async end() {
    for (const context of this.#contexts.values()) {
      this.faults.push(...(await context.cookies()).map(cookie => `has set the cookie ${cookie.name}`));
      await context.close();
    }
    assert.deepEqual(this.faults, [], "errors in the console, requests to another host, or cookies");
  }
}
