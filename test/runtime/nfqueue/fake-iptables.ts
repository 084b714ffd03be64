/** iptables for tests: keeps rules in memory, lists them as `-S` does, refuses what it is told to refuse. */
import type { Iptables, Outcome } from '../../../runtime/nfqueue/iptables.js';

export interface FakeIptables {
  readonly run: (program: Iptables, args: readonly string[]) => Outcome;
  /** The rules that stand, first to last: `iptables filter FORWARD -j NFQUEUE --queue-num 1`. */
  readonly rules: string[];
  /** Commands for which this gives an outcome end with it. */
  refuse: (command: string) => Outcome | undefined;
}

export function fakeIptables(rules: string[] = []): FakeIptables {
  const fake: FakeIptables = {
    rules,
    refuse: () => undefined,
    run: (program, args) => fake.refuse([program, ...args].join(' ')) ?? execute(rules, program, args),
  };
  return fake;
}

function execute(
  rules: string[],
  program: string,
  [, table = '', action, chain = '', ...words]: readonly string[],
): Outcome {
  const rule = [program, table, chain, ...words].join(' ');
  const at = rules.indexOf(rule);
  if (action === '-S') return { kind: 'done', output: listing(rules, `${program} ${table} `) };
  if (action === '-I') rules.unshift(rule);
  else if (at < 0) return { kind: 'refused', reason: 'Bad rule (does a matching rule exist in that chain?).' };
  else if (action === '-D') rules.splice(at, 1);
  return { kind: 'done', output: '' };
}

/** `-A CHAIN …` for each rule, after the chains' policies; comments in quotes, as older iptables writes them. */
function listing(rules: readonly string[], prefix: string): string {
  const own = rules.filter((r) => r.startsWith(prefix)).map((r) => `-A ${r.slice(prefix.length)}`);
  return ['-P FORWARD ACCEPT', ...own.map((r) => r.replace(/--comment (\S+)/, '--comment "$1"')), ''].join('\n');
}
