/** Everything that enforcing packets inline takes from a machine, looked at one by one. */
import { queueNotPermitted } from '../nfqueue/diagnostics.js';
import { Problem } from '../problem.js';
import { type Finding, refused } from './finding.js';
import type { Machine } from './machine.js';
import { examineRules } from './rules.js';

/** The queue that is used unless another is named in what the README shows. */
const USUAL_QUEUE = 0;

/** Looks at a machine. `oldestNode` is the least version that will do: `20.19`. */
export async function examine(machine: Machine, oldestNode: string): Promise<readonly Finding[]> {
  const first = [node(machine, oldestNode), system(machine)];
  if (machine.platform !== 'linux') return [...first, ...tools(machine)];
  const permission = privileges(machine);
  const queue = permission.state === 'ok' ? await queueFinding(machine) : untried('NFQUEUE');
  return [
    ...first,
    permission,
    ...(await drivers(machine)),
    queue,
    usualQueue(machine),
    ...examineRules(machine, permission.state === 'ok'),
    ...helpers(machine),
    ...tools(machine),
  ];
}

function node({ node: version }: Machine, oldest: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least = 0, lesser = 0] = oldest.split('.').map(Number);
  const ok = major > least || (major === least && minor >= lesser);
  if (ok) return { check: 'Node', state: 'ok', detail: version };
  return { check: 'Node', state: 'failed', detail: `${version} is too old`, help: `install ${oldest} or newer` };
}

function system({ platform, system: name }: Machine): Finding {
  if (platform === 'linux') return { check: 'system', state: 'ok', detail: name };
  const help = 'judge captures with `--pcap` here, and enforce on Linux';
  return { check: 'system', state: 'failed', detail: `${name}: NFQUEUE is part of Linux`, help };
}

function privileges({ permitted }: Machine): Finding {
  if (permitted()) return { check: 'privileges', state: 'ok', detail: 'CAP_NET_ADMIN' };
  return refused('privileges', 'failed', Problem.of(queueNotPermitted, { queue: USUAL_QUEUE }));
}

function untried(check: string): Finding {
  return { check, state: 'unknown', detail: 'could not be tried without CAP_NET_ADMIN' };
}

/** One of the two is enough. */
async function drivers(machine: Machine): Promise<Finding[]> {
  const [koffi, nfqueue] = [await machine.koffi(), await machine.nfqueue()];
  const netlink: Finding = koffi
    ? {
        ...refused('driver netlink', nfqueue ? 'failed' : 'limited', koffi),
        help: netlinkAdvice(nfqueue === undefined),
      }
    : { check: 'driver netlink', state: 'ok', detail: 'koffi loads' };
  const second: Finding = nfqueue
    ? refused('driver nfqueue', 'missing', nfqueue)
    : { check: 'driver nfqueue', state: 'ok', detail: 'built' };
  return [netlink, second];
}

function netlinkAdvice(other: boolean): string {
  return other ? 'use the other one: `--driver nfqueue`' : 'run `npm install` again, on 64-bit Linux';
}

async function queueFinding(machine: Machine): Promise<Finding> {
  if (await machine.koffi()) return { check: 'NFQUEUE', state: 'unknown', detail: 'could not be tried without koffi' };
  const tried = await machine.tryQueue();
  if (tried instanceof Problem) return refused('NFQUEUE', 'failed', tried);
  return { check: 'NFQUEUE', state: 'ok', detail: `queue ${tried} could be opened, and was closed again` };
}

function usualQueue(machine: Machine): Finding {
  const check = `queue ${USUAL_QUEUE}`;
  const reader = machine.reader(USUAL_QUEUE);
  if (reader === 'nobody') return { check, state: 'ok', detail: 'free' };
  if (reader === 'unknown') return { check, state: 'unknown', detail: 'only root can see who reads it' };
  const who = reader.name === undefined ? `netlink port ${reader.port}` : `\`${reader.name}\`, process ${reader.port}`;
  return { check, state: 'limited', detail: `taken by ${who}`, help: 'choose another number with `--queue`' };
}

/** Programs without which packets are judged all the same. */
function helpers(machine: Machine): Finding[] {
  return HELPERS.map(({ name, lack, from }) =>
    machine.has(name)
      ? { check: name, state: 'ok', detail: 'installed' }
      : {
          ...{ check: name, state: 'limited', detail: `without it ${lack}` },
          help: `install it (on Debian: \`apt-get install ${from}\`)`,
        },
  );
}

const HELPERS = [
  {
    name: 'ipset',
    lack: 'packets that no network of a policy covers enter the queue, too, and cost time',
    from: 'ipset',
  },
  { name: 'setpriv', lack: 'sigward goes on as root with all that root may, where root starts it', from: 'util-linux' },
] as const;

/** What the demonstration and the tests run besides. */
function tools(machine: Machine): Finding[] {
  return ['nmap', 'tshark'].map((name) =>
    machine.has(name)
      ? { check: name, state: 'ok', detail: 'installed' }
      : {
          check: name,
          state: 'missing',
          detail: name === 'nmap' ? 'the demonstration needs it' : 'only some of the tests need it',
          help: `install it (on Debian: \`apt-get install ${name}\`)`,
        },
  );
}
