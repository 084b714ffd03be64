/** What the kernel's queue and iptables can refuse, each as one sentence and what to do about it. */
import { error, warning } from '../../grammar/diagnostic.js';
import { DIVERSION_TABLE } from './table.js';

/** Another program is bound to the queue; `owner` is the netlink port that holds it, where the kernel tells. */
export const queueTaken = error<{ readonly queue: number; readonly owner?: number | undefined }>(
  'E1201',
  'the queue is taken',
  (p) =>
    `queue \`${p.queue}\` is taken by another program${p.owner ? ` (netlink port ${p.owner}, usually its process id)` : ''}`,
  () => 'end that program, or choose another number with `--queue` and in the iptables rules',
);

export const queueNotPermitted = error<{ readonly queue: number }>(
  'E1202',
  'opening a queue is not permitted',
  (p) => `opening queue \`${p.queue}\` needs the capability CAP_NET_ADMIN`,
  () => 'run the command as root, for example with `sudo`',
);

export const queueUnsupported = error<{ readonly reason: string }>(
  'E1203',
  'the kernel has no NFQUEUE',
  (p) => `this kernel cannot hand packets to a program: ${p.reason}`,
  () =>
    'load the module with `modprobe nfnetlink_queue`, or run a kernel that is built with CONFIG_NETFILTER_NETLINK_QUEUE',
);

export const queueUnavailable = error<{ readonly reason: string }>(
  'E1204',
  'NFQUEUE is not available here',
  (p) => `NFQUEUE is not available here: ${p.reason}`,
  () => 'judge a capture with `--pcap` instead, or run on 64-bit Linux with the npm package `koffi` installed',
);

/** A call that failed for a reason that has no sentence of its own. */
export const queueFailed = error<{ readonly queue: number; readonly doing: string; readonly reason: string }>(
  'E1205',
  'the queue failed',
  (p) => `queue \`${p.queue}\`: ${p.doing} failed: ${p.reason}`,
);

export const iptablesMissing = error<{ readonly command: string }>(
  'E1206',
  'iptables is missing',
  (p) => `\`${p.command}\` is not installed`,
  () => 'install the package `iptables` (on Debian: `apt-get install iptables`), or add the rules by other means',
);

export const iptablesRefused = error<{ readonly command: string; readonly reason: string }>(
  'E1207',
  'iptables refused a rule',
  (p) => `\`${p.command}\` failed: ${p.reason}`,
  (p) => (/permi|root/i.test(p.reason) ? 'run the command as root, for example with `sudo`' : undefined),
);

/** What a queue accepts goes past all other rules of its table: the queue of the one that stands behind would see nothing. */
export const chainTaken = error<{ readonly chain: string; readonly pid: number }>(
  'E1209',
  'another sigward has the chain',
  (p) =>
    `another sigward (process ${p.pid}) leads the packets of ${p.chain} into its queue, and what it accepts comes to no other`,
  () => 'have one sigward judge by all rules (`sigward ctl load`), or end the other one first',
);

/** `installed`: npm has put the package there, but its native part does not load. */
export const driverMissing = error<{ readonly installed: boolean }>(
  'E1208',
  'the `nfqueue` package is not built',
  (p) =>
    p.installed
      ? 'driver `nfqueue`: the native part of the npm package `nfqueue` is not built, or not for this Node'
      : 'driver `nfqueue`: the npm package `nfqueue` is not installed, as it could not be built',
  (p) =>
    `install what it is built with (on Debian: \`apt-get install ${BUILD_PACKAGES.join(' ')}\`), then run ` +
    (p.installed ? '`npm rebuild nfqueue`' : '`npm install` again'),
);

/** What `nfqueue` is built with, as Debian calls it. */
const BUILD_PACKAGES = ['g++', 'libnetfilter-queue-dev', 'make', 'python3'];

export const ipv6Unenforced = warning<{ readonly reason: string }>(
  'W1201',
  'IPv6 is not enforced',
  (p) => `IPv6 packets are not judged: ${p.reason}`,
  () => 'install `ip6tables`, or make sure that the machine forwards no IPv6',
);

export const ruleLeft = warning<{ readonly command: string; readonly reason: string }>(
  'W1202',
  'a rule could not be removed',
  (p) => `\`${p.command}\` failed, so a rule may be left behind: ${p.reason}`,
  () => 'run the command by hand; while the rule stands and nothing reads the queue, its packets are dropped',
);

export const fragmentsApart = warning<{ readonly command: string; readonly reason: string }>(
  'W1203',
  'fragments are not put together',
  (p) => `fragments are not put together, because \`${p.command}\` failed: ${p.reason}`,
  () => 'they are dropped, unless `--on-fragment accept` has each judged by itself',
);

/** The first fragment has come, led here by somebody else's rules, and nobody has said what becomes of it. */
export const fragmentsArrive = warning(
  'W1204',
  'fragments arrive',
  () => 'fragments arrive in the queue, and are judged one by one, so an attack that is split over them is missed',
  () =>
    'have the kernel put them together (`--install` does), or say what becomes of them: `--on-fragment drop` or ' +
    '`--on-fragment accept`',
);

/** Somebody has flushed the table, as many a firewall does that is loaded anew; `refused` is why they could not be put in again. */
export const rulesGone = warning<{ readonly command: string; readonly refused: string | undefined }>(
  'W1208',
  'rules were taken away',
  (p) =>
    p.refused === undefined
      ? `somebody has taken rules of \`${p.command}\` away that lead packets into the queues; they were put in again, and packets have passed meanwhile`
      : `somebody has taken rules of \`${p.command}\` away that lead packets into the queues, and packets pass: ${p.refused}`,
  () => `whoever writes the firewall anew had better leave table \`${DIVERSION_TABLE}\` alone`,
);

/** The policy's networks cannot stand in front of the queues; `reason` is the system's. */
export const networksUnselected = warning<{ readonly reason: string }>(
  'W1206',
  'networks are not selected',
  (p) => `packets of networks that the policy does not cover enter the queue, too: ${p.reason}`,
  (p) =>
    `they are judged alike, and cost time; ${/not installed/.test(p.reason) ? 'install the package `ipset` (on Debian: `apt-get install ipset`)' : 'the kernel needs CONFIG_IP_SET_HASH_NET and CONFIG_NETFILTER_XT_SET'}`,
);

/** The kernel does not take the networks of a ruleset that is to be taken over. */
export const networksRefused = error<{ readonly reason: string }>(
  'E1211',
  'networks were refused',
  (p) => `the networks of the policy cannot be led into the queue: ${p.reason}`,
);
