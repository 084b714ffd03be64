/** iptables and ipset for tests: keep rules and sets in memory, list them as `-S` does, refuse what they are told to refuse. */
import type { RunIpset } from '../../../runtime/nfqueue/ipset.js';
import type { Iptables, Outcome } from '../../../runtime/nfqueue/iptables.js';

export interface FakeIptables {
  readonly run: (program: Iptables, args: readonly string[]) => Outcome;
  readonly ipset: RunIpset;
  /** By name, what is in each set. */
  readonly sets: Map<string, string[]>;
  /** What was done, in order, without what only looks: rules as `-I …`, sets as `swap …`. */
  readonly done: string[];
  /** Packets that a rule has met, by the rule. */
  readonly met: Map<string, number>;
  /** The rules that stand, first to last: `iptables mangle FORWARD -j NFQUEUE --queue-num 1`. */
  readonly rules: string[];
  /** Commands for which this gives an outcome end with it. */
  refuse: (command: string) => Outcome | undefined;
}

export function fakeIptables(rules: string[] = []): FakeIptables {
  const fake: FakeIptables = {
    rules,
    sets: new Map(),
    done: [],
    met: new Map(),
    refuse: () => undefined,
    run: (program, args) => fake.refuse([program, ...args].join(' ')) ?? execute(fake, program, args),
    ipset: (args, input = '') => fake.refuse(['ipset', ...args].join(' ')) ?? executeIpset(fake, args, input),
  };
  return fake;
}

function execute(fake: FakeIptables, program: string, args: readonly string[]): Outcome {
  const { rules, done, met } = fake;
  const [, table = '', action, chain = '', ...more] = args;
  const place = action === '-I' && /^\d+$/.test(more[0] ?? '') ? Number(more.shift()) : 1;
  const rule = [program, table, chain, ...more].join(' ');
  const counts = args.includes('-v') ? met : undefined;
  const at = rules.indexOf(rule);
  if (action === '-S') return { kind: 'done', output: listing(rules, `${program} ${table} ${chain}`.trim(), counts) };
  done.push([program, action, chain, ...more].join(' '));
  if (action === '-I' && place === 1) rules.unshift(rule);
  else if (action === '-I') {
    const before = rules.filter((other) => other.startsWith(`${program} ${table} ${chain} `));
    rules.splice(rules.indexOf(before[place - 2] ?? '') + 1, 0, rule);
  } else if (at < 0) return { kind: 'refused', reason: 'Bad rule (does a matching rule exist in that chain?).' };
  else if (action === '-D') rules.splice(at, 1);
  return { kind: 'done', output: '' };
}

/** `-A CHAIN …` for each rule, after the chains' policies; comments in quotes, as older iptables writes them. */
function listing(rules: readonly string[], prefix: string, met?: ReadonlyMap<string, number>): string {
  const own = rules.filter((rule) => rule.startsWith(prefix));
  const lines = own.map((rule) => {
    const words = rule
      .split(' ')
      .slice(2)
      .join(' ')
      .replace(/--comment (\S+)/, '--comment "$1"');
    return met ? `-A ${words} -c ${met.get(rule) ?? 0} 0` : `-A ${words}`;
  });
  return ['-P FORWARD ACCEPT', ...lines, ''].join('\n');
}

function executeIpset(fake: FakeIptables, args: readonly string[], input: string): Outcome {
  if (args[0] === 'list') return { kind: 'done', output: [...fake.sets.keys(), ''].join('\n') };
  const lines = args.includes('restore') ? input.split('\n').filter(Boolean) : [args.join(' ')];
  for (const line of lines) {
    const reason = changeSet(fake, line.split(' '));
    if (reason !== undefined) return { kind: 'refused', reason };
  }
  return { kind: 'done', output: '' };
}

/** Why the kernel would not. */
function changeSet({ sets, done, rules }: FakeIptables, [action, name = '', other = '']: string[]): string | undefined {
  const set = sets.get(name);
  if (action === 'create') sets.set(name, set ?? []);
  else if (!set) return 'The set with the given name does not exist';
  else if (action === 'flush') set.splice(0);
  else if (action === 'add') set.push(other);
  else if (action === 'swap') {
    sets.set(name, sets.get(other) ?? []).set(other, set);
    done.push(`${other} is ${set.join(' ')}`);
  } else if (rules.some((rule) => rule.includes(` --match-set ${name} `)))
    return 'Set cannot be destroyed: it is in use by a kernel component';
  else sets.delete(name);
  return undefined;
}
