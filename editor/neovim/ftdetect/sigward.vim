" Rule files end in .sig, and so do files of other languages: what the file holds decides. Where the editor has begun with another
" language, that language's plugin is not to stand in the way of this one.
autocmd BufNewFile,BufRead *.sig if !sigward#IsForeign() | unlet! b:did_ftplugin | set filetype=sigward | endif
