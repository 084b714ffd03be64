(* stack.sig
 * Stacks, by lists.
 *)

signature STACK = sig type 'a stack end
