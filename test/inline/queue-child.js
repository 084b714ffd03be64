/**
 * Reads a queue in the router's namespace: drops UDP datagrams whose payload begins with `BAD` and lets everything else
 * pass. Says `ready`, leaves at SIGTERM without losing what it has in hand, and then prints its statistics as JSON.
 *
 * Usage: node queue-child.js DRIVER QUEUE [--install]
 */
/** What tsc builds; the types are those of the sources. */
function built(/** @type {string} */ path) {
  return import(new URL(`../../dist/runtime/nfqueue/${path}`, import.meta.url).href);
}

/** @type {typeof import('../../runtime/nfqueue/install.js')} */
const { installRules } = await built('install.js');
/** @type {typeof import('../../runtime/nfqueue/drivers.js')} */
const { openDriver } = await built('drivers.js');
/** @type {typeof import('../../runtime/packet-batch.js')} */
const { createBatch } = await built('../packet-batch.js');

const driver = process.argv[2] === 'nfqueue' ? 'nfqueue' : 'netlink';
const number = Number(process.argv[3]);

/** Where UDP's payload begins: behind an IPv4 header with its options, or an IPv6 header without extensions. */
function payloadStart(/** @type {Uint8Array} */ bytes) {
  const first = bytes[0] ?? 0;
  return (first >> 4 === 4 ? (first & 15) * 4 : 40) + 8;
}

function isBad(/** @type {Uint8Array} */ bytes) {
  const start = payloadStart(bytes);
  return Buffer.from(bytes.subarray(start, start + 3)).toString('latin1') === 'BAD';
}

async function main() {
  const queue = await openDriver(driver, number, createBatch());
  const rules = process.argv.includes('--install')
    ? installRules({ queues: [number], chains: ['FORWARD'] })
    : undefined;
  process.on('exit', () => rules?.uninstall());
  process.once('SIGTERM', () => {
    void Promise.resolve(rules?.release()).then(() => queue.stop());
  });
  for (const diagnostic of rules?.diagnostics ?? []) console.error(diagnostic.message);
  console.log('ready');
  let longest = 0;
  let dropped = 0;
  for (;;) {
    const batch = await queue.receive();
    if (!batch) break;
    for (const packet of batch) longest = Math.max(longest, packet.wireLength);
    const bad = Array.from(batch, (packet) => isBad(packet.bytes));
    dropped += bad.filter(Boolean).length;
    queue.settle(bad.map((is) => (is ? 'drop' : 'accept')));
  }
  const statistics = queue.statistics();
  queue.close();
  for (const diagnostic of rules?.uninstall() ?? []) console.error(diagnostic.message);
  // The package `nfqueue` has no way to be closed, and would keep the process for ever.
  process.stdout.write(`${JSON.stringify({ ...statistics, dropped, longest })}\n`, () => process.exit());
}

main().catch((/** @type {{ diagnostic?: { code: string, message: string, help?: string } }} */ problem) => {
  if (!problem.diagnostic) throw problem;
  const { code, message, help } = problem.diagnostic;
  console.log(JSON.stringify({ code, message, help }));
  process.exitCode = 1;
});
