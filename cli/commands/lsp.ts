/** `sigward lsp --stdio`: the language server. It is loaded here and not above, so that other commands do not pay for it. */
import { type Command, Option } from 'commander';

/** Adds the command. */
export function addLsp(program: Command, done: (status: number) => void): void {
  program
    .command('lsp')
    .description('serve an editor over the Language Server Protocol')
    .option('--stdio', 'over standard input and output, which is the only way there is')
    // Editors that start servers by a common library add it; the same number comes with their first message.
    .addOption(new Option('--clientProcessId <pid>').hideHelp())
    .action(async () => {
      const { serve } = await import('../../editor/server/serve.js');
      done(await serve(process.stdin, process.stdout));
    });
}
