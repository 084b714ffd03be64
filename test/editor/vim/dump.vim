" Prints, a line of JSON for each file that is named behind it, what the editor takes the file for and the colour groups of each line.
function! s:Groups(line) abort
  let groups = []
  for column in range(1, col([a:line, '$']) - 1)
    let name = synIDattr(synID(a:line, column, 1), 'name')
    if !empty(groups) && groups[-1][0] ==# name
      let groups[-1][1] += 1
    else
      call add(groups, [name, 1])
    endif
  endfor
  return groups
endfunction

let s:said = []
for s:file in readfile($SIGWARD_FILES)
  execute 'edit' fnameescape(s:file)
  let s:groups = &filetype ==# 'sigward' ? map(range(1, line('$')), 's:Groups(v:val)') : []
  call add(s:said, json_encode({'filetype': &filetype, 'groups': s:groups}))
endfor
call writefile(s:said, $SIGWARD_SAID)
qall!
