/** Findings on their way to the editor: the quick ones while somebody types, the others after a pause. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Diagnostic as Shown, DiagnosticSeverity } from 'vscode-languageserver';
import { packageRoot } from '../../cli/paths.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { View } from '../service/view.js';
import { documentOf, locationOf, rangeOf, type Session } from './session.js';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
} as const;

/** A finding in the protocol's words; nothing for one that is in no text. */
export function protocolDiagnostic(session: Session, view: View, finding: Diagnostic): Shown | undefined {
  const { code, severity, message, help, labels, page } = finding;
  const [place, ...further] = labels;
  const document = place && documentOf(session, view, place.span.file);
  if (!document) return undefined;
  const related = further.flatMap(({ span, text }) => {
    const location = locationOf(session, view, span);
    return location ? [{ location, message: text ?? 'here' }] : [];
  });
  const href = page === undefined ? undefined : pageUri(page);
  return {
    range: rangeOf(document, place.span),
    severity: SEVERITIES[severity],
    source: 'sigward',
    code,
    message: help === undefined ? message : `${message}\n${help}`,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(href !== undefined && { codeDescription: { href } }),
  };
}

/** Where a page of the documentation lies; nothing where the package came without. */
export function pageUri(page: string): string | undefined {
  const path = join(packageRoot, page);
  return existsSync(path) ? pathToFileURL(path).href : undefined;
}

/** Between two letters of somebody who types are 100 to 300 ms. */
const PAUSE_MS = 400;

export interface Publisher {
  /** A text was opened or changed. */
  readonly touched: (name: string) => void;
  /** What files say has changed behind the editor's back. */
  readonly stale: () => void;
  readonly closed: (name: string) => void;
  readonly stop: () => void;
}

/** Tells the editor what is found in the texts that are open. `failed` hears of what is thrown. */
export function publisher(session: Session, failed: (cause: unknown) => void): Publisher {
  const { documents, rules, connection } = session;
  const touched = new Set<string>();
  let soon: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;
  let steps: NodeJS.Immediate | undefined;
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      failed(cause);
    }
  };
  const publish = (name: string): void => {
    const document = documents.get(name);
    if (!document) return;
    const view = rules.view();
    const diagnostics = view.diagnostics(name).flatMap((finding) => protocolDiagnostic(session, view, finding) ?? []);
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
  };
  /** One file after the other, so that a key press is heard in between. */
  const stepThrough = (names: readonly string[]): void => {
    const [name, ...rest] = names;
    if (name === undefined) return;
    guarded(() => {
      if (documents.get(name)) rules.slow(name);
      publish(name);
    });
    steps = setImmediate(() => void stepThrough(rest));
  };
  const pause = (): void => {
    clearTimeout(later);
    clearImmediate(steps);
    later = setTimeout(() => void stepThrough(documents.names()), PAUSE_MS);
  };
  const flush = (): void => {
    soon = undefined;
    for (const name of touched) guarded(() => void publish(name));
    touched.clear();
  };
  return {
    touched: (name) => {
      touched.add(name);
      soon ??= setImmediate(flush);
      pause();
    },
    stale: pause,
    closed: (name) => {
      touched.delete(name);
      pause();
    },
    stop: () => {
      clearTimeout(later);
      clearImmediate(steps);
      clearImmediate(soon);
    },
  };
}
