/** The control socket of a run: orders are compiled in a process of their own and taken over by the queues. */
import { statSync } from 'node:fs';
import type { Fate } from '../../runtime/failure.js';
import { report } from '../../grammar/diagnostic.js';
import { endingAlready } from '../../runtime/control/diagnostics.js';
import { type Enforcement, manage, type Management, type ManagementOptions } from '../../runtime/control/management.js';
import { openControl } from '../../runtime/control/server.js';
import { compileProcess } from '../compiling/compile-process.js';
import { baselineOf, type Site } from '../compiling/compiling.js';
import { contentsOf } from '../compiling/contents.js';
import type { Runnable } from '../load-runnable.js';

export interface ControlSettings {
  /** Where the socket is. */
  readonly path: string;
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
  const server = await openControl(settings.path, async (request, progress) => {
    await begun;
    return await (management?.handle(request, progress) ?? { ok: false, diagnostic: report(endingAlready, undefined) });
  });
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

/** Remembers what runs. The compiler has no process until there is an order. */
function optionsOf(rules: Runnable, enforcement: Enforcement, settings: ControlSettings): ManagementOptions {
  const policy = rules.ruleset.policy?.name;
  const paths = settings.rules;
  const { units, modules, ...contents } = contentsOf(rules, rules.ruleset);
  const fate = { unchanged: [], changed: [], added: modules.map(({ name }) => name), gone: [] };
  const verified = 'nothing was proved of the first ruleset; `sigward compile --verify` does';
  const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  return {
    enforcement,
    compiler: compileProcess(settings.site, baselineOf(rules, paths), settings.wrapper),
    places: { isFile, directory: settings.site.modules },
    onReloadFailed: settings.onReloadFailed,
    current: {
      running: { paths, without: [], removed: [], policy, units, modules },
      compiled: {
        ...{ ...contents, units, modules, hash: rules.hash(), verified, fate },
        ...{ broughtIn: rules.loaded?.broughtIn ?? [], steps: [], findings: { diagnostics: [], text: '' } },
      },
    },
  };
}
