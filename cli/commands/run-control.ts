/** The control socket of a run: orders are compiled in a process of their own and taken over by the queues. */
import { statSync } from 'node:fs';
import type { Fate } from '../../runtime/failure.js';
import { report } from '../../grammar/diagnostic.js';
import { endingAlready } from '../../runtime/control/diagnostics.js';
import { type Enforcement, manage, type Management, type ManagementOptions } from '../../runtime/control/management.js';
import { isOrder, type Order, type Outcome } from '../../runtime/control/protocol.js';
import type { OrderReport } from '../../runtime/control/reports.js';
import { openControl } from '../../runtime/control/server.js';
import { compileProcess } from '../compiling/compile-process.js';
import { baselineOf, type Site } from '../compiling/compiling.js';
import { contentsOf } from '../compiling/contents.js';
import { printable } from '../../runtime/output/text.js';
import type { Runnable } from '../load-runnable.js';
import { plural } from '../render.js';

export interface ControlSettings {
  /** Where the socket is. */
  readonly path: string;
  /** Its descriptor, where it was opened before. */
  readonly opened?: number | undefined;
  /** What the rules that run were named by. */
  readonly rules: readonly string[];
  readonly site: Site;
  readonly onReloadFailed: Fate;
  /** What stands before `node` where a process is started that compiles. */
  readonly wrapper: readonly string[];
}

export interface OrderServer {
  /** Orders change what these rules are from now on; until then whoever gives one waits. */
  readonly serve: (rules: Runnable, enforcement: Enforcement) => void;
  /** How many were carried out and refused. */
  readonly orders: () => ReturnType<Management['orders']>;
  readonly close: () => void;
}

/** Opens the socket; throws a `Problem` where that cannot be. */
export async function listenForOrders(settings: ControlSettings): Promise<OrderServer> {
  let management: Management | undefined;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const handle: Management['handle'] = async (request, progress) => {
    await begun;
    const outcome = await (management?.handle(request, progress) ?? refusedAtTheEnd());
    if (isOrder(request)) process.stderr.write(`${printable(orderLine(request, outcome))}\n`);
    return outcome;
  };
  const server = await openControl(settings.path, handle, { opened: settings.opened });
  return {
    serve: (rules, enforcement) => {
      management = manage(optionsOf(rules, enforcement, settings));
      begin();
    },
    orders: () => management?.orders() ?? { done: 0, refused: 0 },
    close: () => {
      server.close();
      management?.close();
      begin();
    },
  };
}

function refusedAtTheEnd(): Outcome {
  return { ok: false, diagnostic: report(endingAlready, undefined) };
}

/** What was ordered and what came of it, for whoever reads later who changed what. */
export function orderLine(order: Order, outcome: Outcome): string {
  const { do: verb, what, with: by, name } = { what: undefined, with: undefined, name: undefined, ...order };
  const words = ['order:', verb, what, by, name === null ? '--none' : name].filter((word) => word !== undefined);
  if (!outcome.ok) return `${words.join(' ')}: refused: ${outcome.diagnostic.code} ${outcome.diagnostic.message}`;
  const { generation, signatures } = outcome.result as Pick<OrderReport, 'generation' | 'signatures'>;
  return `${words.join(' ')}: ruleset ${generation} is in use, ${plural(signatures, 'signature')}`;
}

/** Remembers what runs. The compiler has no process until there is an order. */
function optionsOf(rules: Runnable, enforcement: Enforcement, settings: ControlSettings): ManagementOptions {
  const policy = rules.ruleset.policy?.name;
  const paths = settings.rules;
  const { units, declared, modules, ...contents } = contentsOf(rules);
  const fate = { unchanged: [], changed: [], added: modules.map(({ name }) => name), gone: [] };
  const verified = 'nothing was proved of the first ruleset; `sigward compile --verify` does';
  const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  return {
    enforcement,
    compiler: compileProcess(settings.site, baselineOf(rules, paths), settings.wrapper),
    places: { isFile, directory: settings.site.modules },
    onReloadFailed: settings.onReloadFailed,
    current: {
      running: { paths, without: [], removed: [], policy, units, declared, modules },
      compiled: {
        ...{ ...contents, hash: rules.hash(), verified, fate },
        ...{ broughtIn: rules.loaded?.broughtIn ?? [], steps: [], findings: { diagnostics: [], text: '' } },
      },
    },
  };
}
