/** As much of a browser as signing in needs: it keeps cookies by host and follows redirects one by one. */
export class Browser {
  readonly cookies = new Map<string, Map<string, string>>();
  /** Every `set-cookie` that came, as it came. */
  readonly set: string[] = [];

  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    const jar = this.jarOf(address);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      this.set.push(line);
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  /** Follows redirects until there are none, or until `stop` says so of the next address; answers every address on the way. */
  async follow(
    address: string,
    stop: (next: string) => boolean = () => false,
  ): Promise<{ way: string[]; last: Response }> {
    const way = [address];
    let last = await this.ask(address);
    for (let next = nextOf(last, address); next !== undefined; next = nextOf(last, next)) {
      way.push(next);
      if (stop(next)) break;
      last = await this.ask(next);
    }
    return { way, last };
  }

  // A browser keeps cookies by host, and not by port; here each server has its own, which comes to the same.
  private jarOf(address: string): Map<string, string> {
    const { origin } = new URL(address);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    return jar;
  }
}

function nextOf(response: Response, at: string): string | undefined {
  const location = response.headers.get('location');
  return response.status >= 300 && response.status < 400 && location ? new URL(location, at).href : undefined;
}
