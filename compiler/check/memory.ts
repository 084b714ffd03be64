/**
 * What was found of declarations, kept from one check to the next, and the questions that would take a look at all of them: who looked
 * up a name, whom something is wrong with, who has the same id. A key press changes a few of 30,000.
 */
import type { Declaration, SignatureDecl } from '../../grammar/ast.js';
import type { Judged } from './outcome.js';
import type { Outcome } from './outcome.js';

export interface Memory {
  /** What was found last, whether it still holds or not. */
  readonly outcomeOf: (decl: Declaration) => Outcome | undefined;
  /** Takes down what was found now. */
  readonly keep: (decl: Declaration, outcome: Outcome) => void;
  /** The declaration is no longer there. */
  readonly forget: (decl: Declaration) => void;
  /** Declarations that are still to be checked: what is known of them no longer holds. */
  readonly waiting: Set<Declaration>;
  /** Declarations that looked up a name. */
  readonly usersOf: (name: string) => ReadonlySet<Declaration>;
  /** Declarations that something is wrong with. */
  readonly troubled: ReadonlySet<Declaration>;
  /** Modules, and what hands packets on to them. */
  readonly handing: ReadonlySet<Declaration>;
  /** Signatures that have the same id, by that id. */
  readonly sameIds: () => readonly ReadonlySet<SignatureDecl>[];
}

/** A memory of nothing. */
export function emptyMemory(): Memory {
  const outcomes = new Map<Declaration, Outcome>();
  const waiting = new Set<Declaration>();
  const troubled = new Set<Declaration>();
  const handing = new Set<Declaration>();
  const users = groups<string, Declaration>();
  const ids = groups<number, SignatureDecl>();
  const letGo = (decl: Declaration): void => {
    const old = outcomes.get(decl);
    if (!old) return;
    for (const name of old.names) users.remove(name, decl);
    const id = idOf(old);
    if (decl.kind === 'Signature' && id !== 0) ids.remove(id, decl);
    troubled.delete(decl);
    handing.delete(decl);
  };
  return {
    outcomeOf: (decl) => outcomes.get(decl),
    keep: (decl, outcome) => {
      letGo(decl);
      waiting.delete(decl);
      outcomes.set(decl, outcome);
      for (const name of outcome.names) users.add(name, decl);
      const id = idOf(outcome);
      if (decl.kind === 'Signature' && id !== 0) ids.add(id, decl);
      if (outcome.problems.length > 0) troubled.add(decl);
      if (isHanding(outcome)) handing.add(decl);
    },
    forget: (decl) => {
      letGo(decl);
      waiting.delete(decl);
      outcomes.delete(decl);
    },
    waiting,
    usersOf: users.of,
    troubled,
    handing,
    sameIds: ids.several,
  };
}

/** Without one, or with one that is none, it has no id that another could have, too. */
function idOf({ result }: Outcome): number {
  return result.signature?.id ?? 0;
}

/** What is known of some declarations; `fileOf` says where each stands. */
export function judgedIn(
  { outcomeOf }: Memory,
  decls: readonly Declaration[],
  fileOf: (decl: Declaration) => string,
): Judged[] {
  return decls.flatMap((decl) => {
    const outcome = outcomeOf(decl);
    return outcome ? [{ decl, file: fileOf(decl), outcome }] : [];
  });
}

function isHanding({ result }: Outcome): boolean {
  const forwards = result.policy?.overrides.some(({ actions }) => actions.forward.length > 0);
  return result.switch !== undefined || (result.forward?.length ?? 0) > 0 || forwards === true;
}

/** Values under their keys. */
interface Groups<K, V> {
  readonly of: (key: K) => ReadonlySet<V>;
  readonly add: (key: K, value: V) => void;
  readonly remove: (key: K, value: V) => void;
  /** The groups of more than one. */
  readonly several: () => readonly ReadonlySet<V>[];
}

function groups<K, V>(): Groups<K, V> {
  const all = new Map<K, Set<V>>();
  const crowded = new Map<K, Set<V>>();
  const none: ReadonlySet<V> = new Set();
  return {
    of: (key) => all.get(key) ?? none,
    add: (key, value) => {
      const group = all.get(key);
      if (!group) return void all.set(key, new Set([value]));
      group.add(value);
      if (group.size > 1) crowded.set(key, group);
    },
    remove: (key, value) => {
      const group = all.get(key);
      if (!group?.delete(value)) return;
      if (group.size < 2) crowded.delete(key);
      if (group.size === 0) all.delete(key);
    },
    several: () => [...crowded.values()],
  };
}
