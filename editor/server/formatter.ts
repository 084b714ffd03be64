/** The thread that formats, as the server sees it: one text after the other. What is no longer wanted gives way at once. */
import { Worker } from 'node:worker_threads';
import { type CancellationToken, LSPErrorCodes, ResponseError, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatting } from '../service/features/formatting.js';
import type { Stretch } from '../service/view.js';
import type { FormatAnswer, FormatJob } from './format-worker.js';
import { textEdits } from './text-edits.js';

/** A smaller text is formatted before a thread would have started. */
const MOST_AT_ONCE = 50_000;

export interface Formatter {
  /** The edits that give a text its canonical form, or only those that touch a stretch. */
  readonly format: (
    document: TextDocument,
    stretch: Stretch | undefined,
    token: CancellationToken,
  ) => Promise<TextEdit[]>;
  /** A text was changed: the edits of the one before would fit no longer. */
  readonly changed: (uri: string) => void;
  readonly stop: () => void;
}

interface Waiting extends FormatJob {
  readonly resolve: (edits: TextEdit[]) => void;
  readonly reject: (why: Error) => void;
}

/** No text is being formatted. */
export function formatter(): Formatter {
  let worker: Worker | undefined;
  /** The first is the one that the thread is at. */
  let jobs: readonly Waiting[] = [];
  const end = (): void => {
    void worker?.removeAllListeners().terminate();
    worker = undefined;
  };
  const begin = (): void => {
    const [job] = jobs;
    if (!job) return;
    worker ??= start();
    const { uri, text, stretch } = job;
    worker.postMessage({ uri, text, stretch } satisfies FormatJob);
  };
  const finish = (tell: (job: Waiting) => void): void => {
    const [job, ...others] = jobs;
    jobs = others;
    if (job) tell(job);
    // A thread that rests would keep the memory of a whole text.
    if (jobs.length === 0) end();
    begin();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./format-worker.js', import.meta.url));
    started.on('message', (edits: FormatAnswer) => void finish(({ resolve }) => void resolve([...edits])));
    started.on('error', (cause) => {
      end();
      finish(({ reject }) => void reject(cause));
    });
    // The editor decides when it is over.
    started.unref();
    return started;
  };
  const drop = (isDropped: (job: Waiting) => boolean, code: number, why: string): void => {
    const [first] = jobs;
    const dropped = jobs.filter(isDropped);
    jobs = jobs.filter((job) => !dropped.includes(job));
    for (const { reject } of dropped) reject(new ResponseError(code, why));
    if (!first || !dropped.includes(first)) return;
    end();
    begin();
  };
  return {
    format: (document, stretch, token) => {
      const [uri, text] = [document.uri, document.getText()];
      if (text.length <= MOST_AT_ONCE) return Promise.resolve(textEdits(document, formatting(uri, text, stretch)));
      return new Promise((resolve, reject) => {
        const job = { uri, text, stretch, resolve, reject };
        jobs = [...jobs, job];
        if (jobs.length === 1) begin();
        token.onCancellationRequested(
          () => void drop((one) => one === job, LSPErrorCodes.RequestCancelled, 'cancelled'),
        );
      });
    },
    changed: (uri) =>
      void drop((job) => job.uri === uri, LSPErrorCodes.ContentModified, 'the text has changed meanwhile'),
    stop: end,
  };
}
