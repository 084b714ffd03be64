/** Requests that are answered with a sentence instead of a result. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** The answer to a request that is understood and not fulfilled; editors show the sentence. */
export function refusal(why: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, why);
}
