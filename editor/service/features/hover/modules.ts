/** What is said of a module and of a policy. */
import type { ModuleDecl, PolicyDecl } from '../../../../grammar/ast.js';
import { code, type Origin, paragraphs } from '../../reading/describe.js';
import { mentionsOf, modulesAbove, modulesBelow, namedBy, signaturesIn } from '../../reading/module-facts.js';
import type { View } from '../../view.js';

/** Its parent and switch, what else a packet has to pass, what stands in it, and who has it look at packets. */
export function moduleText(view: View, { text }: Pick<Origin, 'text'>, decl: ModuleDecl, file: string): string {
  const module = { decl, file };
  const [above, below] = [modulesAbove(view, module), modulesBelow(view, [module])];
  const own = signaturesIn(view, [module]);
  const more = below.length > 0 ? `; ${signaturesIn(view, below)} below it, in ${listed(below.map(nameOf))}` : '';
  return paragraphs([
    code(text({ start: decl.span.start, end: decl.body.start }).trim()),
    decl.doc,
    above.length > 0 ? `A packet has to pass the switches above it, too: those of ${listed(above.map(nameOf))}.` : '',
    `${counted(own, 'signature')}${more}.`,
    ...policySentences(view, module, above),
  ]);
}

type Module = Parameters<typeof modulesAbove>[1];

function policySentences(view: View, module: Module, above: readonly Module[]): string[] {
  const mentions = mentionsOf(view, [module, ...above]);
  const sentence = (kind: 'Protect' | 'Disable', verb: string): string[] => {
    const all = mentions.filter((mention) => mention.kind === kind);
    const direct = new Set(all.flatMap(({ policy, named }) => (named === module.decl ? [policy.decl] : [])));
    const by = all.flatMap(({ policy, named }) => {
      const name = `\`${policy.decl.name.text}\``;
      if (named === module.decl) return [name];
      return direct.has(policy.decl) ? [] : [`${name} (through \`${named.name.text}\`)`];
    });
    return by.length > 0 ? [`${verb} by ${joined([...new Set(by)])}.`] : [];
  };
  return [...sentence('Protect', 'Named'), ...sentence('Disable', 'Disabled')];
}

/** All that it says, and what that comes to. */
export function policyText(view: View, { text }: Pick<Origin, 'text'>, decl: PolicyDecl, file: string): string {
  const named = decl.entries.flatMap((entry) => (entry.kind === 'Protect' ? entry.modules : []));
  const modules = named.flatMap((path) => namedBy(view, file, path, 'modules') ?? []);
  const chain = [...new Map(modules.map((one) => [one.decl, one])).values(), ...modulesBelow(view, modules)];
  const count = counted(signaturesIn(view, chain), 'signature');
  const otherwise = decl.entries.find((entry) => entry.kind === 'Otherwise')?.verdict.text ?? 'accept';
  return paragraphs([
    code(text(decl.span)),
    decl.doc,
    chain.length > 0 ? `${count} in ${listed(chain.map(nameOf))}; what stands in no module belongs to it, too.` : '',
    `A packet that no network covers gets \`${otherwise}\`.`,
  ]);
}

function nameOf({ decl }: { readonly decl: ModuleDecl }): string {
  return decl.name.text;
}

/** More names are not read. */
const MOST_NAMES = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return joined(rest > 0 ? [...shown, `${rest} more`] : shown);
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
