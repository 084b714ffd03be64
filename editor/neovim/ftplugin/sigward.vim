if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=://!,:///,://
setlocal commentstring=//\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal autoindent smartindent
setlocal suffixesadd=.sig
let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< autoindent< smartindent< suffixesadd<'

if has('nvim') && get(g:, 'sigward_lsp', v:true)
  lua require('sigward').start()
endif
