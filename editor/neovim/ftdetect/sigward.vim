" Rule files end in .sig, and so do files of other languages: what the file holds decides.
autocmd BufNewFile,BufRead *.sig if !sigward#IsForeign() | set filetype=sigward | endif
