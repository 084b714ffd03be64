/** Whether iptables can lead packets into a queue, and have their fragments put together before. */
import { iptablesMissing, iptablesRefused, ipv6Unenforced } from '../nfqueue/diagnostics.js';
import { commandText, type Iptables } from '../nfqueue/iptables.js';
import { DEFRAGMENTATION, insertion, queueTarget, reasonOf, type Rule } from '../nfqueue/rule.js';
import { DIVERSION_TABLE } from '../nfqueue/table.js';
import { Problem } from '../problem.js';
import { type Finding, refused, type State } from './finding.js';
import type { Machine } from './machine.js';

/** Without IPv6 the other version is enforced all the same. */
const FAMILIES = [
  { program: 'iptables', failure: 'failed' },
  { program: 'ip6tables', failure: 'limited' },
] as const;

/** `permitted`: rules can be tried at all. */
export function examineRules(machine: Machine, permitted: boolean): Finding[] {
  const families = FAMILIES.filter(({ program }) => program === 'iptables' || machine.hasIpv6());
  const queueRules = families.map(({ program, failure }) => queueRule(machine, program, failure, permitted));
  const usable = families.filter((_, i) => queueRules[i]?.state === 'ok').map(({ program }) => program);
  return [...queueRules, fragments(machine, usable)];
}

function queueRule(machine: Machine, program: Iptables, failure: State, permitted: boolean): Finding {
  const version = machine.version(program);
  if (version === undefined) return refused(program, failure, missing(program));
  const found = version.replace(/^ip6?tables /, '');
  if (!permitted) return { check: program, state: 'unknown', detail: `${found}; not tried without CAP_NET_ADMIN` };
  const rule: Rule = { program, table: DIVERSION_TABLE, chain: 'FORWARD', specification: queueTarget([0]) };
  const outcome = machine.tryRule(program, insertion(rule));
  if (!outcome) return { check: program, state: 'unknown', detail: `${found}; not tried without network namespaces` };
  if (outcome.kind === 'done') return { check: program, state: 'ok', detail: `${found}, leads packets into a queue` };
  const command = commandText(program, insertion(rule));
  return refused(program, failure, Problem.of(iptablesRefused, { command, reason: reasonOf(outcome) }));
}

function missing(command: Iptables): Problem {
  const problem = Problem.of(iptablesMissing, { command });
  return command === 'iptables' ? problem : Problem.of(ipv6Unenforced, { reason: problem.message });
}

function fragments(machine: Machine, programs: readonly Iptables[]): Finding {
  const check = 'fragments';
  if (programs.length === 0) return { check, state: 'unknown', detail: 'could not be tried without rules' };
  for (const program of programs) {
    const rule: Rule = { program, table: 'mangle', chain: 'PREROUTING', specification: DEFRAGMENTATION };
    const outcome = machine.tryRule(program, insertion(rule));
    if (outcome?.kind === 'done') continue;
    const reason = outcome ? reasonOf(outcome) : 'it could not be tried';
    return {
      check,
      state: 'limited',
      detail: `the kernel does not put them together: \`${commandText(program, insertion(rule))}\`: ${reason}`,
      help: '`--install` drops them, unless `--on-fragment accept` has each judged by itself',
    };
  }
  return { check, state: 'ok', detail: 'put together by the kernel with `--install`' };
}
