/** A web server that answers every request with a page. Runs in a process of its own. */

export interface HttpServerOptions {
  /** `::` listens on IPv4 as well. */
  readonly address: string;
  readonly port: number;
}

/** The program. A line `ready` says that it listens; then one line a request: method and path. */
export function httpServer(options: HttpServerOptions): void {
  const http = process.getBuiltinModule('node:http');
  const server = http.createServer((request, response) => {
    process.stdout.write(`${request.method} ${request.url}\n`);
    response.end(`<!doctype html><title>Sigward lab</title><p>${request.method} was answered.\n`);
  });
  server.listen(options.port, options.address, () => process.stdout.write('ready\n'));
}
